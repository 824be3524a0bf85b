/** A body must be JSON in UTF-8, and say so. */

import type { Request, RequestHandler } from "express";
import { BadRequest, PayloadTooLarge, UnsupportedMediaType } from "./errors.js";
import { parseJson } from "./json.js";

const JSON_TYPE = /^application\/json(\s*;\s*charset="?utf-8"?)?\s*$/i;

/** Express's own reading lets other encodings pass, and answers only when all has been sent. */
export function jsonBody(limit: number): RequestHandler {
  return async (request, _response, next) => {
    if (!JSON_TYPE.test(request.get("Content-Type") ?? "")) throw new UnsupportedMediaType();
    request.body = parsed(await bytesOf(request, limit));
    next();
  };
}

async function bytesOf(request: Request, limit: number): Promise<Buffer> {
  if (Number(request.get("Content-Length") ?? 0) > limit) throw new PayloadTooLarge(limit);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // The answer still has to go out, so the connection must survive the end of the loop.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      size += chunk.length;
      if (size > limit) throw new PayloadTooLarge(limit);
      chunks.push(chunk);
    }
  } catch (error) {
    // The client has gone, which is no fault of the service.
    throw request.readableAborted ? new BadRequest() : error;
  }
  return Buffer.concat(chunks);
}

function parsed(bytes: Buffer): unknown {
  try {
    return parseJson(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    throw new BadRequest();
  }
}
