/** An empty database for a test, on the server that DATABASE_URL names. */

import { randomBytes } from "node:crypto";
import { createConnection } from "mariadb";

export interface Scratch {
  readonly url: string;
  readonly drop: () => Promise<void>;
}

export async function scratchDatabase(): Promise<Scratch> {
  const server = new URL(process.env.DATABASE_URL ?? "");
  const name = `test_${randomBytes(8).toString("hex")}`;
  await run(server, `CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(server, `DROP DATABASE ${name}`) };
}

async function run(server: URL, statement: string): Promise<void> {
  const connection = await createConnection({
    host: server.hostname,
    port: Number(server.port || 3306),
    user: decodeURIComponent(server.username),
    password: decodeURIComponent(server.password),
  }).catch((error) => {
    throw new Error(`The tests need the server that DATABASE_URL names: ${error.message}`);
  });
  try {
    await connection.query(statement);
  } finally {
    await connection.end();
  }
}
