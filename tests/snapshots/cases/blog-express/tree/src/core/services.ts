/** What the routes are given. */

import type { Settings } from "../config.js";
import type { Database } from "./database.js";
import type { Operation } from "./operations.js";
import type { RateLimiter } from "./rate-limit.js";

export interface Services {
  readonly settings: Settings;
  readonly database: Database;
  readonly limiter: RateLimiter;
}

export type Resource = (services: Services) => Operation[];
