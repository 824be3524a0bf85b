/** Lists: from query parameters to conditions, order and page of a query. */

import { createHmac, timingSafeEqual } from "node:crypto";
import { Prisma } from "../generated/prisma/client.js";
import { column, contains, NOTHING } from "./dialect.js";
import { type FieldError, Invalid, Refusal } from "./errors.js";
import { type JsonSchema, SCHEMAS, storableText } from "./fields.js";
import { type Kind, parseBool, parseWhole } from "./kinds.js";
import { all, kindOf, type Table, type ToMany } from "./table.js";

type Sql = Prisma.Sql;
type Row = Readonly<Record<string, unknown>>;

const DEFAULT_LIMIT = 20;
const MOST_ROWS = 100;
const MOST_KEYS = 5;
const MOST_WORDS = 10;
const MOST_VALUES = 100;
const MAC_BYTES = 16;

const COMPARISONS: Readonly<Record<string, Sql>> = {
  "": Prisma.sql`=`,
  ne: Prisma.sql`<>`,
  lt: Prisma.sql`<`,
  lte: Prisma.sql`<=`,
  gt: Prisma.sql`>`,
  gte: Prisma.sql`>=`,
};

export interface Parameter {
  readonly name: string;
  readonly schema: JsonSchema;
}

/** `total` is undefined unless it was asked for. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next_cursor: string | null;
  readonly total?: number | undefined;
}

/** What a client asked of a list, ready for a SELECT. */
export interface ListQuery {
  readonly conditions: readonly Sql[];
  /** What the pages before leave. */
  readonly rest: readonly Sql[];
  readonly order: Sql;
  readonly limit: number;
  readonly includeTotal: boolean;
  readonly cursorAfter: (row: Row) => string;
}

/** A column to sort by. NULLs are last in both directions. */
class Key {
  readonly name: string;
  readonly kind: Kind;
  readonly descending: boolean;
  readonly column: Sql;

  constructor(name: string, kind: Kind, descending: boolean) {
    this.name = name;
    this.kind = kind;
    this.descending = descending;
    this.column = column(name);
  }

  get order(): Sql {
    const direction = this.descending ? Prisma.sql`DESC` : Prisma.sql`ASC`;
    const order = Prisma.sql`${this.column} ${direction}`;
    return this.kind.isOptional ? Prisma.sql`(${this.column} IS NULL), ${order}` : order;
  }

  /** Rows that come later by this key alone. */
  beyond(value: unknown): Sql {
    if (value === null) return NOTHING;
    const comparison = this.descending ? COMPARISONS.lt : COMPARISONS.gt;
    const later = Prisma.sql`${this.column} ${comparison} ${literal(this.kind, value)}`;
    return this.kind.isOptional ? Prisma.sql`(${later} OR ${this.column} IS NULL)` : later;
  }

  level(value: unknown): Sql {
    return value === null
      ? Prisma.sql`${this.column} IS NULL`
      : Prisma.sql`${this.column} = ${literal(this.kind, value)}`;
  }

  /** Says nothing new, but lets an index begin where the page does. */
  fromHere(value: unknown): readonly Sql[] {
    if (this.kind.isOptional) return [];
    const comparison = this.descending ? COMPARISONS.lte : COMPARISONS.gte;
    return [Prisma.sql`${this.column} ${comparison} ${literal(this.kind, value)}`];
  }
}

function literal(kind: Kind, value: unknown): Sql {
  return kind.literal(kind.store(value as never) as never);
}

function beyond(keys: readonly Key[], values: readonly unknown[]): Sql {
  const [key, ...others] = keys;
  const [value, ...rest] = values;
  if (!key) return NOTHING;
  if (others.length === 0) return key.beyond(value);
  const level = Prisma.sql`(${key.level(value)} AND ${beyond(others, rest)})`;
  const later = Prisma.sql`(${key.beyond(value)} OR ${level})`;
  return Prisma.sql`(${all([...key.fromHere(value), later])})`;
}

/** Makes and reads cursors; one holds only with the sort and filters it was made for. */
class Cursors {
  readonly secret: string;
  readonly madeFor: string;
  readonly keys: readonly Key[];

  constructor(secret: string, madeFor: string, keys: readonly Key[]) {
    this.secret = secret;
    this.madeFor = madeFor;
    this.keys = keys;
  }

  after(row: Row): string {
    const texts = this.keys.map(({ name }) => (row[name] === null ? null : String(row[name])));
    const payload = Buffer.from(JSON.stringify(texts));
    return Buffer.concat([this.#mac(payload), payload]).toString("base64url");
  }

  read(cursor: string): unknown[] {
    const signed = Buffer.from(cursor, "base64url");
    const payload = signed.subarray(MAC_BYTES);
    // Several texts decode to the same bytes; only the one that was given out is right.
    const isOurs =
      signed.length > MAC_BYTES &&
      signed.toString("base64url") === cursor &&
      timingSafeEqual(signed.subarray(0, MAC_BYTES), this.#mac(payload));
    if (!isOurs) {
      throw new Refusal("invalid", "Must be the next_cursor of a page with this sort and filters");
    }
    const texts: (string | null)[] = JSON.parse(payload.toString());
    return this.keys.map((key, n) => {
      const text = texts[n];
      return text == null ? null : key.kind.parse(text);
    });
  }

  #mac(payload: Buffer): Buffer {
    const hmac = createHmac("sha256", this.secret).update(`${this.madeFor}\0`).update(payload);
    return hmac.digest().subarray(0, MAC_BYTES);
  }
}

interface Options {
  readonly table: Table;
  readonly search?: readonly string[];
  readonly sort: string;
}

/** What may be asked of a resource's list. */
export class Listing {
  readonly table: Table;
  readonly search: readonly string[];
  readonly sort: string;
  readonly sortable: readonly string[];
  readonly conditions: ReadonlyMap<string, (raw: string) => Sql>;
  readonly parameters: readonly Parameter[];

  constructor({ table, search = [], sort }: Options) {
    this.table = table;
    this.search = search;
    this.sort = sort;
    this.sortable = Object.keys(table.columns).filter((name) => kindOf(table, name).isSortable);
    this.conditions = new Map(this.#allConditions());
    this.parameters = [...this.#ownParameters(), ...this.#filters()];
  }

  /** Throws Invalid with everything that is wrong with the query string. */
  read(url: string, secret: string): ListQuery {
    return new Reader(this).read(queryOf(url), secret);
  }

  /** Always ends with the id, so that no two rows are level. */
  keys(sort: string): Key[] {
    const keys = sort.split(",").map((name) => this.#key(name));
    const names = new Set(keys.map(({ name }) => name));
    if (keys.length > MOST_KEYS || names.size < keys.length) {
      throw new Refusal("invalid", `Must name at most ${MOST_KEYS} fields, and none twice`);
    }
    if (!names.has("id")) keys.push(this.#key("id"));
    return keys;
  }

  unknown(): Sql {
    const allowed = this.parameters.map(({ name }) => name).join(", ");
    throw new Refusal("unknown", `Must be among ${allowed}`);
  }

  #key(sent: string): Key {
    const name = sent.replace(/^-/, "");
    if (!this.sortable.includes(name)) {
      const code = sent === "" ? "invalid" : "unknown";
      throw new Refusal(code, `Must be among ${this.sortable.join(", ")}`);
    }
    return new Key(name, kindOf(this.table, name), sent.startsWith("-"));
  }

  #words(raw: string): Sql {
    const words = storableText(raw).split(/\s+/).filter(Boolean);
    if (words.length > MOST_WORDS) {
      throw new Refusal("too_long", `Must be at most ${MOST_WORDS} words`);
    }
    return all(
      words.map((word) => {
        const places = this.search.map((name) => contains(name, word));
        return Prisma.sql`(${Prisma.join(places, " OR ")})`;
      }),
    );
  }

  *#allConditions(): Iterable<[string, (raw: string) => Sql]> {
    for (const [name, kind] of Object.entries(this.table.columns)) {
      for (const operator of kind.operators) {
        yield [joined(name, operator), (raw) => condition(name, kind, operator, raw)];
      }
    }
    for (const many of this.table.toMany ?? []) yield [many.key, (raw) => every(many, raw)];
    if (this.search.length > 0) yield ["q", (raw) => this.#words(raw)];
  }

  *#ownParameters(): Iterable<Parameter> {
    const bounds = { minimum: 1, maximum: MOST_ROWS, default: DEFAULT_LIMIT };
    const keys = this.sortable.flatMap((name) => [name, `-${name}`]);
    yield { name: "limit", schema: { type: "integer", ...bounds } };
    yield { name: "cursor", schema: { type: "string", minLength: 1 } };
    yield { name: "include_total", schema: { type: "boolean", default: false } };
    yield {
      name: "sort",
      schema: {
        type: "array",
        items: { type: "string", enum: keys },
        minItems: 1,
        maxItems: MOST_KEYS,
        uniqueItems: true,
        default: [this.sort],
      },
    };
    if (this.search.length > 0) yield { name: "q", schema: SCHEMAS.string };
  }

  *#filters(): Iterable<Parameter> {
    for (const [name, kind] of Object.entries(this.table.columns)) {
      for (const operator of kind.operators) {
        yield { name: joined(name, operator), schema: schemaOf(kind, operator) };
      }
    }
    for (const { key, kind } of this.table.toMany ?? []) {
      yield { name: key, schema: listSchema(kind.schema) };
    }
  }
}

/** Reads one query string, and collects everything that is wrong with it. */
class Reader {
  readonly listing: Listing;
  readonly errors: FieldError[] = [];

  constructor(listing: Listing) {
    this.listing = listing;
  }

  read(sent: readonly [string, string][], secret: string): ListQuery {
    const { listing } = this;
    const values = this.#once(sent);
    const take = (name: string, missing: string): string => {
      const value = values.get(name) ?? missing;
      values.delete(name);
      return value;
    };
    const limit = this.#parsed("limit", limitOf, take("limit", String(DEFAULT_LIMIT)));
    const includeTotal = this.#parsed("include_total", parseBool, take("include_total", "false"));
    const cursor = values.get("cursor");
    values.delete("cursor");
    const sort = take("sort", listing.sort);
    const keys = this.#parsed("sort", (raw) => listing.keys(raw), sort) ?? [];
    const asked = [...values].sort(([one], [other]) => (one < other ? -1 : 1));
    const conditions = asked.map(([name, raw]) =>
      this.#parsed(name, listing.conditions.get(name) ?? (() => listing.unknown()), raw),
    );
    const madeFor = JSON.stringify([listing.table.name, sort, asked]);
    const cursors = new Cursors(secret, madeFor, keys);
    const position =
      cursor === undefined || keys.length === 0
        ? undefined
        : this.#parsed("cursor", (raw) => cursors.read(raw), cursor);
    if (this.errors.length > 0) {
      const detail = this.errors.map(({ field, message }) => `${field}: ${message}`).join("; ");
      throw new Invalid(this.errors, detail);
    }
    return {
      conditions: conditions.filter((each) => each !== undefined),
      rest: position ? [beyond(keys, position)] : [],
      order: Prisma.join(keys.map((key) => key.order)),
      limit: limit ?? DEFAULT_LIMIT,
      includeTotal: includeTotal ?? false,
      cursorAfter: (row) => cursors.after(row),
    };
  }

  #once(sent: readonly [string, string][]): Map<string, string> {
    const values = new Map(sent);
    for (const name of values.keys()) {
      if (sent.filter(([each]) => each === name).length > 1) {
        this.#add(name, new Refusal("invalid", "Must be given once"));
      }
    }
    return values;
  }

  /** Undefined where it is wrong. */
  #parsed<T>(name: string, parse: (raw: string) => T, raw: string): T | undefined {
    try {
      return parse(raw);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#add(name, error);
      return undefined;
    }
  }

  #add(name: string, { code, message }: Refusal): void {
    this.errors.push({ field: `query.${name}`, code, message });
  }
}

/** For operations that take no parameters, because only lists do; throws Invalid. */
export function refuseParameters(url: string): void {
  const names = new Set(queryOf(url).map(([name]) => name));
  const message = "Only lists take parameters";
  const errors: FieldError[] = [...names].map((name) => {
    return { field: `query.${name}`, code: "unknown", message };
  });
  if (errors.length > 0) throw new Invalid(errors, "Only lists take query parameters");
}

function queryOf(url: string): [string, string][] {
  const start = url.indexOf("?");
  return start < 0 ? [] : [...new URLSearchParams(url.slice(start + 1))];
}

function condition(name: string, kind: Kind, operator: string, raw: string): Sql {
  const named = column(name);
  if (operator === "isnull") {
    return parseBool(raw) ? Prisma.sql`${named} IS NULL` : Prisma.sql`${named} IS NOT NULL`;
  }
  if (operator === "in") {
    const values = listed(kind, raw).map((value) => literal(kind, value));
    return Prisma.sql`${named} IN (${Prisma.join(values)})`;
  }
  if (operator === "contains") return contains(name, storableText(raw));
  const value = literal(kind, kind.parse(raw));
  const compared = Prisma.sql`${named} ${COMPARISONS[operator]} ${value}`;
  return operator === "ne" && kind.isOptional
    ? Prisma.sql`(${compared} OR ${named} IS NULL)`
    : compared;
}

/** Rows that have all of the given ids in a join table. */
function every({ join, left, right, kind }: ToMany, raw: string): Sql {
  const ids = new Set(listed(kind, raw));
  const values = [...ids].map((id) => literal(kind, id));
  return Prisma.sql`${column("id")} IN (
    SELECT ${column(left)} FROM ${column(join)} WHERE ${column(right)} IN (${Prisma.join(values)})
    GROUP BY ${column(left)} HAVING count(*) = ${values.length})`;
}

function listed(kind: Kind, raw: string): unknown[] {
  const values = raw.split(",");
  if (values.length > MOST_VALUES) {
    throw new Refusal("too_long", `Must be at most ${MOST_VALUES} values`);
  }
  return values.map((value) => kind.parse(value));
}

function schemaOf(kind: Kind, operator: string): JsonSchema {
  if (operator === "isnull") return SCHEMAS.boolean;
  if (operator === "contains") return SCHEMAS.string;
  return operator === "in" ? listSchema(kind.schema) : kind.schema;
}

function listSchema(items: JsonSchema): JsonSchema {
  return { type: "array", items, minItems: 1, maxItems: MOST_VALUES };
}

function joined(name: string, operator: string): string {
  return operator ? `${name}__${operator}` : name;
}

function limitOf(raw: string): number {
  return Number(parseWhole(raw, { least: 1, most: MOST_ROWS }));
}
