/** What an account is made of in the tests. */

import { distinct, type Field, written } from "../support/samples.js";
import type { Json } from "../support/service.js";

export const PASSWORD = "correct horse battery";

/** Beside the address and the password. */
export const FIELDS: readonly Field[] = [];

/** The body of a registration that nobody else has sent. */
export function registration(changes: Json = {}): Json {
  const email = distinct({ key: "email", type: "email", example: "", other: "" });
  return { ...written(FIELDS), email, password: PASSWORD, ...changes };
}
