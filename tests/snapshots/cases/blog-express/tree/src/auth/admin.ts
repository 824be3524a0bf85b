/** Makes an administrator; run by `make admin EMAIL=… PASSWORD=…`. */

import { loadSettings, type Settings } from "../config.js";
import { openDatabase } from "../core/database.js";
import { Invalid } from "../core/errors.js";
import { read } from "../core/fields.js";
import { UserRepository } from "../users/repository.js";
import { Registration } from "../users/schema.js";
import { AuthService } from "./service.js";

/** Whoever has an account is promoted and keeps the password. */
export async function makeAdmin(
  settings: Settings,
  given: string,
  password: string,
): Promise<string> {
  const database = await openDatabase(settings);
  try {
    const email = given.toLowerCase();
    const { user } = database.client;
    if (await user.findUnique({ where: { email } })) {
      await user.update({ where: { email }, data: { role: "admin" } });
      return `${email} is an administrator now; the password is as it was`;
    }
    const accounts = new AuthService(new UserRepository(database), settings);
    const made = await accounts.register(read(Registration, { email, password }), "admin");
    return `${made.email} is an administrator`;
  } finally {
    await database.close();
  }
}

export async function main(words: readonly string[]): Promise<string> {
  const [email, password] = words;
  if (!email || !password) return fail("Write: make admin EMAIL=you@example.com PASSWORD=…");
  try {
    return await makeAdmin(loadSettings(), email, password);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    const wrong = error.errors.map(({ field, message }) => `  ${field.slice(5)}: ${message}`);
    const told = "No account can be made (register it first, then):";
    return fail([told, ...wrong].join("\n"));
  }
}

function fail(message: string): string {
  process.exitCode = 1;
  return message;
}

if (import.meta.filename === process.argv[1]) {
  process.stdout.write(`${await main(process.argv.slice(2))}\n`);
}
