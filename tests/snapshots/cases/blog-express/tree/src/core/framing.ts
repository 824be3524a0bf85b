/** HTTP itself, below the routes: where requests begin and end. */

import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { RequestHandler } from "express";
import { BadRequest } from "./errors.js";
import { newRequestId } from "./ids.js";
import { MEDIA_TYPE, problem } from "./problems.js";

const NOT_HTTP = "The request is not HTTP that this service speaks";
const MILLISECONDS_TO_READ = 1000;

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** Node asks the application before it notices that such a body has no end. */
export const wellFramed: RequestHandler = (request, response, next) => {
  const coding = request.get("Transfer-Encoding");
  if (coding === undefined || coding.toLowerCase() === "chunked") {
    next();
    return;
  }
  response.set("Connection", "close");
  next(new BadRequest(NOT_HTTP));
};

/** Answers what reaches no route with a problem document, and closes the connection. */
export function refuseNonHttp(server: Server): void {
  const last = new WeakMap<Duplex, Exchange>();
  server.on("request", (request, response) => last.set(request.socket, { request, response }));
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (!error.code?.startsWith("HPE_")) {
      socket.destroy();
      return;
    }
    if (!socket.writable) return;
    socket.end(isAnswered(last.get(socket)) ? "" : refusal());
    // Closed at once, the connection is reset, and the client may not get to see the answer.
    setTimeout(() => socket.destroy(), MILLISECONDS_TO_READ).unref();
  });
}

/** Whether the request that is broken off has its answer, which no other may follow. */
function isAnswered(exchange: Exchange | undefined): boolean {
  if (!exchange?.response.headersSent) return false;
  return !(exchange.request.complete && exchange.response.writableFinished);
}

function refusal(): string {
  const body = JSON.stringify(problem(400, NOT_HTTP, "", newRequestId()));
  const head = ["HTTP/1.1 400 Bad Request", "Connection: close", `Content-Type: ${MEDIA_TYPE}`];
  return [...head, "", body].join("\r\n");
}
