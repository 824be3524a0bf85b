/** What the columns of each type hold: how it is stored, shown and asked for in a query string. */

import { Prisma } from "../generated/prisma/client.js";
import { decimals } from "./dialect.js";
import { Refusal } from "./errors.js";
import * as fields from "./fields.js";
import { integer, parseJson, writeJson } from "./json.js";
import { shownInstant, shownTime, storedInstant, storedTime } from "./times.js";

const EQUAL = ["", "ne"];
const LISTED = [...EQUAL, "in"];
const WORDED = [...LISTED, "contains"];
const ORDERED = [...EQUAL, "lt", "lte", "gt", "gte", "in"];

export interface Kind {
  /** From a query string; throws Refusal. `String` is its inverse: cursors hold it. */
  readonly parse: (raw: string) => unknown;
  readonly schema: fields.JsonSchema;
  readonly operators: readonly string[];
  readonly isSortable: boolean;
  readonly isOptional: boolean;
  readonly store: (value: never) => unknown;
  readonly load: (stored: unknown) => unknown;
  /** A stored value in a statement. */
  readonly literal: (stored: never) => Prisma.Sql;
}

interface Given<T> {
  parse: (raw: string) => T;
  schema: fields.JsonSchema;
  operators: readonly string[];
  isSortable?: boolean;
  store?: (value: T) => unknown;
  load?: (stored: unknown) => unknown;
  literal?: (stored: string) => Prisma.Sql;
}

function kind<T>(given: Given<T>): Kind {
  return {
    isSortable: true,
    isOptional: false,
    store: (value: T) => value,
    load: (stored) => stored,
    literal: (stored) => Prisma.sql`${stored}`,
    ...given,
  };
}

/** Where the value may be missing. */
export function optional(kind: Kind): Kind {
  const { store, load, operators } = kind;
  return {
    ...kind,
    isOptional: true,
    operators: [...operators, "isnull"],
    store: (value: unknown) => (value === null ? null : store(value as never)),
    load: (stored) => (stored === null ? null : load(stored)),
  };
}

/** Kept, and neither shown nor asked for. */
export function hidden(kind: Kind): Kind {
  return { ...kind, operators: [], isSortable: false };
}

export function parseBool(raw: string): boolean {
  if (raw !== "true" && raw !== "false") throw new Refusal("type", "Must be true or false");
  return raw === "true";
}

interface Limits {
  readonly least: number | bigint;
  readonly most: number | bigint;
}

export function parseWhole(raw: string, { least, most }: Limits): bigint {
  if (!/^-?[0-9]{1,40}$/.test(raw)) throw new Refusal("type", "Must be an integer");
  return fields.withinBounds(BigInt(raw), BigInt(least), BigInt(most));
}

function parseFloat64(raw: string): number {
  if (!/^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$/.test(raw)) {
    throw new Refusal("type", "Must be a number");
  }
  return fields.finite(Number(raw));
}

function wholeSchema({ least, most }: Limits) {
  const exclusiveMaximum = Number(BigInt(most) + 1n);
  return { type: "integer", minimum: Number(least), exclusiveMaximum };
}

function formatted(format: fields.Format): Kind {
  return kind({
    parse: (raw) => fields.readFormat(format, raw),
    schema: { type: "string", pattern: fields.sourceOf(format.pattern) },
    operators: WORDED,
  });
}

export const string = kind({
  parse: fields.storableText,
  schema: fields.SCHEMAS.string,
  operators: WORDED,
});
export const text = kind({
  parse: fields.storableText,
  schema: fields.SCHEMAS.string,
  operators: ["contains"],
  isSortable: false,
});
export const int = kind({
  parse: (raw) => Number(parseWhole(raw, fields.INT)),
  schema: wholeSchema(fields.INT),
  operators: ORDERED,
  load: Number,
});
export const bigint = kind({
  parse: (raw) => integer(parseWhole(raw, fields.BIGINT)),
  schema: wholeSchema(fields.BIGINT),
  operators: ORDERED,
  store: BigInt,
  load: integer,
});
/** The id of a resource with `id: int`, or a reference to one. */
export const id = kind({
  parse: (raw) => integer(parseWhole(raw, fields.BIGINT)),
  schema: wholeSchema(fields.BIGINT),
  operators: LISTED,
  load: integer,
});
export const float = kind({
  parse: parseFloat64,
  schema: fields.SCHEMAS.number,
  operators: ORDERED,
  // Prisma hands numbers on as text that loses the last digit.
  store: (number) => new Prisma.Decimal(number),
  load: Number,
  literal: (stored) => Prisma.sql`${Number(stored)}`,
});
export const bool = kind({
  parse: parseBool,
  schema: fields.SCHEMAS.boolean,
  operators: EQUAL,
  load: (stored) => Boolean(Number(stored)),
});
export const date = kind({
  parse: fields.readDate,
  schema: fields.SCHEMAS.date,
  operators: ORDERED,
});
export const time = kind({
  parse: fields.readTime,
  schema: fields.SCHEMAS.time,
  operators: ORDERED,
  store: storedTime,
  load: (stored) => shownTime(String(stored)),
});
export const datetime = kind({
  parse: fields.readInstant,
  schema: fields.SCHEMAS.instant,
  operators: ORDERED,
  store: storedInstant,
  load: (stored) => shownInstant(String(stored)),
});
export const uuid = kind({
  parse: fields.readUuid,
  schema: fields.SCHEMAS.uuid,
  operators: LISTED,
});
/** As text: a JSON column's numbers would pass through a float on their way. */
export const json = kind({
  parse: fields.storableText,
  schema: {},
  operators: [],
  isSortable: false,
  store: writeJson,
  load: (stored) => parseJson(String(stored)),
});
export const email = formatted(fields.EMAIL);
export const url = formatted(fields.URL);
export const slug = formatted(fields.SLUG);

export function decimal(precision: number, scale: number): Kind {
  return kind({
    parse: (raw) => fields.readDecimal(precision, scale, raw),
    schema: { type: "string", pattern: fields.decimalPattern(precision, scale) },
    operators: ORDERED,
    store: decimals.store,
    load: (stored) => decimals.load(stored, scale),
    literal: decimals.literal,
  });
}

export function choice(values: readonly string[]): Kind {
  return kind({
    parse: (raw) => fields.readChoice(values, raw),
    schema: { type: "string", enum: values },
    operators: LISTED,
  });
}
