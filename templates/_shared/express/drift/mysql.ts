/**
 * Fails where schema.prisma and the migrations differ: `make drift`.
 *
 * Prisma's engine for MySQL is a binary that npm does not have, so the migrated tables of an empty
 * database are compared with what the schema says: columns, keys, indexes and references.
 */

import { readFileSync } from "node:fs";
import { readSettings } from "../src/config.js";
import { openDatabase } from "../src/core/database.js";
import { up } from "../src/migrate.js";
import { scratchDatabase } from "../tests/support/databases.js";
import startServer from "../tests/support/server/setup.js";

type Lines = Set<string>;

interface Row {
  readonly line: string;
}

const TYPES: Readonly<Record<string, string>> = {
  BigInt: "bigint",
  Boolean: "tinyint",
  Char: "char",
  Decimal: "decimal",
  Float: "double",
  Int: "int",
  LongText: "longtext",
  VarChar: "varchar",
};
const RULES: Readonly<Record<string, string>> = {
  Cascade: "CASCADE",
  Restrict: "RESTRICT",
  SetNull: "SET NULL",
};

/** What the schema says, a line for each thing. */
function wanted(schema: string): Lines {
  const lines: Lines = new Set();
  const models = [...schema.matchAll(/^model (\w+) {\n(.*?)^}/gms)];
  const tables = new Map(
    models.map(([, name = "", body = ""]) => [name, /@@map\("(\w+)"\)/.exec(body)?.[1] ?? name]),
  );
  for (const [, name = "", body = ""] of models) {
    const table = tables.get(name) ?? name;
    for (const line of body.split("\n").map((each) => each.trim())) {
      for (const each of described(line, table, tables)) lines.add(each);
    }
  }
  return lines;
}

function* described(line: string, table: string, tables: Map<string, string>): Iterable<string> {
  const [, kind, columns = "", map] =
    /^@@(unique|index|id)\(\[(.*?)\](?:, map: "(\w+)")?/.exec(line) ?? [];
  if (kind) {
    const names = columns.replaceAll(/\(.*?\)|\s/g, "");
    const isUnique = kind === "index" ? "" : "unique ";
    yield `${table}: ${isUnique}${kind === "id" ? "PRIMARY" : map} (${names})`;
    return;
  }
  const [, column, type = "", optional, attributes = ""] =
    /^(\w+)\s+(\w+)(\?|\[\])?\s*(.*)$/.exec(line) ?? [];
  if (!column) return;
  const native = /@db\.(\w+)(?:\(([\d, ]+)\))?/.exec(attributes);
  const sql = TYPES[native?.[1] ?? type];
  if (sql) {
    const size = native?.[2] ? `(${native[2].replaceAll(" ", "")})` : "";
    yield `${table}: ${column} ${sql}${size}${optional ? " null" : ""}`;
    if (/@id\b/.test(attributes)) yield `${table}: unique PRIMARY (${column})`;
    const unique = /@unique\(map: "(\w+)"\)/.exec(attributes);
    if (unique) yield `${table}: unique ${unique[1]} (${column})`;
  }
  const relation = /fields: \[(\w+)\].*onDelete: (\w+).*map: "(\w+)"/.exec(attributes);
  if (relation) {
    const [, key, rule = "", name] = relation;
    yield `${table}: ${name} ${key} to ${tables.get(type)} ${RULES[rule]}`;
  }
}

/** What the migrations made, a line for each thing. */
async function made(): Promise<Lines> {
  await startServer();
  const scratch = await scratchDatabase();
  const settings = readSettings({ ...process.env, DATABASE_URL: scratch.url });
  await up(settings);
  const { client, close } = await openDatabase(settings);
  const rows: Row[] = await client.$queryRaw`
    SELECT CONCAT(table_name, ': ', column_name, ' ', data_type,
        CASE WHEN data_type IN ('char', 'varchar') THEN CONCAT('(', character_maximum_length, ')')
          WHEN data_type = 'decimal' THEN CONCAT('(', numeric_precision, ',', numeric_scale, ')')
          ELSE '' END,
        IF(is_nullable = 'YES', ' null', '')) AS line
      FROM information_schema.columns
      WHERE table_schema = DATABASE() AND table_name <> '_prisma_migrations'
    UNION ALL
    SELECT CONCAT(table_name, ': ', IF(non_unique, '', 'unique '), index_name, ' (',
        GROUP_CONCAT(column_name ORDER BY seq_in_index SEPARATOR ','), ')')
      FROM information_schema.statistics
      WHERE table_schema = DATABASE() AND table_name <> '_prisma_migrations'
      GROUP BY table_name, index_name, non_unique
    UNION ALL
    SELECT CONCAT(k.table_name, ': ', k.constraint_name, ' ', k.column_name, ' to ',
        k.referenced_table_name, ' ', r.delete_rule)
      FROM information_schema.key_column_usage k
      JOIN information_schema.referential_constraints r
        ON r.constraint_schema = k.table_schema AND r.constraint_name = k.constraint_name
      WHERE k.table_schema = DATABASE() AND k.referenced_table_name IS NOT NULL`;
  await close();
  await scratch.drop();
  return new Set(rows.map(({ line }) => line));
}

const said = wanted(readFileSync("prisma/schema.prisma", "utf8"));
const done = await made();
const missing = [...said].filter((line) => !done.has(line));
const extra = [...done].filter((line) => !said.has(line));
if (missing.length + extra.length > 0) {
  const lines = [...missing.map((line) => `- ${line}`), ...extra.map((line) => `+ ${line}`)];
  const told = ["The schema (-) is not what the migrations make (+):", ...lines];
  process.stderr.write(`${told.join("\n")}\n`);
  process.exit(1);
}
process.stdout.write("The migrations make what the schema says.\n");
process.exit();
