/** Who may do what: every rule of every resource is applied here, to single rows and to queries. */

import { Prisma } from "../generated/prisma/client.js";
import { column, NOTHING } from "./dialect.js";
import { Forbidden, NotFound, Unauthorized } from "./errors.js";

export type Rule = "public" | "authenticated" | "owner" | "admin";
export type Action = "list" | "read" | "create" | "update" | "delete";

/** A rule for each action. An admin passes every rule. */
export type Access = Readonly<Record<Action, Rule>>;

/** Who asks. Without an id it is nobody in particular. */
export interface Actor {
  readonly id: string | null;
  readonly isAdmin: boolean;
}

export const ANONYMOUS: Actor = { id: null, isAdmin: false };
export const OPEN: Access = {
  list: "public",
  read: "public",
  create: "public",
  update: "public",
  delete: "public",
};

interface Guarded {
  readonly access: Access;
}

/** Throws Unauthorized, or Forbidden where no row can change the answer. */
export function admit(actor: Actor, action: Action, { access }: Guarded): void {
  const rule = access[action];
  if (rule !== "public" && actor.id === null) throw new Unauthorized();
  if (rule === "admin" && (action === "list" || action === "create") && !actor.isAdmin) {
    throw new Forbidden();
  }
}

/** Throws Forbidden on a row that the actor may read, else NotFound. */
export function authorize(actor: Actor, action: Action, { access }: Guarded, row: object): void {
  if (permits(actor, access[action], row)) return;
  if (permits(actor, access.read, row)) throw new Forbidden();
  throw new NotFound();
}

export function permits(actor: Actor, rule: Rule, row: { owner_id?: string }): boolean {
  if (rule === "public" || actor.isAdmin) return true;
  if (rule === "admin" || actor.id === null) return false;
  return rule === "authenticated" || row.owner_id === actor.id;
}

/** `permits` as conditions of a query. */
export function visible(
  actor: Actor,
  action: "list" | "read",
  { access }: Guarded,
): readonly Prisma.Sql[] {
  const rule = access[action];
  if (rule === "public" || actor.isAdmin) return [];
  if (rule === "admin" || actor.id === null) return [NOTHING];
  return rule === "authenticated" ? [] : [Prisma.sql`${column("owner_id")} = ${actor.id}`];
}
