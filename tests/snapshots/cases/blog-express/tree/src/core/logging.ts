/** One JSON object a line on stdout. */

import { AsyncLocalStorage } from "node:async_hooks";
import { pino, stdTimeFunctions } from "pino";

/** The id of the request that is being answered, in every line of it. */
export const requestIds = new AsyncLocalStorage<string>();

export const logger = pino({
  base: null,
  messageKey: "message",
  timestamp: stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label === "warn" ? "warning" : label }) },
  mixin: () => ({ request_id: requestIds.getStore() ?? null }),
});

export function configureLogging(level: string): void {
  logger.level = level === "warning" ? "warn" : level;
}
