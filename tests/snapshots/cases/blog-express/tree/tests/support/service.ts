/** The service as the tests ask it: the whole application on a database of its own. */

import supertest from "supertest";
import { createApp } from "../../src/app.js";
import { makeAdmin } from "../../src/auth/admin.js";
import { readSettings, type Settings } from "../../src/config.js";
import { type Database, openDatabase } from "../../src/core/database.js";
import { configureLogging } from "../../src/core/logging.js";
import { up } from "../../src/migrate.js";
import { PASSWORD, registration } from "../users/samples.js";
import { scratchDatabase } from "./databases.js";

export type Json = Record<string, unknown>;
export type Answer = supertest.Response;

/** The service as one caller sees it. */
export class Caller {
  readonly userId: string | null;
  readonly #agent: ReturnType<typeof supertest>;
  readonly #token: string | null;

  constructor(
    agent: ReturnType<typeof supertest>,
    token: string | null = null,
    userId: string | null = null,
  ) {
    this.#agent = agent;
    this.#token = token;
    this.userId = userId;
  }

  async get(path: string): Promise<Answer> {
    return this.#named(this.#agent.get(path));
  }

  async post(path: string, body: unknown): Promise<Answer> {
    return this.#named(this.#agent.post(path)).send(body as Json);
  }

  async patch(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const request = this.#named(this.#agent.patch(path)).set(headers);
    return request.send(body as Json);
  }

  async delete(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#named(this.#agent.delete(path)).set(headers);
  }

  #named(request: supertest.Test): supertest.Test {
    return this.#token ? request.set("Authorization", `Bearer ${this.#token}`) : request;
  }
}

export interface Service {
  readonly settings: Settings;
  readonly database: Database;
  readonly agent: ReturnType<typeof supertest>;
  readonly anonymous: Caller;
  /** May do everything. */
  readonly admin: Caller;
  readonly signUp: () => Promise<Caller>;
  readonly close: () => Promise<void>;
}

export function testSettings(changes: NodeJS.ProcessEnv = {}): Settings {
  return readSettings({
    APP_ENV: "test",
    SECRET_KEY: "a-secret-key-for-tests-that-is-long-enough",
    RATE_LIMIT_DEFAULT: "off",
    RATE_LIMIT_AUTH: "off",
    LOG_LEVEL: "error",
    ...changes,
  });
}

export async function startService(changes: NodeJS.ProcessEnv = {}): Promise<Service> {
  const scratch = await scratchDatabase();
  const settings = testSettings({ DATABASE_URL: scratch.url, ...changes });
  configureLogging(settings.LOG_LEVEL);
  await up(settings);
  const database = await openDatabase(settings);
  const { express, limiter } = createApp(settings, database);
  const agent = supertest(express);
  const anonymous = new Caller(agent);
  const logIn = async (email: string): Promise<Caller> => {
    const { body } = await anonymous.post("/api/v1/auth/login", { email, password: PASSWORD });
    const caller = new Caller(agent, body.access_token);
    const me = await caller.get("/api/v1/auth/me");
    return new Caller(agent, body.access_token, me.body.id);
  };
  const register = async (): Promise<string> => {
    const answer = await anonymous.post("/api/v1/auth/register", registration());
    return answer.body.email;
  };
  const adminsEmail = await register();
  await makeAdmin(settings, adminsEmail, PASSWORD);
  return {
    settings,
    database,
    agent,
    anonymous,
    admin: await logIn(adminsEmail),
    signUp: async () => logIn(await register()),
    close: async () => {
      await limiter.close();
      await database.close();
      await scratch.drop();
    },
  };
}

/** The errors of an answer: `body.title required`. */
export function told(answer: Answer): string[] {
  const errors: Json[] = answer.body.errors ?? [];
  return errors.map(({ field, code }) => `${field} ${code}`);
}

/** The client, which tells of its queries in tests alone. */
interface Queries {
  readonly $on: (event: "query", listener: (event: { query: string }) => void) => void;
}

/** What a function sends to the database. */
export async function statementsOf(
  { database }: Service,
  work: () => Promise<unknown>,
): Promise<string[]> {
  const seen: string[] = [];
  const client = database.client as unknown as Queries;
  client.$on("query", ({ query }) => seen.push(query));
  await work();
  return seen.filter((each) => /^\s*(SELECT|INSERT|UPDATE|DELETE)/i.test(each));
}
