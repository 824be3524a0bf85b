/** What is PostgreSQL's own: how it is reached, and what it calls things. */

import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PROJECT, type Settings } from "../config.js";
import { Prisma } from "../generated/prisma/client.js";

/** The lock of `prisma migrate deploy`, so that neither runs beside the other. */
const MIGRATION_LOCK = 72707369;

export const NOTHING = Prisma.sql`false`;

/** Ends a SELECT whose rows nobody else may change meanwhile. */
export const SHARED = Prisma.sql`FOR SHARE`;

export async function openAdapter(settings: Settings): Promise<PrismaPg> {
  const milliseconds = settings.DB_TIMEOUT_SECONDS * 1000;
  return new PrismaPg({
    connectionString: settings.DATABASE_URL,
    application_name: PROJECT,
    max: settings.DB_POOL_SIZE,
    connectionTimeoutMillis: milliseconds,
    query_timeout: milliseconds,
    keepAlive: true,
  });
}

/** Run once, when the database is opened. */
export const PREPARATION: string[] = [];

export function column(name: string): Prisma.Sql {
  return Prisma.raw(`"${name}"`);
}

/** The columns' own collation folds only ASCII. */
export function contains(name: string, word: string): Prisma.Sql {
  const value = Prisma.sql`lower(${column(name)} COLLATE "default")`;
  return Prisma.sql`strpos(${value}, lower(${word}::text COLLATE "default")) > 0`;
}

/** What a column holds in all rows, as JSON in text. */
export function jsonArray(name: string): Prisma.Sql {
  return Prisma.sql`json_agg(${column(name)})::text`;
}

export const decimals = {
  store: (decimal: string): string => decimal,
  load: (value: unknown, scale: number): string => new Prisma.Decimal(String(value)).toFixed(scale),
  literal: (decimal: string): Prisma.Sql => Prisma.sql`${decimal}::numeric`,
};

/** Prisma's table of the migrations that have run. */
export const HISTORY = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`;

export const NOW = "now()";

/** What the migrations are run with. */
export interface Session {
  readonly query: (statement: string) => Promise<Record<string, unknown>[]>;
  /** All of them, or none. */
  readonly run: (...scripts: string[]) => Promise<void>;
}

/** One process at a time; whoever comes later waits. */
export async function migrating<T>(
  settings: Settings,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: settings.DATABASE_URL });
  await client.connect();
  try {
    await client.query(`SELECT pg_advisory_lock(${MIGRATION_LOCK})`);
    return await work({
      query: async (statement) => (await client.query(statement)).rows,
      run: async (...scripts) => {
        for (const script of ["BEGIN", ...scripts, "COMMIT"]) await client.query(script);
      },
    });
  } finally {
    await client.end();
  }
}
