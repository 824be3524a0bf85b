/** Who is asking. */

import type { RequestHandler } from "express";
import type { Settings } from "../config.js";
import { Unauthorized } from "../core/errors.js";
import type { UserRepository } from "../users/repository.js";
import { readAccessToken } from "./security.js";

const BEARER = /^bearer (.+)$/i;

/** Comes first, for the rate limit and the access log, and refuses nobody. */
export function identify(settings: Settings): RequestHandler {
  return async (request, response, next) => {
    const [, token] = BEARER.exec(request.get("Authorization") ?? "") ?? [];
    if (token) response.locals.userId = await readAccessToken(settings, token);
    next();
  };
}

/** Anonymous without a token; with one, a user who is still there and active. */
export function authenticated(users: UserRepository, who: "anyone" | "user"): RequestHandler {
  return async (request, response, next) => {
    const { userId } = response.locals;
    const isAnonymous = request.get("Authorization") === undefined;
    if (isAnonymous && who === "anyone") {
      next();
      return;
    }
    if (userId === undefined) throw new Unauthorized();
    const user = await users.get(userId);
    if (!user?.is_active) throw new Unauthorized();
    response.locals.actor = { id: userId, isAdmin: user.role === "admin" };
    next();
  };
}
