/** Every setting comes from the environment (or .env) and is checked before anything starts. */

import { existsSync } from "node:fs";
import { BlockList, isIP } from "node:net";
import { resolve } from "node:path";
import { z } from "zod";

export const PROJECT = "blog";
export const TITLE = "Blog";
export const VERSION = "0.1.0";

/** What development uses when nothing is set; everywhere else these must be given. */
const DEVELOPMENT_DATABASE = "sqlite:///./blog.db";
const DEVELOPMENT_SECRET = "for-development-only-never-anywhere-else";

const ORIGIN = /^https?:\/\/[^/\s?#]+$/;
const RATE = /^([1-9]\d*\/(second|minute|hour|day)|off)$/;

function list(check: (part: string) => boolean, message: (part: string) => string) {
  return z
    .string()
    .default("")
    .transform((text) => text.split(/\s*,\s*/).filter(Boolean))
    .superRefine((parts, context) => {
      for (const part of parts.filter((each) => !check(each))) {
        context.addIssue({ code: "custom", message: message(part) });
      }
    });
}

function isNetwork(text: string): boolean {
  const [address = "", bits, ...rest] = text.split("/");
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  if (bits === undefined) return true;
  try {
    const prefix = /^\d+$/.test(bits) ? Number(bits) : -1;
    new BlockList().addSubnet(address, prefix, `ipv${version as 4 | 6}`);
    return true;
  } catch {
    return false;
  }
}

function whole(least: number, most: number, missing: number) {
  const message = `must be a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, message)
    .transform(Number)
    .refine((number) => number >= least && number <= most, message)
    .default(missing);
}

const rate = (missing: string) =>
  z.string().regex(RATE, "must be a rate like 600/minute, or off").default(missing);

/** What the driver of the database is given; undefined for what names no database of its kind. */
export function databaseUrl(text: string): string | undefined {
  const [, path = ""] = /^(?:sqlite:\/\/\/|file:)(.+)$/.exec(text) ?? [];
  return path === "" || path.includes(":memory:") ? undefined : `file:${resolve(path)}`;
}

/** The database's, whatever else is set; for Prisma's own commands. */
export function databaseOf(environment: NodeJS.ProcessEnv): string {
  if (existsSync(".env")) process.loadEnvFile(".env");
  return databaseUrl(environment.DATABASE_URL || DEVELOPMENT_DATABASE) ?? "";
}

const Environment = z
  .object({
    APP_ENV: z.enum(["development", "test", "production"]).default("development"),
    HOST: z.string().default("127.0.0.1"),
    PORT: whole(0, 65_535, 8000),
    DATABASE_URL: z.string().default(""),
    SECRET_KEY: z.string().default(""),
    REDIS_URL: z
      .string()
      .regex(/^rediss?:\/\//, "must begin with redis:// or rediss://")
      .optional(),
    CORS_ORIGINS: list(
      (part) => ORIGIN.test(part),
      (part) => `${part} is not an origin like https://app.example.com`,
    ),
    TRUSTED_PROXIES: list(
      isNetwork,
      (part) => `${part} is not an address or network like 10.0.0.0/8`,
    ),
    MAX_BODY_BYTES: whole(1, Number.MAX_SAFE_INTEGER, 1_048_576),
    RATE_LIMIT_DEFAULT: rate("600/minute"),
    RATE_LIMIT_AUTH: rate("10/minute"),
    DOCS_ENABLED: z.enum(["true", "false"], "must be true or false").optional(),
    LOG_LEVEL: z.preprocess(
      (level) => (typeof level === "string" ? level.toLowerCase() : level),
      z.enum(["debug", "info", "warning", "error"]).default("info"),
    ),
    DB_POOL_SIZE: whole(1, 10_000, 10),
    DB_TIMEOUT_SECONDS: z
      .string()
      .regex(/^\d+(\.\d+)?$/, "must be a number of seconds")
      .transform(Number)
      .refine((seconds) => seconds > 0, "must be over 0")
      .default(5),
  })
  .transform((settings, context) => {
    const isDevelopment = settings.APP_ENV === "development";
    const url = settings.DATABASE_URL || (isDevelopment ? DEVELOPMENT_DATABASE : "");
    const database = databaseUrl(url);
    const secret = settings.SECRET_KEY || (isDevelopment ? DEVELOPMENT_SECRET : "");
    const add = (name: string, message: string) => {
      context.addIssue({ code: "custom", path: [name], message });
    };
    if (url === "") {
      add("DATABASE_URL", "must be set outside development");
    } else if (database === undefined) {
      add("DATABASE_URL", "must name a file: sqlite:///./app.db");
    }
    if (secret.length < 32 || (secret === DEVELOPMENT_SECRET && !isDevelopment)) {
      add("SECRET_KEY", "must be 32 random characters or more: openssl rand -hex 32");
    }
    return {
      ...settings,
      DATABASE_URL: database ?? "",
      SECRET_KEY: secret,
      DOCS_ENABLED: settings.DOCS_ENABLED
        ? settings.DOCS_ENABLED === "true"
        : settings.APP_ENV !== "production",
    };
  });

export type Settings = Readonly<z.output<typeof Environment>>;

/** Throws an Error that lists everything that is wrong. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const given = Object.entries(environment).filter(([, value]) => value !== "");
  const result = Environment.safeParse(Object.fromEntries(given));
  if (result.success) return result.data;
  const wrong = result.error.issues.map(({ path, message }) => `  ${path.join(".")}: ${message}`);
  throw new Error(["The settings are not valid:", ...wrong].join("\n"));
}

/** The environment wins over .env. Ends the process with a list of everything that is wrong. */
export function loadSettings(): Settings {
  if (existsSync(".env")) process.loadEnvFile(".env");
  try {
    return readSettings(process.env);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(1);
  }
}
