/** Writes the OpenAPI document: `make openapi`. */

import { writeFileSync } from "node:fs";
import { stringify } from "lossless-json";
import { createApp } from "../src/app.js";
import { loadSettings } from "../src/config.js";
import { openDatabase } from "../src/core/database.js";
import { openapi } from "../src/core/openapi.js";

const settings = loadSettings();
const { operations, limiter } = createApp(settings, await openDatabase(settings));
const document = stringify(openapi(operations), null, 2);
writeFileSync(process.argv[2] ?? "openapi.json", `${document}\n`);
await limiter.close();
process.exit();
