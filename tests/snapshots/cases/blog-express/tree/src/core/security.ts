/** Headers of every answer, and which other origins may read it. */

import cors from "cors";
import type { RequestHandler } from "express";
import helmet from "helmet";
import { PREFIX } from "./openapi.js";

const YEAR = 31_536_000;

export const DOCS_POLICY = {
  "connect-src": ["'self'"],
  "img-src": ["'self'", "data:"],
  "script-src": ["'self'"],
  "style-src": ["'self'", "'unsafe-inline'"],
};

/** `policy` is what a page may load. */
export function securityHeaders(policy: Record<string, string[]> = {}): RequestHandler {
  const directives = { "default-src": ["'none'"], "frame-ancestors": ["'none'"], ...policy };
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives },
    referrerPolicy: { policy: "no-referrer" },
    xFrameOptions: { action: "deny" },
    strictTransportSecurity: false,
  });
}

/** HSTS behind TLS only, and no caching of what is one user's. */
export const privacy: RequestHandler = (request, response, next) => {
  if (request.secure) {
    response.set("Strict-Transport-Security", `max-age=${YEAR}; includeSubDomains`);
  }
  if ("authorization" in request.headers || request.path.startsWith(`${PREFIX}/auth/`)) {
    response.set("Cache-Control", "no-store");
  }
  next();
};

/** Other OPTIONS than a browser's preflight are answered like any method that is not there. */
export function crossOrigin(origins: readonly string[]): RequestHandler {
  const handle = cors({
    origin: [...origins],
    methods: ["GET", "POST", "PATCH", "DELETE"],
    allowedHeaders: ["Authorization", "Content-Type", "If-Match", "X-Request-ID"],
    exposedHeaders: ["ETag", "Location", "RateLimit-Reset", "Retry-After", "X-Request-ID"],
  });
  return (request, response, next) => {
    const isOther = request.method === "OPTIONS" && !request.get("Access-Control-Request-Method");
    if (isOther) next();
    else handle(request, response, next);
  };
}
