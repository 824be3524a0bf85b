#!/usr/bin/env node
// Stands in for Prisma's native `schema-engine` binary: the same JSON-RPC over stdio, answered by the WASM schema
// engine from npm over a driver adapter. PRISMA_SCHEMA_ENGINE_BINARY points here. SQLite and PostgreSQL only (as the WASM engine).
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import * as bg from "@prisma/schema-engine-wasm/schema_engine_bg";

let panic;
globalThis.PRISMA_WASM_PANIC_REGISTRY = {
  set_message: (m) => {
    panic = m;
  },
};
let fatal = (err) => {
  log("ERROR", String(err?.stack ?? err));
  process.exit(101);
};
process.on("uncaughtException", (e) => fatal(e));
process.on("unhandledRejection", (e) => fatal(e));

async function loadWasm() {
  const glue = fileURLToPath(import.meta.resolve("@prisma/schema-engine-wasm/schema_engine_bg"));
  const bytes = readFileSync(resolve(dirname(glue), "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": bg });
  bg.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
}

const argv = process.argv.slice(2);
const rest = [];
const datamodels = [];
let url;
for (let i = 0; i < argv.length; i++) {
  if (argv[i] === "--datamodels") datamodels.push(argv[++i]);
  else if (argv[i] === "--datasource") url = JSON.parse(argv[++i]).url;
  else if (argv[i] === "--enabled-preview-features" || argv[i] === "--extension-types") i++;
  else rest.push(argv[i]);
}
if (/^(mysql|mariadb):/.test(url ?? "")) {
  process.stderr.write(
    "Prisma's engine for MySQL is a binary that npm does not have: let `npx prisma -v` download it," +
      " or name it in PRISMA_SCHEMA_ENGINE_BINARY.\n",
  );
  process.exit(1);
}
const pglite = process.env.PRISMA_ENGINE_PGLITE === "1"; // PostgreSQL diff/drift without a server
const sqlite = !pglite && (!url || /^(file|sqlite):/.test(url));
const sqliteFile =
  url && sqlite
    ? resolve(url.replace(/^(file|sqlite):(\/\/)?/, "").replace(/\?.*$/, ""))
    : undefined;

function log(level, message, extra = {}) {
  process.stderr.write(
    `${JSON.stringify({ timestamp: new Date().toISOString(), level, fields: { message, ...extra }, target: "schema_engine::logger" })}\n`,
  );
}

/** The engine sends whole scripts through executeRaw; drivers prepare one statement only. */
function scripts(a) {
  const one = a.executeRaw.bind(a);
  a.executeRaw = async (q) => {
    if (q.args?.length) return one(q);
    await a.executeScript(q.sql);
    return 0;
  };
  return a;
}

async function sqliteFactory() {
  const { PrismaLibSql } = await import("@prisma/adapter-libsql");
  const at = (u) => ({
    connect: async () => scripts(await new PrismaLibSql({ url: u }).connect()),
  });
  return {
    provider: "sqlite",
    adapterName: "@prisma/adapter-libsql",
    connect: at(sqliteFile ? `file:${sqliteFile}` : ":memory:").connect,
    connectToShadowDb: at(":memory:").connect,
  };
}

async function pgAdapter(pool, schema, dispose) {
  const { PrismaPg } = await import("@prisma/adapter-pg");
  const a = await new PrismaPg(pool, { schema }).connect();
  // "char" (OID 18) of the system catalogs is unknown to the adapter; the engine wants it as Character.
  const chars = new WeakMap();
  const io = a.performIO.bind(a);
  a.performIO = async (q) => {
    const r = await io(q);
    const at = [];
    for (const [i, f] of (r.fields ?? []).entries())
      if (f.dataTypeID === 18) {
        at.push(i);
        f.dataTypeID = 25;
      }
    chars.set(q, at);
    return r;
  };
  const raw = a.queryRaw.bind(a);
  a.queryRaw = async (q) => {
    const r = await raw(q);
    for (const i of chars.get(q) ?? []) r.columnTypes[i] = ColumnTypeEnum.Character;
    return r;
  };
  // the adapter's own splits on every ";", also inside $$ bodies and strings
  a.executeScript = async (sql) => {
    try {
      await pool.query(sql);
    } catch (e) {
      a.onError(e);
    }
  };
  a.dispose = dispose;
  return scripts(a);
}

async function pgFactory() {
  const { default: pg } = await import("pg");
  if (pglite) {
    const { PGlite } = await import("@electric-sql/pglite");
    const connect = async () => {
      const db = await PGlite.create();
      const pool = new pg.Pool();
      pool.query = async (q) => {
        if (typeof q === "string") return db.exec(q);
        const parsers = new Proxy(
          {},
          { has: () => true, get: (_, oid) => q.types.getTypeParser(Number(oid), "text") },
        );
        const r = await db.query(q.text, q.values, { rowMode: "array", parsers });
        return { ...r, rowCount: r.affectedRows };
      };
      return pgAdapter(pool, undefined, () => db.close());
    };
    return {
      provider: "postgres",
      adapterName: "@prisma/adapter-pg",
      connect,
      connectToShadowDb: connect,
    };
  }
  const { parse } = await import("pg-connection-string");
  const u = new URL(url);
  const schema = u.searchParams.get("schema") ?? undefined;
  u.searchParams.delete("schema");
  // Parsed, never `connectionString`: that wins over `database`, and the shadow database would be the real one.
  const config = parse(u.href);
  const admin = async (sql) => {
    const c = new pg.Client(config);
    await c.connect();
    try {
      await c.query(sql);
    } finally {
      await c.end();
    }
  };
  const connect = (cfg, after) => {
    const pool = new pg.Pool({ ...cfg, max: 1 });
    pool.on("error", () => {});
    if (schema)
      pool.on("connect", (c) => c.query(`SET search_path TO "${schema.replaceAll('"', '""')}"`));
    return pgAdapter(pool, schema, async () => {
      await pool.end();
      await after?.();
    });
  };
  return {
    provider: "postgres",
    adapterName: "@prisma/adapter-pg",
    connect: () => connect(config),
    connectToShadowDb: async () => {
      const database = `prisma_migrate_shadow_db_${crypto.randomUUID()}`;
      await admin(`CREATE DATABASE "${database}"`);
      return connect({ ...config, database }, () =>
        admin(`DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`),
      );
    },
  };
}

async function withPostgresDb(fn) {
  const { default: pg } = await import("pg");
  const u = new URL(url);
  const name = decodeURIComponent(u.pathname.slice(1));
  u.pathname = "/postgres";
  u.searchParams.delete("schema");
  const c = new pg.Client({ connectionString: u.href });
  await c.connect();
  try {
    return await fn(c, name);
  } finally {
    await c.end();
  }
}
const databaseName = () => (sqlite ? sqliteFile : new URL(url).pathname.slice(1));
async function databaseExists() {
  if (sqlite) return existsSync(sqliteFile);
  return withPostgresDb(
    async (c, name) =>
      (await c.query("select 1 from pg_database where datname = $1", [name])).rowCount > 0,
  );
}
async function createDatabase() {
  if (sqlite) {
    mkdirSync(dirname(sqliteFile), { recursive: true });
    if (!existsSync(sqliteFile)) writeFileSync(sqliteFile, "");
  } else
    await withPostgresDb((c, name) => c.query(`CREATE DATABASE "${name.replaceAll('"', '""')}"`));
  return databaseName();
}

if (rest[0] === "--version") {
  await loadWasm();
  console.log(`schema-engine-wasm ${bg.version()}`);
  process.exit(0);
}
if (rest[0] === "cli") {
  const fail = (message, error_code) => {
    process.stderr.write("\n");
    log("ERROR", message, { error_code, is_panic: false });
    process.exit(1);
  };
  try {
    if (rest[1] === "can-connect-to-database") {
      if (!(await databaseExists())) fail(`Database \`${databaseName()}\` does not exist`, "P1003");
    } else if (rest[1] === "create-database") await createDatabase();
    else fail(`unknown command ${rest[1]}`, "P1000");
    process.exit(0);
  } catch (e) {
    fail(String(e?.message ?? e), "P1001");
  }
}

// Upstream's SQLite flavour sees "no _prisma_migrations table" only when built natively, and its reset only deletes rows.
const NEEDS_TABLE = new Set([
  "devDiagnostic",
  "diagnoseMigrationHistory",
  "applyMigrations",
  "markMigrationApplied",
  "markMigrationRolledBack",
  "evaluateDataLoss",
  "createMigration",
]);
const TABLE = `CREATE TABLE "_prisma_migrations" ("id" TEXT PRIMARY KEY NOT NULL, "checksum" TEXT NOT NULL, "finished_at" DATETIME, "migration_name" TEXT NOT NULL, "logs" TEXT, "rolled_back_at" DATETIME, "started_at" DATETIME NOT NULL DEFAULT current_timestamp, "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0)`;
async function withSqlite(fn) {
  const { createClient } = await import("@libsql/client");
  const c = createClient({ url: `file:${sqliteFile}` });
  try {
    return await fn(
      c,
      (
        await c.execute(
          "select type, name from sqlite_master where type in ('table', 'view') and name not like 'sqlite_%'",
        )
      ).rows,
    );
  } finally {
    c.close();
  }
}
async function before(method) {
  if (!sqliteFile || !NEEDS_TABLE.has(method)) return;
  await withSqlite(async (c, objects) => {
    if (objects.some((o) => o.name === "_prisma_migrations")) return;
    if (method === "applyMigrations" && objects.length)
      throw Object.assign(
        new Error(
          "The database schema is not empty. Read more about how to baseline an existing production database: https://pris.ly/d/migrate-baseline",
        ),
        { code: "P3005" },
      );
    await c.execute(TABLE);
  });
}
// These two read the schema of the migration history from the engine's cache and cannot build it; devDiagnostic can.
const warm = (method) => async (p) => {
  const e = await engine();
  await e.devDiagnostic({ migrationsList: p.migrationsList, filters: p.filters });
  return e[method](p);
};
const own = {
  evaluateDataLoss: warm("evaluateDataLoss"),
  createMigration: warm("createMigration"),
  createDatabase: async () => ({ databaseName: await createDatabase() }),
  getDatabaseVersion: async () => (await engine()).version(),
  reset: async (p) =>
    sqliteFile
      ? withSqlite((c, objects) =>
          c.migrate(objects.map((o) => `DROP ${o.type} "${String(o.name).replaceAll('"', '""')}"`)),
        )
      : (await engine()).reset(p),
};

await loadWasm();
const factory = bindMigrationAwareSqlAdapterFactory(await (sqlite ? sqliteFactory() : pgFactory()));
let instance;
const engine = async () =>
  (instance ??= await bg.SchemaEngine.new(
    {
      datamodels: datamodels.length
        ? datamodels.map((p) => [p, readFileSync(p, "utf8")])
        : undefined,
    },
    () => {},
    factory,
  ));
const send = (o) => process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...o })}\n`);

async function handle(line) {
  const req = JSON.parse(line);
  if (!req.method) return; // the CLI's answer to `print`
  // A WASM panic surfaces outside the call's promise. Always answer: when the engine dies silently the CLI exits 0.
  const panicked = new Promise((_, reject) => {
    fatal = (e) => reject(new Error(`schema engine panicked: ${panic ?? e?.stack ?? e}`));
  });
  try {
    const work = (async () => {
      await before(req.method);
      return own[req.method]
        ? own[req.method](req.params)
        : (await engine())[req.method](req.params);
    })();
    const result = (await Promise.race([work, panicked])) ?? {};
    if (req.method === "diff" && result.stdout != null) {
      send({ id: `print-${req.id}`, method: "print", params: { content: result.stdout } });
      result.stdout = null;
    }
    send({ id: req.id, result });
  } catch (err) {
    // driver errors stay on the JS side; the engine only knows their number
    const message = String(err?.message ?? err).replace(/External error id#(\d+)/g, (all, id) => {
      const e = factory.errorRegistry.consumeError(Number(id))?.error;
      return e ? String(e.cause?.originalMessage ?? e.message ?? e) : all;
    });
    send({
      id: req.id,
      error: {
        code: 4466,
        message: "An error happened. Check the data field for details.",
        data: { is_panic: false, message, error_code: err?.code ?? null, meta: null },
      },
    });
  }
}
let queue = Promise.resolve();
const input = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
input.on("line", (line) => {
  queue = queue.then(() => handle(line));
});
input.on("close", () => queue.finally(() => process.exit(0)));
