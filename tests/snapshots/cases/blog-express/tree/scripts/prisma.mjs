/**
 * Runs Prisma's command: on its own engine where that is installed, else on the WASM engine from
 * npm, so that nothing has to be downloaded from elsewhere.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const engines = new URL("../node_modules/@prisma/engines/", import.meta.url);
const own = existsSync(engines)
  ? readdirSync(engines).find((name) => /^schema-engine-[\w.-]+(?<!\.gz|\.sha256)$/.test(name))
  : undefined;

process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(
  own ? new URL(own, engines) : new URL("./schema-engine.mjs", import.meta.url),
);
process.env.CHECKPOINT_DISABLE ??= "1";
process.env.PRISMA_HIDE_UPDATE_MESSAGE ??= "1";
const cli = fileURLToPath(import.meta.resolve("prisma/build/index.js"));
const { status } = spawnSync(process.execPath, [cli, ...process.argv.slice(2)], {
  stdio: "inherit",
});
process.exit(status ?? 1);
