/** JSON as it is: `JSON.parse` rounds integers past 2^53, and `JSON.stringify` knows no bigint. */

import { parse, stringify } from "lossless-json";

const LONG_NUMBER = /\d{16}/;
const BRACKETS = /[[{]/g;
const MANY = 1000;

/** A whole number beyond 2^53 becomes a bigint. Throws for what is not JSON or nested without end. */
export function parseJson(text: string): unknown {
  if (!LONG_NUMBER.test(text) && (text.match(BRACKETS)?.length ?? 0) < MANY) {
    return JSON.parse(text);
  }
  return parse(text, undefined, {
    parseNumber: exactNumber,
    onDuplicateKey: ({ newValue }) => newValue,
  });
}

function exactNumber(text: string): number | bigint {
  const number = Number(text);
  return Number.isSafeInteger(number) || !/^-?\d+$/.test(text) ? number : BigInt(text);
}

export function writeJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return stringify(value) ?? "null";
  }
}

/** A 64-bit integer as JavaScript has it best: a number while it is exact. */
export function integer(value: unknown): number | bigint {
  const exact = BigInt(value as bigint);
  const number = Number(exact);
  return Number.isSafeInteger(number) ? number : exact;
}
