/** Fails where schema.prisma and the migrations differ, by Prisma's own comparison: `make drift`. */

import { spawnSync } from "node:child_process";
{%- if database == "postgresql" %}
import startServer from "../tests/support/server/setup.js";
{%- endif %}

const WORDS = [
  ...["scripts/prisma.mjs", "migrate", "diff", "--exit-code"],
  ...["--from-migrations", "prisma/migrations", "--to-schema", "prisma/schema.prisma"],
];

{% if database == "postgresql" -%}
await startServer();
{% endif -%}
const { status, stdout, stderr } = spawnSync(process.execPath, WORDS, { encoding: "utf8" });
// A broken engine also ends with 0, so the words count as well.
if (status !== 0 || !stdout.includes("No difference detected")) {
  process.stderr.write(`The schema is not what the migrations make:\n${stdout}${stderr}`);
  process.exit(1);
}
process.stdout.write("The migrations make what the schema says.\n");
