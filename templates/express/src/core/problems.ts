/** Every error as a problem document (RFC 9457). */

import type { ErrorRequestHandler, Request, RequestHandler, Response } from "express";
import { z } from "zod";
import * as errors from "./errors.js";
import { AppError, CODES, type FieldError } from "./errors.js";
import { unavailable } from "./integrity.js";
import { logger } from "./logging.js";

export const MEDIA_TYPE = "application/problem+json";

/** The end of the type, and the phrase of RFC 9110. */
export const KINDS: Readonly<Record<number, readonly [string, string]>> = {
  400: ["bad-request", "Bad Request"],
  401: ["unauthorized", "Unauthorized"],
  403: ["forbidden", "Forbidden"],
  404: ["not-found", "Not Found"],
  405: ["method-not-allowed", "Method Not Allowed"],
  409: ["conflict", "Conflict"],
  412: ["precondition-failed", "Precondition Failed"],
  413: ["payload-too-large", "Content Too Large"],
  415: ["unsupported-media-type", "Unsupported Media Type"],
  422: ["validation", "Unprocessable Content"],
  428: ["precondition-required", "Precondition Required"],
  429: ["rate-limited", "Too Many Requests"],
  500: ["internal", "Internal Server Error"],
  503: ["unavailable", "Service Unavailable"],
};

const STATUSES: readonly [unknown, number][] = [
  [errors.BadRequest, 400],
  [errors.Unauthorized, 401],
  [errors.Forbidden, 403],
  [errors.NotFound, 404],
  [errors.MethodNotAllowed, 405],
  [errors.Conflict, 409],
  [errors.PreconditionFailed, 412],
  [errors.PayloadTooLarge, 413],
  [errors.UnsupportedMediaType, 415],
  [errors.Invalid, 422],
  [errors.PreconditionRequired, 428],
  [errors.RateLimited, 429],
  [errors.Unavailable, 503],
];
const STATUS_OF = new Map(STATUSES);

export const InvalidField = z
  .object({ field: z.string(), code: z.enum(CODES), message: z.string() })
  .meta({ id: "InvalidField" });

export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().meta({ type: "integer" }),
    detail: z.string(),
    instance: z.string(),
    request_id: z.string(),
    errors: z.array(InvalidField).optional().meta({ default: [] }),
  })
  .meta({ id: "Problem" });

export const notFound: RequestHandler = () => {
  throw new errors.NotFound();
};

export const problems: ErrorRequestHandler = (error, request, response, next) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  const known = appError(error);
  if (!known) {
    logger.error({ err: error }, "unexpected error");
    answer(request, response, 500, "An unexpected error; it has been logged");
    return;
  }
  if (known instanceof errors.Unavailable)
    logger.warn({ cause: String(known.cause) }, "unavailable");
  response.set(headersOf(known));
  answer(request, response, STATUS_OF.get(known.constructor) ?? 400, known.message, known.errors);
};

function appError(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error;
  // What Express cannot decode is the name of nothing.
  if (error instanceof URIError) return new errors.NotFound();
  return unavailable(error);
}

function answer(
  request: Request,
  response: Response,
  status: number,
  detail: string,
  invalid: readonly FieldError[] = [],
): void {
  const path = request.originalUrl.replace(/\?.*$/s, "");
  const body = problem(status, detail, path, response.locals.requestId, invalid);
  response.status(status).set("Content-Type", MEDIA_TYPE).end(JSON.stringify(body));
}

export function problem(
  status: number,
  detail: string,
  instance: string,
  requestId: string,
  invalid: readonly FieldError[] = [],
): z.input<typeof Problem> {
  const [kind, title] = KINDS[status] ?? ["other", "Error"];
  return {
    type: `urn:problem:${kind}`,
    title,
    status,
    detail,
    instance,
    request_id: requestId,
    ...(invalid.length > 0 && { errors: [...invalid] }),
  };
}

function headersOf(error: AppError): Record<string, string> {
  if (error instanceof errors.Unauthorized) return { "WWW-Authenticate": "Bearer" };
  if (error instanceof errors.MethodNotAllowed) return { Allow: error.allowed.join(", ") };
  if (error instanceof errors.Unavailable) return { "Retry-After": "1" };
  if (error instanceof errors.RateLimited) {
    return {
      "Retry-After": String(error.reset),
      "RateLimit-Limit": String(error.limit),
      "RateLimit-Remaining": "0",
      "RateLimit-Reset": String(error.reset),
    };
  }
  return {};
}
