/** What a request is known by while it is answered: `response.locals`. */

import type { Actor } from "./core/access.js";

declare global {
  namespace Express {
    interface Locals {
      actor: Actor;
      requestId: string;
      /** The pattern of the path; set where a route is found. */
      route?: string;
      userId?: string | undefined;
    }
  }
}
