/**
 * Runs prisma/migrations up and down, with nothing but the driver: `node dist/migrate.js up`.
 *
 * It keeps the table of `prisma migrate deploy`, so that the two can be mixed.
 */

import { createHash, randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadSettings, type Settings } from "./config.js";
import { openDatabase } from "./core/database.js";
import { column, HISTORY, NOW, runScript } from "./core/dialect.js";
import { Prisma, type PrismaClient } from "./generated/prisma/client.js";

const DIRECTORY = "prisma/migrations";
const TABLE = column("_prisma_migrations");

/** What a person has to do something about. */
export class MigrationError extends Error {}

export async function up(settings: Settings, directory = DIRECTORY): Promise<string[]> {
  return withHistory(settings, async (client, applied) => {
    const pending = namesIn(directory).filter((name) => !applied.includes(name));
    for (const name of pending) {
      const sql = readFileSync(join(directory, name, "migration.sql"), "utf8");
      await run(settings, name, sql);
      const checksum = createHash("sha256").update(sql).digest("hex");
      await client.$executeRaw`
        INSERT INTO ${TABLE}
          (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
        VALUES (${randomUUID()}, ${checksum}, ${name}, ${NOW}, ${NOW}, 1)`;
    }
    return pending.map((name) => `applied ${name}`);
  });
}

/** One step. */
export async function down(settings: Settings, directory = DIRECTORY): Promise<string[]> {
  return withHistory(settings, async (client, applied) => {
    const name = applied.at(-1);
    if (!name) return ["nothing to take back"];
    const path = join(directory, name, "down.sql");
    if (!existsSync(path)) throw new MigrationError(`${path} is missing: write it, then try again`);
    await run(settings, name, readFileSync(path, "utf8"));
    await client.$executeRaw`DELETE FROM ${TABLE} WHERE migration_name = ${name}`;
    return [`took back ${name}`];
  });
}

async function withHistory(
  settings: Settings,
  work: (client: PrismaClient, applied: readonly string[]) => Promise<string[]>,
): Promise<string[]> {
  const database = await openDatabase(settings);
  try {
    await database.client.$executeRaw`${HISTORY}`;
    return await work(database.client, await appliedIn(database.client));
  } finally {
    await database.close();
  }
}

async function appliedIn(client: PrismaClient): Promise<string[]> {
  const rows = await client.$queryRaw<{ migration_name: string; finished_at: unknown }[]>(
    Prisma.sql`SELECT migration_name, finished_at FROM ${TABLE} WHERE rolled_back_at IS NULL
      ORDER BY migration_name`,
  );
  const failed = rows.find(({ finished_at }) => finished_at === null);
  if (failed) {
    throw new MigrationError(
      `${failed.migration_name} failed half-way: repair the database, then run prisma migrate resolve`,
    );
  }
  return rows.map(({ migration_name }) => migration_name);
}

function namesIn(directory: string): string[] {
  const entries = readdirSync(directory, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

async function run(settings: Settings, name: string, sql: string): Promise<void> {
  try {
    await runScript(settings, sql);
  } catch (error) {
    throw new MigrationError(`${name}: ${(error as Error).message}`);
  }
}

export async function main([step]: readonly string[]): Promise<string> {
  const steps = { up, down };
  const work = steps[step as keyof typeof steps];
  if (!work) return fail("Write: node dist/migrate.js up, or down");
  try {
    const done = await work(loadSettings());
    return done.join("\n") || "the database is at the newest migration";
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    return fail(error.message);
  }
}

function fail(message: string): string {
  process.exitCode = 1;
  return message;
}

if (import.meta.filename === process.argv[1]) {
  process.stdout.write(`${await main(process.argv.slice(2))}\n`);
}
