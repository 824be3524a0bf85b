/** The database client, and what its errors mean. */

import type { Settings } from "../config.js";
import { PrismaClient } from "../generated/prisma/client.js";
import { openAdapter, PREPARATION } from "./dialect.js";

export interface Database {
  readonly client: PrismaClient;
  /** Throws where the database does not answer. */
  ping: () => Promise<void>;
  close: () => Promise<void>;
}

export async function openDatabase(settings: Settings): Promise<Database> {
  const client = new PrismaClient({
    adapter: await openAdapter(settings),
    errorFormat: "minimal",
    ...(settings.APP_ENV === "test" && { log: [{ emit: "event", level: "query" }] }),
    transactionOptions: {
      maxWait: settings.DB_TIMEOUT_SECONDS * 1000,
      timeout: settings.DB_TIMEOUT_SECONDS * 1000,
    },
  });
  for (const statement of PREPARATION) await client.$queryRawUnsafe(statement);
  return {
    client,
    ping: async () => {
      await client.$queryRaw`SELECT 1`;
    },
    close: () => client.$disconnect(),
  };
}
