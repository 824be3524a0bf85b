/** Values for the fields of a resource, from what its `samples.ts` tells of them. */

import type { Access, Actor } from "../../src/core/access.js";
import type { Database } from "../../src/core/database.js";
import type { Identified, Repository } from "../../src/core/repository.js";
import type { Table } from "../../src/core/table.js";
import type { Caller, Json, Service } from "./service.js";

export interface Field {
  readonly key: string;
  readonly type: string;
  readonly example: unknown;
  readonly other: unknown;
  readonly default?: unknown;
  readonly isOptional?: boolean;
  /** Part of a unique constraint. */
  readonly varies?: boolean;
  readonly isPrivate?: boolean;
  readonly isReadonly?: boolean;
  readonly length?: number;
  readonly minLength?: number;
  readonly pattern?: RegExp;
  readonly counterexample?: string;
  readonly min?: number | bigint | string;
  readonly max?: number | bigint | string;
  readonly values?: readonly string[];
}

export interface Reference {
  readonly key: string;
  readonly isOptional?: boolean;
  readonly isReadonly?: boolean;
  readonly isPrivate?: boolean;
  readonly onDelete?: "restrict" | "cascade" | "set_null";
  /** Of what it refers to; `user` is an account. */
  readonly target: () => Sample | "user";
}

/** A service, whatever its rows are. */
export interface Rules {
  readonly page: (query: never) => Promise<unknown>;
  readonly get: (id: never) => Promise<unknown>;
  readonly create: (data: never) => Promise<unknown>;
  readonly update: (id: never, data: never, expected: never) => Promise<unknown>;
  readonly delete: (id: never, expected: never) => Promise<unknown>;
}

export interface Sample {
  readonly path: string;
  readonly table: Table;
  /** What the table's own rules should be. */
  readonly access: Access;
  readonly open: (database: Database) => Repository<Identified>;
  readonly serve: (database: Database, actor: Actor) => Rules;
  readonly fields: readonly Field[];
  readonly references: readonly Reference[];
  readonly lists: readonly Reference[];
  /** The keys of each unique constraint of several. */
  readonly uniques: readonly (readonly string[])[];
  readonly search: readonly string[];
}

let count = 0;

/** A valid value that no other row has, as far as the type and the pattern let it. */
export function distinct(field: Field): unknown {
  count += 1;
  const number = String(count);
  const within = (text: string) => text.slice(-(field.length ?? text.length));
  switch (field.type) {
    case "string":
      if (field.pattern) return ofPattern(field, number);
      return within(number.padStart(Math.max(field.minLength ?? 0, 1), "x"));
    case "email":
      return `a${number}@example.com`;
    case "slug":
      return `a-${number}`;
    case "int":
    case "bigint":
      return Math.min(Number(field.min ?? 0) + count, Number(field.max ?? 2 ** 31 - 1));
    case "uuid":
      return crypto.randomUUID();
    case "date":
      return new Date(count * 86_400_000).toISOString().slice(0, 10);
    case "datetime":
      return new Date(count * 1000).toISOString().replace(".000", "");
    case "decimal":
      return String(field.example).replace(/^-?\d+/, String(count % 10));
    case "float":
      return Number(field.min ?? 0) + count / 4096;
    case "time":
      return new Date(count * 1000).toISOString().slice(11, 19);
    default:
      return field.example;
  }
}

function ofPattern(field: Field, number: string): unknown {
  const example = String(field.example);
  const varied = example.replace(/\d+$/, (digits) =>
    number.padStart(digits.length, "0").slice(-digits.length),
  );
  return field.pattern?.test(varied) ? varied : count % 2 ? field.example : field.other;
}

export const writable = ({ fields }: Sample) => fields.filter((each) => !each.isReadonly);
export const visible = ({ fields }: Sample) => fields.filter((each) => !each.isPrivate);

/** A valid value of each field that a client may set. */
export function written(fields: readonly Field[]): Json {
  const settable = fields.filter((each) => !each.isReadonly);
  const chosen = (field: Field) => (field.varies ? distinct(field) : field.example);
  return Object.fromEntries(settable.map((field) => [field.key, chosen(field)]));
}

/** A valid body; what it refers to is made. */
export async function bodyOf(service: Service, sample: Sample): Promise<Json> {
  const body = written(sample.fields);
  for (const { key, target, isOptional, isReadonly } of sample.references) {
    if (!isOptional && !isReadonly) body[key] = await idOf(service, target());
  }
  return body;
}

/** A new row, made by whoever may do everything. */
export async function rowOf(service: Service, sample: Sample, changes: Json = {}): Promise<Json> {
  const body = { ...(await bodyOf(service, sample)), ...changes };
  const answer = await service.admin.post(sample.path, body);
  if (answer.status !== 201) throw new Error(`${sample.path}: ${answer.text}`);
  return answer.body;
}

/** Four rows: two alike, one with other values, one with nothing that can be left out. */
export async function varietyOf(service: Service, sample: Sample): Promise<Json[]> {
  const optional = [...sample.references, ...writable(sample)].filter((each) => each.isOptional);
  const nothing = Object.fromEntries(optional.map(({ key }) => [key, null]));
  const plain = writable(sample).filter(({ varies }) => !varies);
  const other = Object.fromEntries(plain.map((field) => [field.key, field.other]));
  const changes = [{}, { ...other, ...(await referencesOf(service, sample)) }, {}, nothing];
  const rows: Json[] = [];
  for (const each of changes) rows.push(await rowOf(service, sample, each));
  return rows;
}

export async function referencesOf(service: Service, sample: Sample): Promise<Json> {
  const written = sample.references.filter(({ isReadonly }) => !isReadonly);
  const ids = written.map(async ({ key, target }) => [key, await idOf(service, target())]);
  return Object.fromEntries(await Promise.all(ids));
}

/** A shown value as it is sorted by. */
function rankOf({ fields }: Sample, name: string, value: unknown): number | string {
  const type = fields.find(({ key }) => key === name)?.type;
  if (type === "decimal" || typeof value === "boolean") return Number(value);
  return typeof value === "string" ? value.replace(/Z$/, "") : (value as number);
}

function compared(one: number | string, other: number | string): number {
  return one < other ? -1 : Number(one > other);
}

/** Nothing is last in both directions, and what is level goes by its id. */
export function order(sample: Sample, sort: string): (one: Json, other: Json) => number {
  const name = sort.replace("-", "");
  const by = (key: string, one: Json, other: Json) =>
    compared(rankOf(sample, key, one[key]), rankOf(sample, key, other[key]));
  return (one, other) => {
    const nulls = Number(one[name] === null) - Number(other[name] === null);
    const values = one[name] === null || other[name] === null ? 0 : by(name, one, other);
    return nulls || (sort === name ? values : -values) || by("id", one, other);
  };
}

const EQUAL = ["", "ne"];
const LISTED = [...EQUAL, "in"];
const WORDED = [...LISTED, "contains"];
const ORDERED = [...EQUAL, "lt", "lte", "gt", "gte", "in"];
const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  ...{ bool: EQUAL, uuid: LISTED, enum: LISTED, text: ["contains"], json: [] },
  ...{ string: WORDED, email: WORDED, url: WORDED, slug: WORDED },
};

/** What can be filtered and sorted by, and how. */
export function columnsOf({ fields, references, table }: Sample) {
  const names = Object.keys(table.columns);
  const instants = names.filter((name) => name === "created_at" || name === "updated_at");
  const ids = ["id", ...names.filter((name) => name === "owner_id")];
  const columns: readonly Pick<Field, "key" | "type" | "isOptional" | "isPrivate">[] = [
    ...ids.map((key) => ({ key, type: "uuid" })),
    ...fields,
    ...references.map((each) => ({ ...each, type: "uuid" })),
    ...instants.map((key) => ({ key, type: "datetime" })),
  ];
  return columns
    .filter(({ isPrivate }) => !isPrivate)
    .map(({ key, type, isOptional }) => ({
      key,
      operators: [...(OPERATORS[type] ?? ORDERED), ...(isOptional ? ["isnull"] : [])],
      isSortable: type !== "text" && type !== "json",
    }));
}

/** What a filter may be asked of the rows. */
export function asked(rows: readonly Json[], name: string, operator: string): string[] {
  if (operator === "isnull") return ["true", "false"];
  const values = new Set(rows.map((row) => row[name]).filter((value) => value != null));
  const texts = [...values].map(String);
  if (operator === "contains") return texts.map((text) => text.slice(1).toUpperCase());
  if (operator !== "in") return texts;
  return [texts.filter((text) => !text.includes(",")).join(",")].filter(Boolean);
}

/** Is the row among those that a filter is to find? */
export function holds(
  sample: Sample,
  row: Json,
  filter: readonly [string, string, string],
): boolean {
  const [name, operator, text] = filter;
  const value = row[name];
  if (operator === "isnull") return (value === null) === (text === "true");
  if (value === null) return operator === "ne";
  if (operator === "contains") return String(value).toLowerCase().includes(text.toLowerCase());
  if (operator === "in") return text.split(",").includes(String(value));
  const wanted = typeof value === "string" ? text : JSON.parse(text);
  const by = compared(rankOf(sample, name, value), rankOf(sample, name, wanted));
  const answers = {
    "": by === 0,
    ne: by !== 0,
    lt: by < 0,
    lte: by <= 0,
    gt: by > 0,
    gte: by >= 0,
  };
  return answers[operator as keyof typeof answers];
}

type WithUsers = Service & { signUp: () => Promise<Caller> };

export async function idOf(service: Service, target: Sample | "user"): Promise<unknown> {
  if (target !== "user") return (await rowOf(service, target)).id;
  if (!("signUp" in service)) throw new Error("there are no users");
  const { signUp } = service as WithUsers;
  return (await signUp()).userId;
}

/** The status of an action by someone, on a row of the owner's. */
export function statusOf(
  access: Access,
  action: keyof Access,
  who: "anonymous" | "other" | "owner" | "admin",
): number {
  const done = { list: 200, read: 200, create: 201, update: 200, delete: 204 }[action];
  const permits = (rule: string) =>
    rule === "public" || who === "admin" || rule === "authenticated" || rule === who;
  const rule = access[action];
  if (rule === "public") return done;
  if (who === "anonymous") return 401;
  if (action === "list" || action === "create") {
    return rule === "admin" && who !== "admin" ? 403 : done;
  }
  if (permits(rule)) return done;
  return permits(access.read) ? 403 : 404;
}

/** Values that no client can bring to the database, which refuses them by itself. */
export function outOfBounds(field: Field): unknown[] {
  const bounds = [
    ...(field.min === undefined ? [] : [beyond(field, field.min, -1)]),
    ...(field.max === undefined ? [] : [beyond(field, field.max, 1)]),
  ];
  return field.values ? [...bounds, "no such thing"] : bounds;
}

/** Values that a field refuses, with the code of each. */
export function refused(field: Field): [unknown, string][] {
  const wrong: [unknown, string][] = [];
  if (!field.isOptional) wrong.push([null, "type"]);
  if (field.type !== "json") wrong.push([{ a: 1 }, "type"]);
  if (TEXTS.has(field.type)) wrong.push([7, "type"], ["a\0b", "invalid"]);
  if (FORMATTED.has(field.type))
    wrong.push(["no such thing", field.type === "enum" ? "enum" : "format"]);
  if (NUMBERS.has(field.type)) wrong.push(["7", "type"], [true, "type"]);
  if (field.type === "int")
    wrong.push([7.5, "type"], [2 ** 31, "too_large"], [-(2 ** 31) - 1, "too_small"]);
  if (field.type === "decimal")
    wrong.push([1.5, "type"], ["1e2", "format"], ["9".repeat(19), "too_large"]);
  if (field.type === "bool") wrong.push([0, "type"], ["true", "type"]);
  if (field.type === "json") wrong.push([{ a: "\0" }, "invalid"], [nested(32), "invalid"]);
  if (field.length !== undefined) wrong.push(["x".repeat(field.length + 1), "too_long"]);
  if (field.minLength) wrong.push(["x".repeat(field.minLength - 1), "too_short"]);
  if (field.counterexample != null) wrong.push([field.counterexample, "pattern"]);
  if (field.min !== undefined) wrong.push([beyond(field, field.min, -1), "too_small"]);
  if (field.max !== undefined) wrong.push([beyond(field, field.max, 1), "too_large"]);
  return wrong;
}

const TEXTS = new Set(["string", "text", "email", "url", "slug"]);
const NUMBERS = new Set(["int", "bigint", "float"]);
const FORMATTED = new Set([
  ...["email", "url", "slug", "uuid", "date", "time", "datetime", "enum", "decimal"],
]);

function nested(levels: number): unknown {
  return levels === 0 ? 1 : [nested(levels - 1)];
}

function beyond(field: Field, bound: number | bigint | string, by: number): unknown {
  if (field.type === "decimal") return String(Number(bound) + by);
  // Past 2^53 the next number is further away.
  return typeof bound === "bigint" ? Number(bound) * (1 + 1e-9) : Number(bound) + by;
}
