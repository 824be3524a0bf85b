/** Names each request, and writes one access line and one measurement when it is over. */

import type { Request, RequestHandler } from "express";
import { newRequestId } from "./ids.js";
import { logger, requestIds } from "./logging.js";
import type { Metrics } from "./metrics.js";

const SANE_REQUEST_ID = /^[A-Za-z0-9._-]{1,128}$/;
const CLIENT_LEFT = 499;

export function record(metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    const started = performance.now();
    const id = requestId(request);
    response.locals.requestId = id;
    response.set("X-Request-ID", id);
    response.once("close", () => {
      const { route = "unmatched", userId = null } = response.locals;
      const milliseconds = performance.now() - started;
      const status = response.writableFinished ? response.statusCode : CLIENT_LEFT;
      metrics.observe(request.method, route, status, milliseconds / 1000);
      const line = {
        method: request.method,
        route,
        status,
        duration_ms: Math.round(milliseconds * 100) / 100,
        user_id: userId,
        request_id: id,
      };
      logger.info(line, "request");
    });
    requestIds.run(id, next);
  };
}

function requestId(request: Request): string {
  const sent = request.get("X-Request-ID") ?? "";
  return SANE_REQUEST_ID.test(sent) ? sent : newRequestId();
}
