/** What a resource's table is: its columns, what it refers to and who may do what with its rows. */

import { Prisma } from "../generated/prisma/client.js";
import type { Access } from "./access.js";
import { column } from "./dialect.js";
import type { Kind } from "./kinds.js";

/** The key of a reference, and what it refers to. */
export interface ToOne {
  readonly key: string;
  readonly constraint: string;
  readonly target: () => Table;
}

/** The key of a list of ids, the join table that holds them, and what it refers to. */
export interface ToMany {
  readonly key: string;
  readonly relation: string;
  readonly join: string;
  readonly left: string;
  readonly right: string;
  readonly kind: Kind;
  readonly target: () => Table;
}

export type Automatic = "created_at" | "updated_at" | "deleted_at" | "version";

export interface Table {
  readonly name: string;
  readonly access: Access;
  readonly columns: Readonly<Record<string, Kind>>;
  /** Columns that the service sets by itself; another may have such a name, and be the client's. */
  readonly automatic?: readonly Automatic[];
  /** Of columns that no client sets. */
  readonly defaults?: Readonly<Record<string, unknown>>;
  readonly uniques?: Readonly<Record<string, readonly string[]>>;
  readonly toOne?: readonly ToOne[];
  readonly toMany?: readonly ToMany[];
}

export function has(table: Table, name: string): boolean {
  return Object.hasOwn(table.columns, name);
}

export function sets(table: Table, name: Automatic): boolean {
  return table.automatic?.includes(name) ?? false;
}

export function kindOf(table: Table, name: string): Kind {
  const kind = table.columns[name];
  if (!kind) throw new Error(`${table.name} has no column ${name}`);
  return kind;
}

/** Rows that are softly deleted are hidden from every query. */
export function kept(table: Table): readonly Prisma.Sql[] {
  return sets(table, "deleted_at") ? [Prisma.sql`${column("deleted_at")} IS NULL`] : [];
}

export function all(conditions: readonly Prisma.Sql[]): Prisma.Sql {
  return conditions.length > 0 ? Prisma.join([...conditions], " AND ") : Prisma.sql`1 = 1`;
}
