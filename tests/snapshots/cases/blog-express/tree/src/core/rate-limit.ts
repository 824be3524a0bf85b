/** Requests per user, or per client address; shared between processes when there is Redis. */

import type { Request, RequestHandler, Response } from "express";
import {
  type ClientRateLimitInfo,
  MemoryStore,
  type Options,
  rateLimit,
  type Store,
} from "express-rate-limit";
import { Redis } from "ioredis";
import { PROJECT, type Settings } from "../config.js";
import { RateLimited } from "./errors.js";
import { logger } from "./logging.js";

const REDIS_TIMEOUT = 500;
const REDIS_PAUSE = 5_000;
const SECONDS = { second: 1, minute: 60, hour: 3600, day: 86_400 };

/** Counts a request, and says in how many milliseconds its window ends. */
const COUNT = `
local hits = redis.call("INCR", KEYS[1])
if hits == 1 then redis.call("PEXPIRE", KEYS[1], ARGV[1]) end
return {hits, redis.call("PTTL", KEYS[1])}`;

/** Counts in Redis, for every process that uses it. Without Redis requests pass. */
class SharedWindows implements Store {
  readonly prefix: string;
  readonly #redis: Redis;
  #window = 0;
  #pausedUntil = 0;

  constructor(redis: Redis, name: string) {
    this.#redis = redis;
    this.prefix = `${PROJECT}:limit:${name}:`;
  }

  init({ windowMs }: Options): void {
    this.#window = windowMs;
  }

  async increment(key: string): Promise<ClientRateLimitInfo> {
    const passed = { totalHits: 0, resetTime: undefined };
    if (Date.now() < this.#pausedUntil) return passed;
    try {
      const counted = await this.#redis.eval(COUNT, 1, this.prefix + key, this.#window);
      const [totalHits = 0, left = 0] = counted as number[];
      return { totalHits, resetTime: new Date(Date.now() + left) };
    } catch (error) {
      this.#pausedUntil = Date.now() + REDIS_PAUSE;
      logger.warn({ cause: String(error) }, "Redis is away: requests are not limited");
      return passed;
    }
  }

  async decrement(key: string): Promise<void> {
    await this.#redis.decr(this.prefix + key);
  }

  async resetKey(key: string): Promise<void> {
    await this.#redis.del(this.prefix + key);
  }
}

export class RateLimiter {
  readonly redis: Redis | undefined;

  constructor(settings: Settings) {
    if (!settings.REDIS_URL) return;
    this.redis = new Redis(settings.REDIS_URL, {
      commandTimeout: REDIS_TIMEOUT,
      connectTimeout: REDIS_TIMEOUT,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
    });
    // Whoever counts tells of it.
    this.redis.on("error", () => undefined);
  }

  /** Each name has counts of its own. */
  limit(name: string, rate: string, who: (request: Request, response: Response) => string) {
    if (rate === "off") return pass;
    const [amount = "", unit = ""] = rate.split("/");
    const seconds = SECONDS[unit as keyof typeof SECONDS];
    return rateLimit({
      windowMs: seconds * 1000,
      limit: Number(amount),
      standardHeaders: false,
      legacyHeaders: false,
      validate: false,
      store: this.redis ? new SharedWindows(this.redis, name) : new MemoryStore(),
      keyGenerator: (request, response) => who(request, response),
      handler: (request) => {
        const { limit, resetTime } = (request as Limited).rateLimit;
        const left = resetTime ? resetTime.getTime() - Date.now() : seconds * 1000;
        throw new RateLimited(limit, Math.max(1, Math.ceil(left / 1000)));
      },
    });
  }

  async close(): Promise<void> {
    this.redis?.disconnect();
  }
}

interface Window {
  readonly limit: number;
  readonly resetTime: Date | undefined;
}

type Limited = Request & { rateLimit: Window };

const pass: RequestHandler = (_request, _response, next) => next();

export function clientAddress(request: Request): string {
  return request.ip ?? "unknown";
}

export function userOrAddress(request: Request, response: Response): string {
  const { userId } = response.locals;
  return userId ? `user:${userId}` : `address:${clientAddress(request)}`;
}
