/** What is MySQL's and MariaDB's own: how they are reached, and what they call things. */

import { PrismaMariaDb } from "@prisma/adapter-mariadb";
import { createConnection } from "mariadb";
import type { Settings } from "../config.js";
import { Prisma } from "../generated/prisma/client.js";

/** The lock of `prisma migrate deploy`, so that neither runs beside the other. */
const MIGRATION_LOCK = "prisma_migrate";
const LOCK_SECONDS = 86_400;

export const NOTHING = Prisma.sql`false`;

/** Ends a SELECT whose rows nobody else may change meanwhile. */
export const SHARED = Prisma.sql`LOCK IN SHARE MODE`;

function serverOf(settings: Settings) {
  const url = new URL(settings.DATABASE_URL);
  return {
    host: url.hostname,
    port: Number(url.port || 3306),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    charset: "utf8mb4",
  };
}

export async function openAdapter(settings: Settings): Promise<PrismaMariaDb> {
  const milliseconds = settings.DB_TIMEOUT_SECONDS * 1000;
  return new PrismaMariaDb({
    ...serverOf(settings),
    connectionLimit: settings.DB_POOL_SIZE,
    acquireTimeout: milliseconds,
    connectTimeout: milliseconds,
    socketTimeout: milliseconds,
    // READ COMMITTED as on PostgreSQL: the default locks gaps, and parallel inserts deadlock.
    initSql: [
      "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
      "SET SESSION sql_mode = 'TRADITIONAL'",
    ],
  });
}

/** Run once, when the database is opened. */
export const PREPARATION: string[] = [];

export function column(name: string): Prisma.Sql {
  return Prisma.raw(`\`${name}\``);
}

export function contains(name: string, word: string): Prisma.Sql {
  return Prisma.sql`instr(lower(${column(name)}), lower(${word})) > 0`;
}

/** What a column holds in all rows, as JSON in text. */
export function jsonArray(name: string): Prisma.Sql {
  return Prisma.sql`CAST(JSON_ARRAYAGG(${column(name)}) AS CHAR)`;
}

export const decimals = {
  store: (decimal: string): string => decimal,
  load: (value: unknown, scale: number): string => new Prisma.Decimal(String(value)).toFixed(scale),
  /** Compared with a string, a DECIMAL becomes a float. */
  literal: (decimal: string): Prisma.Sql => Prisma.sql`CAST(${decimal} AS DECIMAL(38, 18))`,
};

/** Prisma's table of the migrations that have run. */
export const HISTORY = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at DATETIME(3),
  migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at DATETIME(3),
  started_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  applied_steps_count INTEGER UNSIGNED NOT NULL DEFAULT 0)
  DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`;

export const NOW = "CURRENT_TIMESTAMP(3)";

/** What the migrations are run with. */
export interface Session {
  readonly query: (statement: string) => Promise<Record<string, unknown>[]>;
  /** One after the other: MySQL commits each change of a table by itself. */
  readonly run: (...scripts: string[]) => Promise<void>;
}

/** One process at a time; whoever comes later waits. */
export async function migrating<T>(
  settings: Settings,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const connection = await createConnection({ ...serverOf(settings), multipleStatements: true });
  try {
    await connection.query(`SELECT GET_LOCK('${MIGRATION_LOCK}', ${LOCK_SECONDS})`);
    return await work({
      query: (statement) => connection.query(statement),
      run: async (...scripts) => {
        for (const script of scripts) await connection.query(script);
      },
    });
  } finally {
    await connection.end();
  }
}
