/** The types of request and response bodies: what passes here, every database can store. */

import { z } from "zod";
import { type Code, type FieldError, Invalid, NotFound, Refusal } from "./errors.js";
import { dateOf, instantOf, TIME, timeOf } from "./times.js";

export type JsonSchema = Readonly<Record<string, unknown>>;
type Read<T> = (value: unknown) => T;

export const INT = { least: -(2 ** 31), most: 2 ** 31 - 1 };
export const BIGINT = { least: -(2n ** 63n), most: 2n ** 63n - 1n };
const DEEPEST_JSON = 31; // MariaDB's limit
const MOST_IDS = 1000;

export const NO_NUL = "^[^\\u0000]*$";
const UUID = /^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/;
const SURROGATE = /[\ud800-\udfff]/;

/** A string that follows `pattern` as a whole. */
export interface Format {
  readonly name: string;
  readonly pattern: RegExp;
  readonly longest: number;
}

export const EMAIL: Format = {
  name: "an e-mail address",
  pattern: /^[A-Za-z0-9_.!#$%&'*+/=?^`{|}~-]+@([A-Za-z0-9-]{1,63}\.)+[A-Za-z0-9-]{2,63}$/,
  longest: 254,
};
export const URL: Format = {
  name: "an http or https URL",
  pattern: /^https?:\/\/[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?([/?#][!-~]*)?$/,
  longest: 2048,
};
export const SLUG: Format = {
  name: "lower-case words joined by hyphens",
  pattern: /^[a-z0-9]+(-[a-z0-9]+)*$/,
  longest: 255,
};

/** The source as JSON Schema has it: JavaScript escapes the slash. */
export function sourceOf(pattern: RegExp): string {
  return pattern.source.replaceAll("\\/", "/");
}

export const SCHEMAS = {
  string: { type: "string", pattern: NO_NUL },
  date: { type: "string", format: "date" },
  time: { type: "string", pattern: sourceOf(TIME) },
  instant: { type: "string", format: "date-time" },
  uuid: { type: "string", format: "uuid" },
  boolean: { type: "boolean" },
  number: { type: "number" },
} satisfies Record<string, JsonSchema>;

/** A type of our own: how it is read, and how the OpenAPI document describes it. */
function type<T>(schema: JsonSchema, read: Read<T>): z.ZodType<T> {
  const transform = (value: unknown, context: z.RefinementCtx): T => {
    try {
      return read(value);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const params = { code: value === undefined ? "required" : error.code };
      context.issues.push({ code: "custom", input: value, message: error.message, params });
      return z.NEVER;
    }
  };
  return z.unknown().meta(schema).transform(transform);
}

function chars(value: unknown): string {
  if (typeof value !== "string") throw new Refusal("type", "Must be a string");
  return value;
}

function text(value: unknown): string {
  return storableText(chars(value));
}

export function storableText(value: string): string {
  if (value.includes("\0")) throw new Refusal("invalid", "Must not contain a NUL character");
  if (!value.isWellFormed()) {
    throw new Refusal("invalid", "Must not contain half a surrogate pair");
  }
  return value;
}

/** Code points, as every database counts them. */
function lengthOf(value: string): number {
  return SURROGATE.test(value) ? [...value].length : value.length;
}

function withinLength(value: string, min: number, max: number): string {
  const length = lengthOf(value);
  if (length < min) throw new Refusal("too_short", `Must have at least ${min} characters`);
  if (length > max) throw new Refusal("too_long", `Must have at most ${max} characters`);
  return value;
}

interface Chars {
  readonly min?: number;
  readonly max?: number;
  /** May match anywhere. */
  readonly pattern?: RegExp;
}

export function string({ min, max, pattern }: Chars = {}): z.ZodType<string> {
  const schema = {
    type: "string",
    pattern: pattern ? sourceOf(pattern) : NO_NUL,
    ...(min !== undefined && { minLength: min }),
    ...(max !== undefined && { maxLength: max }),
  };
  return type(schema, (value) => {
    const found = withinLength(text(value), min ?? 0, max ?? Number.POSITIVE_INFINITY);
    if (pattern && !pattern.test(found)) {
      throw new Refusal("pattern", `Must match ${sourceOf(pattern)}`);
    }
    return found;
  });
}

export function readFormat(format: Format, value: unknown): string {
  const found = withinLength(text(value), 0, format.longest);
  if (!format.pattern.test(found)) throw new Refusal("format", `Must be ${format.name}`);
  return found;
}

function formatted(format: Format): z.ZodType<string> {
  const schema = {
    type: "string",
    maxLength: format.longest,
    pattern: sourceOf(format.pattern),
  };
  return type(schema, (value) => readFormat(format, value));
}

export const email = () => formatted(EMAIL);
export const url = () => formatted(URL);
export const slug = () => formatted(SLUG);

/** 7.0 is an integer in JSON; true and "7" are not. */
function whole(value: unknown): number | bigint {
  if (typeof value === "bigint" || (typeof value === "number" && Number.isInteger(value))) {
    return value;
  }
  throw new Refusal("type", "Must be an integer");
}

export function withinBounds<T extends number | bigint>(
  value: T,
  least: number | bigint,
  most: number | bigint,
): T {
  if (value < least) throw new Refusal("too_small", `Must be at least ${least}`);
  if (value > most) throw new Refusal("too_large", `Must be at most ${most}`);
  return value;
}

interface Bounds<T> {
  readonly min?: T;
  readonly max?: T;
}

/** In 32 bits. */
export function int({ min, max }: Bounds<number> = {}): z.ZodType<number> {
  const schema = {
    type: "integer",
    minimum: min ?? INT.least,
    ...(max === undefined ? { exclusiveMaximum: INT.most + 1 } : { maximum: max }),
  };
  return type(schema, (value) =>
    Number(withinBounds(whole(value), min ?? INT.least, max ?? INT.most)),
  );
}

/** In 64 bits: a bigint where a number would not be exact. */
export function bigint({ min, max }: Bounds<number | bigint> = {}): z.ZodType<number | bigint> {
  const schema = {
    type: "integer",
    minimum: Number(min ?? BIGINT.least),
    ...(max === undefined
      ? { exclusiveMaximum: Number(BIGINT.most + 1n) }
      : { maximum: Number(max) }),
  };
  return type(schema, (value) =>
    withinBounds(whole(value), min ?? BIGINT.least, max ?? BIGINT.most),
  );
}

export function finite(value: unknown): number {
  if (typeof value !== "number" && typeof value !== "bigint") {
    throw new Refusal("type", "Must be a number");
  }
  const number = Number(value);
  if (!Number.isFinite(number)) {
    throw new Refusal(number < 0 ? "too_small" : "too_large", "Must be within double precision");
  }
  return number;
}

export function float({ min, max }: Bounds<number> = {}): z.ZodType<number> {
  const schema = {
    ...SCHEMAS.number,
    ...(min !== undefined && { minimum: min }),
    ...(max !== undefined && { maximum: max }),
  };
  return type(schema, (value) =>
    withinBounds(finite(value), min ?? -Number.MAX_VALUE, max ?? Number.MAX_VALUE),
  );
}

export function decimalPattern(precision: number, scale: number, min = "-"): string {
  const digits = precision - scale;
  const sign = min.startsWith("-") ? "-?" : "";
  const before = digits ? `0*[0-9]{1,${digits}}` : "0+";
  return `^${sign}${before}${scale ? `(\\.[0-9]{1,${scale}})?` : ""}$`;
}

/** The text in its full scale: `12.50`. */
export function readDecimal(precision: number, scale: number, value: unknown): string {
  const [, sign, before = "", after = ""] =
    /^(-?)([0-9]+)(?:\.([0-9]+))?$/.exec(chars(value)) ?? [];
  if (before === "") throw new Refusal("format", 'Must be a decimal in a string, like "12.50"');
  if (after.length > scale) throw new Refusal("format", `Must have at most ${scale} decimals`);
  const whole = before.replace(/^0+(?=.)/, "");
  if (whole.length > precision - scale && whole !== "0") {
    const digits = precision - scale;
    throw new Refusal("too_large", `Must have at most ${digits} digits before the point`);
  }
  const exact = scale ? `${whole}.${after.padEnd(scale, "0")}` : whole;
  return /[1-9]/.test(exact) ? `${sign}${exact}` : exact;
}

/** A decimal as a count of its last digit: exact, and comparable. */
export function scaled(decimal: string): bigint {
  return BigInt(decimal.replace(".", ""));
}

/** In a string: a JSON number may have passed through a float on its way. */
export function decimal(
  precision: number,
  scale: number,
  { min, max }: Bounds<string> = {},
): z.ZodType<string> {
  const schema = { type: "string", pattern: decimalPattern(precision, scale, min) };
  return type(schema, (value) => {
    const found = readDecimal(precision, scale, value);
    if (min !== undefined && scaled(found) < scaled(min)) {
      throw new Refusal("too_small", `Must be at least ${min}`);
    }
    if (max !== undefined && scaled(found) > scaled(max)) {
      throw new Refusal("too_large", `Must be at most ${max}`);
    }
    return found;
  });
}

export function bool(): z.ZodType<boolean> {
  return type(SCHEMAS.boolean, (value) => {
    if (typeof value !== "boolean") throw new Refusal("type", "Must be true or false");
    return value;
  });
}

function known(found: string | undefined, what: string): string {
  if (found === undefined) throw new Refusal("format", `Must be ${what}`);
  return found;
}

export function readDate(value: unknown): string {
  return known(dateOf(chars(value)), "a date: YYYY-MM-DD");
}

export function readTime(value: unknown): string {
  return known(timeOf(chars(value)), "a time of day without an offset: HH:MM:SS");
}

export function readInstant(value: unknown): string {
  return known(instantOf(chars(value)), "a date and time with an offset: YYYY-MM-DDTHH:MM:SSZ");
}

export function readUuid(value: unknown): string {
  const found = chars(value);
  if (!UUID.test(found)) throw new Refusal("format", "Must be a UUID");
  return found.toLowerCase();
}

export const date = () => type(SCHEMAS.date, readDate);
export const time = () => type(SCHEMAS.time, readTime);
export const datetime = () => type(SCHEMAS.instant, readInstant);
export const uuid = () => type(SCHEMAS.uuid, readUuid);

/** JSON that every database and client can hold: no NUL, integers in 64 bits, not too deep. */
function storable(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return storableText(value);
  if (typeof value === "bigint" && (value < BIGINT.least || value > BIGINT.most)) {
    throw new Refusal("invalid", "Must not contain an integer past 64 bits");
  }
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new Refusal("invalid", "Must not contain a number past double precision");
  }
  if (typeof value === "object" && value !== null) {
    if (depth === DEEPEST_JSON) {
      throw new Refusal("invalid", `Must not be nested deeper than ${DEEPEST_JSON} levels`);
    }
    for (const part of Object.entries(value).flat()) storable(part, depth + 1);
  }
  return value;
}

export function json(): z.ZodType<unknown> {
  const schema = { type: ["object", "array", "string", "number", "boolean"], pattern: NO_NUL };
  return type(schema, (value) => {
    if (value === null || value === undefined) throw new Refusal("type", "Must not be null");
    return storable(value);
  });
}

export function oneOf<const T extends string>(values: readonly T[]): z.ZodType<T> {
  return type({ type: "string", enum: [...values] }, (value) => readChoice(values, value));
}

export function readChoice<T extends string>(values: readonly T[], value: unknown): T {
  const found = values.find((each) => each === chars(value));
  if (found === undefined) throw new Refusal("enum", `Must be one of: ${values.join(", ")}`);
  return found;
}

export function ids<T>(id: z.ZodType<T>): z.ZodType<T[]> {
  const distinct = (context: z.core.ParsePayload<T[]>) => {
    const { value } = context;
    if (new Set(value).size === value.length) return;
    const params = { code: "duplicate" };
    const message = "Must not contain anything twice";
    context.issues.push({ code: "custom", input: value, message, params });
  };
  return z.array(id).max(MOST_IDS).check(distinct).meta({ uniqueItems: true });
}

/** How the id in a path looks. */
export const KEYS = {
  uuid: SCHEMAS.uuid,
  int: { type: "integer", minimum: 1, exclusiveMaximum: Number(BIGINT.most + 1n) },
} satisfies Record<string, JsonSchema>;

/** What cannot be an id is not there. */
export function pathUuid(value: unknown): string {
  if (typeof value !== "string" || !UUID.test(value)) throw new NotFound();
  return value.toLowerCase();
}

export function pathInt(value: unknown): bigint {
  if (typeof value !== "string" || !/^[1-9][0-9]{0,18}$/.test(value)) throw new NotFound();
  const id = BigInt(value);
  if (id > BIGINT.most) throw new NotFound();
  return id;
}

const readonlyKeys: z.core.$ZodRegistry<{ keys: readonly string[] }> = z.registry();

/** What a client writes; `keys` exist, but are not the client's to set. */
export function body<S extends z.ZodRawShape>(
  id: string,
  shape: S,
  keys: readonly string[] = [],
): z.ZodObject<S, z.core.$strict> {
  return z.strictObject(shape).meta({ id }).register(readonlyKeys, { keys });
}

/** Where the value may be missing. */
export function optional<T extends z.ZodType>(field: T): z.ZodDefault<z.ZodNullable<T>> {
  return field.nullable().default(null as never);
}

export function lowerCase(field: z.ZodType<string>): z.ZodType<string> {
  return field.transform((value) => value.toLowerCase());
}

export function described<T extends z.ZodType>(description: string, field: T): T {
  return field.describe(description);
}

type Shape = Readonly<Record<string, z.ZodType>>;
type Bare<T extends z.ZodType> = T extends z.ZodDefault<infer I extends z.ZodType> ? I : T;
type Changes<S extends Shape> = { [K in keyof S]: z.ZodOptional<Bare<S[K]>> };

/** Every key may be left out of a change, and has no default then. */
export function changes<S extends Shape>(shape: S): Changes<S> {
  const entries = Object.entries(shape).map(([key, field]) => {
    const bare = field instanceof z.ZodDefault ? (field.unwrap() as z.ZodType) : field;
    return [key, bare.optional()];
  });
  return Object.fromEntries(entries) as Changes<S>;
}

const anyInteger = z.custom() as z.ZodType<number | bigint>;

/** What a client is shown; how each type of value looks in the document. */
export const shown = {
  int: () => z.number().meta({ type: "integer" }),
  bigint: () => anyInteger.meta({ type: "integer" }),
  datetime: () => z.string().meta({ format: "date-time" }),
  date: () => z.string().meta({ format: "date" }),
  time: () => z.string().meta({ pattern: sourceOf(TIME) }),
  uuid: () => z.string().meta({ format: "uuid" }),
  json: () => z.unknown(),
};

export function view<S extends z.ZodRawShape>(id: string, shape: S): z.ZodObject<S> {
  return z.object(shape).meta({ id });
}

/** A page of a list; `total` is shown only where it was asked for. */
export function page<T extends z.ZodType>(id: string, item: T) {
  return z
    .object({
      items: z.array(item),
      next_cursor: z.string().nullable(),
      total: z.number().optional().meta({ type: "integer" }),
    })
    .meta({ id });
}

/** Reads a body; throws Invalid with everything that is wrong with it. */
export function read<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = result.error.issues.flatMap((issue) => fieldErrors(schema, issue));
  const fields = new Set<string>();
  // The first that is wrong with a field says enough.
  throw new Invalid(errors.filter(({ field }) => !fields.has(field) && fields.add(field)));
}

function fieldErrors(schema: z.ZodType, issue: z.core.$ZodIssue): FieldError[] {
  const path = ["body", ...issue.path].join(".");
  if (issue.code !== "unrecognized_keys") {
    return [{ field: path, code: codeOf(issue), message: issue.message }];
  }
  const keys = readonlyKeys.get(schema)?.keys ?? [];
  return issue.keys.map((key) =>
    keys.includes(key)
      ? { field: `${path}.${key}`, code: "readonly", message: "Is set by the service" }
      : { field: `${path}.${key}`, code: "unknown", message: "Is not known" },
  );
}

function codeOf(issue: z.core.$ZodIssue): Code {
  if (issue.code === "custom") return issue.params?.code as Code;
  return issue.code === "too_big" ? "too_long" : "type";
}
