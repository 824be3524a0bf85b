/** One list of operations makes both the Express routes and the OpenAPI document. */

import { type Request, type RequestHandler, type Response, Router } from "express";
import type { z } from "zod";
import { MethodNotAllowed } from "./errors.js";
import type { JsonSchema } from "./fields.js";
import { writeJson } from "./json.js";
import { type Parameter, refuseParameters } from "./listing.js";

export type Method = "get" | "post" | "patch" | "delete";
export type HeaderName = "ETag" | "Location";

export interface Operation {
  readonly method: Method;
  /** As OpenAPI writes it: `/posts/{post_id}`. */
  readonly path: string;
  readonly id: string;
  readonly tag: string;
  /** What the id in the path looks like. */
  readonly key?: JsonSchema;
  /** Who may ask: anyone whose token, if there is one, is good, or only a user. */
  readonly actor?: "anyone" | "user";
  /** Query parameters; of other operations with an actor all are refused. */
  readonly parameters?: readonly Parameter[];
  readonly isVersioned?: boolean;
  readonly body?: z.ZodType;
  readonly status?: number;
  readonly answer?: z.ZodType;
  /** Answers in plain text. */
  readonly text?: true;
  readonly headers?: readonly HeaderName[];
  /** Answers that are no problem documents. */
  readonly others?: Readonly<Record<number, z.ZodType>>;
  /** What it may answer besides what any operation of its shape does. */
  readonly refuses?: readonly number[];
  readonly before?: readonly RequestHandler[];
  readonly handle: (request: Request, response: Response) => Promise<void>;
}

/** What comes before the handler of an operation. */
export type Chain = (operation: Operation) => readonly RequestHandler[];

export function routerOf(operations: readonly Operation[], chain: Chain): Router {
  const router = Router({ strict: true, caseSensitive: true });
  for (const path of new Set(operations.map((each) => each.path))) {
    const others = operations.filter((each) => each.path === path);
    const route = router.route(path.replaceAll(/{(\w+)}/g, ":$1"));
    route.all(only(path, others));
    for (const operation of others) {
      route[operation.method](...chain(operation), operation.handle);
    }
  }
  return router;
}

/** Express answers HEAD and OPTIONS by itself, and a method that is not there with 404. */
function only(path: string, operations: readonly Operation[]): RequestHandler {
  const allowed = operations.map(({ method }) => method.toUpperCase()).sort();
  return (request, response, next) => {
    response.locals.route = request.baseUrl + path;
    if (!allowed.includes(request.method)) throw new MethodNotAllowed(allowed);
    next();
  };
}

export const noParameters: RequestHandler = (request, _response, next) => {
  refuseParameters(request.url);
  next();
};

/** Answers with what `schema` shows of a value. */
export function send<T extends z.ZodType>(response: Response, schema: T, value: unknown): void {
  response.set("Content-Type", "application/json").end(writeJson(schema.parse(value)));
}
