/** The application, put together. */

import express, { type Express } from "express";
import { authenticated, identify } from "./auth/actor.js";
import { authOperations } from "./auth/routes.js";
import type { Settings } from "./config.js";
import { ANONYMOUS } from "./core/access.js";
import { jsonBody } from "./core/body.js";
import type { Database } from "./core/database.js";
import { docs } from "./core/docs.js";
import { wellFramed } from "./core/framing.js";
import { health } from "./core/health.js";
import { writeJson } from "./core/json.js";
import { Metrics } from "./core/metrics.js";
import { openapi } from "./core/openapi.js";
import { type Chain, noParameters, type Operation, routerOf } from "./core/operations.js";
import { notFound, problems } from "./core/problems.js";
import { RateLimiter, userOrAddress } from "./core/rate-limit.js";
import { record } from "./core/record.js";
import { crossOrigin, DOCS_POLICY, privacy, securityHeaders } from "./core/security.js";
import { RESOURCES } from "./resources.js";
import { UserRepository } from "./users/repository.js";

export interface App {
  readonly express: Express;
  readonly operations: readonly Operation[];
  readonly limiter: RateLimiter;
}

export function createApp(settings: Settings, database: Database): App {
  const limiter = new RateLimiter(settings);
  const metrics = new Metrics();
  const services = { settings, database, limiter };
  const surface = [...health(database, limiter, settings.DB_TIMEOUT_SECONDS), metrics.operation];
  const api = [
    ...authOperations(services),
    ...Object.values(RESOURCES).flatMap((resource) => resource(services)),
  ];
  const operations = [...surface, ...api];
  const everyone = limiter.limit("api", settings.RATE_LIMIT_DEFAULT, userOrAddress);
  const body = jsonBody(settings.MAX_BODY_BYTES);
  const identified = identify(settings);
  const users = new UserRepository(database);

  const chain: Chain = ({ before = [], body: schema, actor, parameters }) => [
    identified,
    everyone,
    ...before,
    ...(schema ? [body] : []),
    ...(actor ? [authenticated(users, actor)] : []),
    ...(parameters?.length === 0 ? [noParameters] : []),
  ];

  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.set("trust proxy", settings.TRUSTED_PROXIES);
  app.enable("strict routing");
  app.enable("case sensitive routing");
  app.use((_request, response, next) => {
    response.locals.actor = ANONYMOUS;
    next();
  });
  app.use(record(metrics));
  app.use("/docs", securityHeaders(DOCS_POLICY));
  app.use(/^(?!\/docs$)/, securityHeaders());
  app.use(privacy);
  app.use(crossOrigin(settings.CORS_ORIGINS));
  app.use(wellFramed);
  app.use(routerOf(surface, () => []));
  app.get("/openapi.json", (_request, response) => {
    response.type("json").send(writeJson(openapi(operations)));
  });
  if (settings.DOCS_ENABLED) app.use(docs());
  app.use(routerOf(api, chain));
  app.use(notFound);
  app.use(problems);
  return { express: app, operations, limiter };
}
