import { describe, expect, it } from "vitest";
import { z } from "zod";
import { decimals } from "../../src/core/dialect.js";
import type { Invalid } from "../../src/core/errors.js";
import * as fields from "../../src/core/fields.js";
import { uuid7 } from "../../src/core/ids.js";
import { parseJson, writeJson } from "../../src/core/json.js";
import * as kinds from "../../src/core/kinds.js";
import { dateOf, instantOf, storedInstant, timeOf } from "../../src/core/times.js";

function codeOf(schema: z.ZodType, value: unknown): string {
  try {
    fields.read(z.object({ value: schema }), { value });
    return "ok";
  } catch (error) {
    return (error as Invalid).errors[0]?.code ?? "none";
  }
}

describe("instants", () => {
  it.each([
    ["2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z"],
    ["2026-01-02t03:04:05.5z", "2026-01-02T03:04:05.500000Z"],
    ["2026-01-02T03:04:05.000001Z", "2026-01-02T03:04:05.000001Z"],
    ["2026-01-02T03:04:05.000Z", "2026-01-02T03:04:05Z"],
    ["2026-01-02T03:04:05+05:45", "2026-01-01T21:19:05Z"],
    ["2026-01-01T22:34:05-04:30", "2026-01-02T03:04:05Z"],
    ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"],
  ])("%s is %s", (sent, shown) => {
    expect(instantOf(sent)).toBe(shown);
    expect(storedInstant(shown)).toHaveLength(27);
  });

  it.each([
    "2026-02-30T00:00:00Z",
    "2026-01-02",
    "2026-01-02T03:04:05",
    "2026-01-02T24:00:00Z",
    "2026-01-02T03:04:05.1234567Z",
    "2026-01-02T03:04:05Z\n",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-12:00",
  ])("%j is none", (sent) => expect(instantOf(sent)).toBeUndefined());
});

it("knows the calendar and the clock", () => {
  expect(dateOf("2024-02-29")).toBe("2024-02-29");
  expect(["2023-02-29", "0000-01-01", "2026-1-2"].map(dateOf)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(["23:59:59.5", "12:30:45.000"].map(timeOf)).toEqual(["23:59:59.500000", "12:30:45"]);
  expect(["24:00:00", "12:30"].map(timeOf)).toEqual([undefined, undefined]);
});

describe("numbers", () => {
  it.each([
    [fields.int(), 7.0, "ok"],
    [fields.int(), 2 ** 31, "too_large"],
    [fields.int(), -(2 ** 31) - 1, "too_small"],
    [fields.int(), "7", "type"],
    [fields.int({ min: 1, max: 5 }), 6, "too_large"],
    [fields.bigint(), 2n ** 63n - 1n, "ok"],
    [fields.bigint(), 2n ** 63n, "too_large"],
    [fields.bigint({ max: 5 }), 6, "too_large"],
    [fields.float(), Number.POSITIVE_INFINITY, "too_large"],
    [fields.float(), Number.NEGATIVE_INFINITY, "too_small"],
    [fields.float({ min: 0, max: 1 }), -1, "too_small"],
    [fields.decimal(4, 2), "12.34", "ok"],
    [fields.decimal(4, 2), "0012.3", "ok"],
    [fields.decimal(4, 2), "123", "too_large"],
    [fields.decimal(4, 2), "1.234", "format"],
    [fields.decimal(4, 2), "1e2", "format"],
    [fields.decimal(4, 2), 1, "type"],
    [fields.decimal(4, 4), "0.1234", "ok"],
    [fields.decimal(4, 2, { min: "-1.00", max: "1.00" }), "-1.00", "ok"],
    [fields.decimal(4, 2, { min: "-1.00", max: "1.00" }), "1.00", "ok"],
    [fields.decimal(4, 2, { min: "-1.00", max: "1.00" }), "-1.01", "too_small"],
    [fields.decimal(4, 2, { min: "-1.00", max: "1.00" }), "1.01", "too_large"],
    [fields.bool(), 0, "type"],
  ])("%#: %j is %s", (schema, value, code) => expect(codeOf(schema, value)).toBe(code));

  it("keeps decimals exact", () => {
    expect(fields.readDecimal(18, 6, "-0.0")).toBe("0.000000");
    for (const text of ["999999999999.999999", "-0.000001", "0.000000"]) {
      expect(decimals.load(decimals.store(text), 6)).toBe(text);
    }
    expect(decimals.load(decimals.store("7"), 0)).toBe("7");
  });
});

describe("texts", () => {
  it.each([
    [fields.string({ max: 2 }), "😀😀", "ok"],
    [fields.string({ max: 2 }), "😀😀😀", "too_long"],
    [fields.string({ min: 3 }), "😀😀", "too_short"],
    [fields.string({ pattern: /b/u }), "abc", "ok"],
    [fields.string({ pattern: /^b/u }), "abc", "pattern"],
    [fields.string(), "a\0", "invalid"],
    [fields.string(), "\ud800", "invalid"],
    [fields.string(), undefined, "required"],
    [fields.email(), "a@b.co", "ok"],
    [fields.email(), "a@b", "format"],
    [fields.url(), "https://example.com/a?b=c#d", "ok"],
    [fields.url(), "ftp://example.com", "format"],
    [fields.slug(), "a-b", "ok"],
    [fields.slug(), "a".repeat(256), "too_long"],
    [fields.uuid(), "123e4567e89b12d3a456426614174000", "format"],
    [fields.oneOf(["a", "b"]), "c", "enum"],
    [fields.oneOf(["a", "b"]), 1, "type"],
    [fields.date(), "2026-02-30", "format"],
    [fields.time(), "24:00:00", "format"],
    [fields.datetime(), "yesterday", "format"],
  ])("%#: %j is %s", (schema, value, code) => expect(codeOf(schema, value)).toBe(code));
});

describe("JSON", () => {
  it("keeps 64 bits", () => {
    const text = '{"a":[9223372036854775807,-9223372036854775808,1.5,7]}';
    expect(writeJson(parseJson(text))).toBe(text);
    expect(parseJson('{"a":1e400}')).toEqual({ a: Number.POSITIVE_INFINITY });
    expect(parseJson('{"a":1,"a":12345678901234567890}')).toEqual({ a: 12345678901234567890n });
  });

  it.each(["{", "[1,]", "NaN", '{"a":01}', "[".repeat(50_000) + "]".repeat(50_000)])(
    "refuses %.10s",
    (text) => expect(() => parseJson(text)).toThrow(),
  );

  const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);

  it.each([
    [{ a: [1, "x", null] }, "ok"],
    [nested(31), "ok"],
    [nested(32), "invalid"],
    [{ a: 2n ** 63n }, "invalid"],
    [{ "a\0": 1 }, "invalid"],
    [[Number.POSITIVE_INFINITY], "invalid"],
    [null, "type"],
  ])("%#: as a value of a field", (value, code) => expect(codeOf(fields.json(), value)).toBe(code));
});

it("makes ids in the order of time", () => {
  const id = uuid7();
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(id.replace("-", "").slice(0, 12), 16)).toBeCloseTo(Date.now(), -3);
  expect(fields.pathUuid(id.toUpperCase())).toBe(id);
  expect(fields.pathInt("9223372036854775807")).toBe(2n ** 63n - 1n);
  for (const wrong of ["0", "-1", "x", "9223372036854775808"]) {
    expect(() => fields.pathInt(wrong)).toThrow("There is nothing here");
  }
});

describe("columns", () => {
  it.each([
    [kinds.int, 7],
    [kinds.bigint, 9223372036854775807n],
    [kinds.float, 1.7976931348623157e308],
    [kinds.bool, true],
    [kinds.time, "10:30:00.500000"],
    [kinds.datetime, "2026-01-02T03:04:05Z"],
    [kinds.json, { a: [9223372036854775807n] }],
    [kinds.decimal(10, 2), "-12.50"],
    [kinds.optional(kinds.json), null],
  ])("%#: hold what they are given", (kind, value) => {
    expect(kind.load(kind.store(value as never))).toEqual(value);
  });

  it.each([
    [kinds.int, "1.5", "type"],
    [kinds.int, "3000000000", "too_large"],
    [kinds.float, "x", "type"],
    [kinds.bool, "1", "type"],
    [kinds.choice(["a"]), "b", "enum"],
    [kinds.uuid, "x", "format"],
    [kinds.string, "\0", "invalid"],
  ])("%#: refuse %j in a query", (kind, raw, code) => {
    expect(() => kind.parse(raw)).toThrow(expect.objectContaining({ code }));
  });
});
