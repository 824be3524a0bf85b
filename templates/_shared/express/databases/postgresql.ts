/** An empty database for a test, on the server that DATABASE_URL names. */

import { randomBytes } from "node:crypto";
import pg from "pg";

export interface Scratch {
  readonly url: string;
  readonly drop: () => Promise<void>;
}

export async function scratchDatabase(): Promise<Scratch> {
  const server = new URL(process.env.DATABASE_URL ?? "");
  const name = `test_${randomBytes(8).toString("hex")}`;
  await run(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(server, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function run(server: URL, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server.href });
  await client.connect().catch((error) => {
    throw new Error(`The tests need the server that DATABASE_URL names: ${error.message}`);
  });
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
