/**
 * Runs prisma/migrations up and down, with nothing but the driver: `make migrate`, `make rollback`.
 *
 * It keeps the table of `prisma migrate deploy`, so that the two can be mixed.
 */

import { createHash, randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadSettings, type Settings } from "./config.js";
import { HISTORY, migrating, NOW, type Session } from "./core/dialect.js";

const DIRECTORY = "prisma/migrations";
const TABLE = "_prisma_migrations";

/** What a person has to do something about. */
export class MigrationError extends Error {}

export async function up(settings: Settings, directory = DIRECTORY): Promise<string[]> {
  return migrating(settings, async (session) => {
    const applied = await appliedOf(session);
    const pending = namesIn(directory).filter((name) => !applied.includes(name));
    for (const name of pending) {
      const sql = readFileSync(join(directory, name, "migration.sql"), "utf8");
      const id = randomUUID();
      const checksum = createHash("sha256").update(sql).digest("hex");
      const started = `INSERT INTO ${TABLE} (id, checksum, migration_name, started_at)
        VALUES ('${id}', '${checksum}', ${literal(name)}, ${NOW})`;
      const finished = `UPDATE ${TABLE} SET finished_at = ${NOW}, applied_steps_count = 1
        WHERE id = '${id}'`;
      await run(session, name, started, sql, finished);
    }
    return pending.map((name) => `applied ${name}`);
  });
}

/** One step. */
export async function down(settings: Settings, directory = DIRECTORY): Promise<string[]> {
  return migrating(settings, async (session) => {
    const name = (await appliedOf(session)).at(-1);
    if (!name) return ["nothing to take back"];
    const path = join(directory, name, "down.sql");
    if (!existsSync(path)) throw new MigrationError(`${path} is missing: write it, then try again`);
    const forgotten = `DELETE FROM ${TABLE} WHERE migration_name = ${literal(name)}`;
    await run(session, name, readFileSync(path, "utf8"), forgotten);
    return [`took back ${name}`];
  });
}

async function appliedOf({ query, run }: Session): Promise<string[]> {
  await run(HISTORY);
  const rows = await query(`SELECT migration_name, finished_at FROM ${TABLE}
    WHERE rolled_back_at IS NULL ORDER BY migration_name`);
  const failed = rows.find(({ finished_at }) => finished_at === null);
  if (failed) {
    throw new MigrationError(
      `${failed.migration_name} failed half-way: repair the database, then delete its row of ${TABLE} to run it again, or set finished_at there`,
    );
  }
  return rows.map(({ migration_name }) => String(migration_name));
}

function namesIn(directory: string): string[] {
  const entries = readdirSync(directory, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

async function run(session: Session, name: string, ...scripts: string[]): Promise<void> {
  try {
    await session.run(...scripts);
  } catch (error) {
    throw new MigrationError(`${name}: ${(error as Error).message}`);
  }
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export async function main(words: readonly string[]): Promise<string> {
  const [step] = words;
  const steps = { up, down };
  const work = steps[step as keyof typeof steps];
  if (!work) return fail("Write: make migrate, or make rollback");
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
