/** Running a database server that lives as long as the tests. */

import { execFileSync } from "node:child_process";
import { chownSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where a server keeps its files, and who runs it where that is not the user. */
export interface Base {
  readonly path: string;
  readonly account: { readonly uid?: number; readonly gid?: number };
}

/** Database servers refuse to run as root. */
export function place(prefix: string): Base {
  // Short: a Unix socket's path holds 107 bytes.
  const path = mkdtempSync(join(tmpdir(), prefix));
  if (process.getuid?.() !== 0) return { path, account: {} };
  const [uid = 0, gid = 0] = ["-u", "-g"].map((what) =>
    Number(execFileSync("id", [what, "nobody"])),
  );
  chownSync(path, uid, gid);
  return { path, account: { uid, gid } };
}

export function options({ account }: Base) {
  const env = { PATH: process.env.PATH, LC_ALL: "C" };
  return { ...account, cwd: "/", env, stdio: "ignore" } as const;
}

export function run(program: string, words: readonly string[], base: Base): void {
  try {
    execFileSync(program, words, { ...options(base), stdio: ["ignore", "ignore", "pipe"] });
  } catch (error) {
    const reason = (error as Error).message;
    throw new Error(`The tests need a server: set DATABASE_URL, or help this one. ${reason}`);
  }
}

export function atExit(base: Base, stop: () => void): void {
  process.once("exit", () => {
    stop();
    rmSync(base.path, { recursive: true, force: true });
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const listener = createServer().once("error", reject);
    listener.listen(0, "127.0.0.1", () => {
      const address = listener.address();
      listener.close(() => resolve(typeof address === "object" ? (address?.port ?? 0) : 0));
    });
  });
}
