/** What is SQLite's own: how it is opened, and what it calls things. */

import { setTimeout as pause } from "node:timers/promises";
import {
  type Client,
  type Config,
  createClient,
  type InStatement,
  LibsqlError,
} from "@libsql/client";
import { PrismaLibSql } from "@prisma/adapter-libsql";
import type { Settings } from "../config.js";
import { Prisma } from "../generated/prisma/client.js";
import { scaled } from "./fields.js";

/** How long another process that migrates is waited for. */
const LOCK_SECONDS = 600;
const RETRY_MILLISECONDS = 50;

export const NOTHING = Prisma.sql`0`;

/** Ends a SELECT whose rows nobody else may change meanwhile: here nobody else writes at all. */
export const SHARED = Prisma.empty;

/**
 * libsql waits for another program that writes without letting anything else run: so it is told not to
 * wait, and is asked again. A transaction begins with its turn to write, which it could not get later.
 */
class PatientLibSql extends PrismaLibSql {
  readonly #milliseconds: number;

  constructor(url: string, milliseconds: number) {
    super({ url, intMode: "bigint", timeout: 0 });
    this.#milliseconds = milliseconds;
  }

  override createClient(config: Config): Client {
    const client = super.createClient(config);
    const [execute, begin] = [client.execute.bind(client), client.transaction.bind(client)];
    /** A statement that was refused its turn is never closed, and no transaction could end beside it. */
    const afresh = async <T>(asked: Promise<T>): Promise<T> => {
      try {
        return await asked;
      } catch (error) {
        if (error instanceof LibsqlError && error.code === "SQLITE_BUSY") await client.reconnect();
        throw error;
      }
    };
    return Object.assign(client, {
      execute: (statement: InStatement) => afresh(execute(statement)),
      transaction: () => afresh(begin("write")),
    });
  }

  override async connect(): ReturnType<PrismaLibSql["connect"]> {
    const adapter = await super.connect();
    return Object.assign(adapter, {
      queryRaw: this.#patient(adapter.queryRaw.bind(adapter)),
      executeRaw: this.#patient(adapter.executeRaw.bind(adapter)),
      startTransaction: this.#patient(adapter.startTransaction.bind(adapter)),
    });
  }

  #patient<A extends unknown[], T>(ask: (...asked: A) => Promise<T>) {
    const patiently = async (...asked: A): Promise<T> => {
      const until = Date.now() + this.#milliseconds;
      for (;;) {
        try {
          return await ask(...asked);
        } catch (error) {
          if (!isBusy(error) || Date.now() >= until) throw error;
          await pause(RETRY_MILLISECONDS);
        }
      }
    };
    return patiently;
  }
}

/** What the driver adapter tells of a refusal. */
interface Cause {
  readonly kind?: string;
}

function isBusy(error: unknown): boolean {
  const { kind } = ((error as Error).cause ?? {}) as Cause;
  return kind === "SocketTimeout";
}

/** One writer at a time, as the adapter has it: whoever waits is served in the order they came. */
export async function openAdapter(settings: Settings): Promise<PrismaLibSql> {
  return new PatientLibSql(settings.DATABASE_URL, settings.DB_TIMEOUT_SECONDS * 1000);
}

/** Run once, when the database is opened. */
export const PREPARATION = ["PRAGMA journal_mode = WAL"];

export function column(name: string): Prisma.Sql {
  return Prisma.raw(`"${name}"`);
}

/** SQLite's own `lower` knows only ASCII, so each other letter of the word is folded by itself. */
export function contains(name: string, word: string): Prisma.Sql {
  const folded = word.toLowerCase();
  const letters = new Set(folded.match(/[^\0-\x7f]/gu));
  let value = Prisma.sql`lower(${column(name)})`;
  for (const letter of letters) {
    const capital = letter.toUpperCase();
    if (capital !== letter) value = Prisma.sql`replace(${value}, ${capital}, ${letter})`;
  }
  return Prisma.sql`instr(${value}, ${folded}) > 0`;
}

/** What a column holds in all rows, as JSON in text. */
export function jsonArray(name: string): Prisma.Sql {
  return Prisma.sql`json_group_array(${column(name)})`;
}

/** Exact decimals: SQLite's own are floats, so an integer is stored, scaled. */
export const decimals = {
  store: (decimal: string): bigint => scaled(decimal),
  load: (value: unknown, scale: number): string => {
    const [, sign = "", number = ""] = /^(-?)(.*)$/.exec(String(value)) ?? [];
    const digits = number.padStart(scale + 1, "0");
    if (scale === 0) return sign + digits;
    return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  },
  literal: (stored: unknown): Prisma.Sql => Prisma.sql`${stored}`,
};

/** Prisma's table of the migrations that have run. */
export const HISTORY = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  "id" TEXT PRIMARY KEY NOT NULL, "checksum" TEXT NOT NULL, "finished_at" DATETIME,
  "migration_name" TEXT NOT NULL, "logs" TEXT, "rolled_back_at" DATETIME,
  "started_at" DATETIME NOT NULL DEFAULT current_timestamp,
  "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0)`;

export const NOW = "strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')";

/** What the migrations are run with. */
export interface Session {
  readonly query: (statement: string) => Promise<Record<string, unknown>[]>;
  /** All of them, or none. */
  readonly run: (...scripts: string[]) => Promise<void>;
}

/** One process at a time, and all that it does or nothing: SQLite has one writer. */
export async function migrating<T>(
  settings: Settings,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const client = createClient({ url: settings.DATABASE_URL, timeout: LOCK_SECONDS * 1000 });
  try {
    // Tables that refer to each other can then be dropped in any order.
    await client.execute("PRAGMA foreign_keys = OFF");
    const transaction = await client.transaction("write");
    const done = await work({
      query: async (statement) => (await transaction.execute(statement)).rows,
      run: async (...scripts) => {
        for (const script of scripts) await transaction.executeMultiple(script);
      },
    });
    await transaction.commit();
    return done;
  } finally {
    client.close();
  }
}
