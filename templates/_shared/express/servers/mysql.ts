/** A MariaDB server for one run of the tests, from this machine's programs. */

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { atExit, freePort, options, place, run } from "./process.js";

const START_SECONDS = 60;

/** Lets DATABASE_URL name it, unless that names a server already; it stops when Node does. */
export default async function setup(): Promise<void> {
  process.env.DATABASE_URL ||= await startedServer();
}

async function startedServer(): Promise<string> {
  const server = findProgram("mariadbd");
  const install = findProgram("mariadb-install-db");
  const base = place("maria-");
  const data = ["--no-defaults", `--datadir=${join(base.path, "data")}`];
  run(install, [...data, "--auth-root-authentication-method=normal"], base);
  const port = await freePort();
  const address = [
    `--socket=${join(base.path, "s")}`,
    `--port=${port}`,
    "--bind-address=127.0.0.1",
  ];
  // What is lost when the machine stops is lost anyway.
  const haste = ["--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=0"];
  const running = spawn(server, [...data, ...address, ...haste], options(base));
  running.unref();
  atExit(base, () => running.kill("SIGKILL"));
  const deadline = Date.now() + START_SECONDS * 1000;
  while (running.exitCode === null && Date.now() < deadline) {
    if (await answers(port)) return `mysql://root@127.0.0.1:${port}/mysql`;
    await sleep(100);
  }
  throw new Error("MariaDB did not start: name a server in DATABASE_URL");
}

function findProgram(name: string): string {
  const path = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin"];
  const found = path.map((each) => join(each, name)).find((each) => existsSync(each));
  if (found) return found;
  throw new Error(
    `The tests need a database: set DATABASE_URL, or install MariaDB (${name} was not found)`,
  );
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(port, "127.0.0.1");
    const told = (isThere: boolean) => {
      connection.destroy();
      resolve(isThere);
    };
    connection.once("connect", () => told(true)).once("error", () => told(false));
  });
}
