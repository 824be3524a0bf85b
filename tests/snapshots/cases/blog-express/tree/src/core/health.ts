/** What those who watch the process ask: whether it lives, and whether it can work. */

import { z } from "zod";
import type { Database } from "./database.js";
import { logger } from "./logging.js";
import { type Operation, send } from "./operations.js";
import type { RateLimiter } from "./rate-limit.js";

const Answer = z.enum(["ok", "error"]);
const Health = z
  .object({ status: z.literal("ok").optional().meta({ default: "ok" }) })
  .meta({ id: "Health" });
const Readiness = z
  .object({ status: Answer, checks: z.record(z.string(), Answer) })
  .meta({ id: "Readiness" });

type Answer = z.output<typeof Answer>;

export function health(database: Database, limiter: RateLimiter, seconds: number): Operation[] {
  const checks: Record<string, () => Promise<unknown>> = { database: database.ping };
  const { redis } = limiter;
  if (redis) checks.redis = () => redis.ping();
  return [
    {
      method: "get",
      path: "/healthz",
      id: "healthz",
      tag: "operations",
      answer: Health,
      handle: async (_request, response) => send(response, Health, { status: "ok" }),
    },
    {
      method: "get",
      path: "/readyz",
      id: "readyz",
      tag: "operations",
      answer: Readiness,
      others: { 503: Readiness },
      async handle(_request, response) {
        const answers = await Promise.all(
          Object.entries(checks).map(async ([name, ask]) => [name, await told(ask, seconds)]),
        );
        const status = answers.every(([, answer]) => answer === "ok") ? "ok" : "error";
        response.status(status === "ok" ? 200 : 503);
        send(response, Readiness, { status, checks: Object.fromEntries(answers) });
      },
    },
  ];
}

async function told(ask: () => Promise<unknown>, seconds: number): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer in time")), seconds * 1000);
  });
  try {
    await Promise.race([ask(), late]);
    return "ok";
  } catch (error) {
    logger.warn({ cause: String(error) }, "not ready");
    return "error";
  } finally {
    clearTimeout(timer);
  }
}
