/** What the file is about. */

import express, { type Express } from "express";
import type { Actor } from "./access.js";
import { all, type Table } from "./table.js";

/** Throws NotFound. */
export async function find(
  table: Table,
  actor: Actor,
  ids: readonly string[] = [],
): Promise<Row | undefined> {
  return all(table, actor, ids);
}

export function stop(): void {}

function isOwn({ owner }: Owned, header?: string, depth = 0): boolean {
  return owner === header && depth > 0;
}

function longer(
  aParameterWithARatherLongName: string,
  anotherParameterWithALongName: string,
  theLastOne: string,
): void {}

export function oneOf<const T extends string>(...values: T[]): values is [T] {
  const first = (value: T) => value;
  return values.some((each: T) => first(each) === each);
}

export function* each(app: Express): Iterable<string> {
  yield express.name + app;
}
