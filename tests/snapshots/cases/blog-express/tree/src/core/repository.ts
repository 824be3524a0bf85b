/** What the services ask of the database, for any resource. */

import { isDeepStrictEqual } from "node:util";
import { Prisma, type PrismaClient } from "../generated/prisma/client.js";
import { type Actor, visible } from "./access.js";
import type { Database } from "./database.js";
import { column, jsonArray } from "./dialect.js";
import { Conflict, type FieldError, Invalid, NotFound, PreconditionFailed } from "./errors.js";
import { uuid7 } from "./ids.js";
import { domainError, isReferred } from "./integrity.js";
import { parseJson } from "./json.js";
import * as kinds from "./kinds.js";
import type { ListQuery, Page } from "./listing.js";
import { all, has, kept, kindOf, sets, type Table, type ToMany } from "./table.js";
import { now } from "./times.js";

type Sql = Prisma.Sql;
type Stored = Record<string, unknown>;
export type Id = string | number | bigint;

export interface Identified {
  readonly id: Id;
}

/** Values that a client sent, by their keys. */
export type Values = Readonly<Record<string, unknown>>;

/** What is asked of a model of Prisma's client. */
interface Model {
  create: (args: { data: Stored }) => Promise<Stored>;
  updateMany: (args: { where: Stored; data: Stored }) => Promise<{ count: number }>;
  deleteMany: (args: { where: Stored }) => Promise<{ count: number }>;
}

type Client = Prisma.TransactionClient;

/**
 * Reads are SQL, because Prisma's own cannot sort NULLs last on every database, compare a page's
 * end by several columns or search without case; writes are Prisma's.
 */
export class Repository<Row extends Identified> {
  readonly table: Table;
  readonly client: PrismaClient;
  readonly #modelOf: (client: Client) => Model;

  constructor(table: Table, database: Database, modelOf: (client: Client) => unknown) {
    this.table = table;
    this.client = database.client;
    this.#modelOf = modelOf as (client: Client) => Model;
  }

  async get(id: Id): Promise<Row | undefined> {
    const where = all([this.#is(id), ...kept(this.table)]);
    const [row] = await this.select(Prisma.sql`WHERE ${where}`);
    return row;
  }

  async page(query: ListQuery, actor: Actor): Promise<Page<Row>> {
    const conditions = [
      ...query.conditions,
      ...visible(actor, "list", this.table),
      ...kept(this.table),
    ];
    const where = all([...conditions, ...query.rest]);
    const limit = query.limit + 1;
    const rows = await this.select(
      Prisma.sql`WHERE ${where} ORDER BY ${query.order} LIMIT ${limit}`,
    );
    const items = rows.slice(0, query.limit);
    const last = items.at(-1);
    const isMore = rows.length > query.limit && last !== undefined;
    return {
      items,
      next_cursor: isMore ? query.cursorAfter(last as Values) : null,
      total: query.includeTotal ? await this.#count(conditions) : undefined,
    };
  }

  /** Throws Invalid for ids of no row that the actor may read. */
  async resolve(values: Values, actor: Actor): Promise<void> {
    const missing = await this.#missing(values, actor);
    for (const { key, target } of this.table.toMany ?? []) {
      const ids = (values[key] ?? []) as Id[];
      const found = await this.#readable(target(), ids, actor);
      missing.push(...ids.flatMap((id, n) => (found.has(String(id)) ? [] : [`${key}.${n}`])));
    }
    const errors: FieldError[] = missing.map((key) => {
      return { field: `body.${key}`, code: "reference", message: "Does not exist" };
    });
    if (errors.length > 0) throw new Invalid(errors);
  }

  async create(values: Values): Promise<Row> {
    const data = this.#stored({ ...this.table.defaults, ...this.#kept(), ...values });
    for (const many of this.table.toMany ?? []) {
      data[many.relation] = { createMany: { data: entries(many, values) } };
    }
    const row = this.#loaded(await this.#told(this.#modelOf(this.client).create({ data })));
    for (const { key } of this.table.toMany ?? []) row[key] = sorted(values[key]);
    return row as unknown as Row;
  }

  /** What is as it was is no change. */
  async update(row: Row, sent: Values): Promise<Row> {
    const { toMany = [] } = this.table;
    const before = row as unknown as Values;
    const isList = (key: string) => toMany.some((many) => many.key === key);
    const values = Object.fromEntries(
      Object.entries(sent).filter(
        ([key, value]) => !isDeepStrictEqual(before[key], isList(key) ? sorted(value) : value),
      ),
    );
    if (Object.keys(values).length === 0) return row;
    const changed = sets(this.table, "updated_at") ? { ...values, updated_at: now() } : values;
    const data = this.#stored(changed);
    if (sets(this.table, "version")) data.version = { increment: 1 };
    const lists = toMany.filter(({ key }) => key in values);
    if (lists.length === 0) await this.#change(this.client, row, data);
    else {
      await this.client.$transaction(async (client) => {
        await this.#change(client, row, data);
        for (const many of lists) await this.#told(relist(client, many, row.id, values));
      });
    }
    const found = await this.get(row.id);
    if (!found) throw new NotFound();
    return found;
  }

  async delete(row: Row): Promise<void> {
    if (sets(this.table, "deleted_at")) {
      await this.#change(this.client, row, this.#stored({ deleted_at: now() }));
      return;
    }
    const where = this.#unchanged(row);
    const { count } = await this.#modelOf(this.client)
      .deleteMany({ where })
      .catch((error) => {
        throw isReferred(error) ? new Conflict("Something still refers to it") : error;
      });
    if (count === 0) throw this.#lost();
  }

  /** Runs one SELECT: a second one for the lists of ids would cost as much again. */
  protected async select(rest: Sql): Promise<Row[]> {
    const { name, columns, toMany = [] } = this.table;
    const shown = [...Object.keys(columns).map(column), ...toMany.map((many) => list(name, many))];
    const from = Prisma.sql`SELECT ${Prisma.join(shown)} FROM ${column(name)}`;
    const found: Stored[] = await this.client.$queryRaw(Prisma.sql`${from} ${rest}`);
    return found.map((stored) => {
      const row = this.#loaded(stored);
      for (const many of toMany) row[many.key] = sorted(listed(many, stored));
      return row as unknown as Row;
    });
  }

  async #count(conditions: readonly Sql[]): Promise<number> {
    const [row]: Stored[] = await this.client.$queryRaw(
      Prisma.sql`SELECT count(*) AS total FROM ${column(this.table.name)} WHERE ${all(conditions)}`,
    );
    return Number(row?.total ?? 0);
  }

  /** One statement for all references to single rows. */
  async #missing(values: Values, actor: Actor): Promise<string[]> {
    const sent = (this.table.toOne ?? []).filter(({ key }) => values[key] != null);
    if (sent.length === 0) return [];
    const found = sent.map(({ key, target }) => {
      const where = readable(target(), [values[key] as Id], actor);
      const from = Prisma.sql`SELECT 1 FROM ${column(target().name)} WHERE ${where}`;
      return Prisma.sql`EXISTS (${from}) AS ${column(key)}`;
    });
    const [row]: Stored[] = await this.client.$queryRaw(Prisma.sql`SELECT ${Prisma.join(found)}`);
    return sent.map(({ key }) => key).filter((key) => Number(row?.[key]) !== 1);
  }

  async #readable(target: Table, ids: readonly Id[], actor: Actor): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set();
    const where = readable(target, ids, actor);
    const rows: Stored[] = await this.client.$queryRaw(
      Prisma.sql`SELECT ${column("id")} FROM ${column(target.name)} WHERE ${where}`,
    );
    return new Set(rows.map((row) => String(row.id)));
  }

  #is(id: Id): Sql {
    return Prisma.sql`${column("id")} = ${id}`;
  }

  /** What the service keeps of itself in a new row. */
  #kept(): Values {
    const created = now();
    return {
      ...(this.table.columns.id === kinds.uuid && { id: uuid7() }),
      ...(sets(this.table, "created_at") && { created_at: created }),
      ...(sets(this.table, "updated_at") && { updated_at: created }),
    };
  }

  #unchanged(row: Row): Stored {
    const { id, version } = row as { id: Id; version?: number };
    return {
      id,
      ...(sets(this.table, "version") && { version }),
      ...(sets(this.table, "deleted_at") && { deleted_at: null }),
    };
  }

  /** The condition lets only one of two that race find the row as it was. */
  async #change(client: Client, row: Row, data: Stored): Promise<void> {
    if (Object.keys(data).length === 0) return;
    const where = this.#unchanged(row);
    const { count } = await this.#told(this.#modelOf(client).updateMany({ where, data }));
    if (count === 0) throw this.#lost();
  }

  /** What the database refuses is told as what it means. */
  async #told<T>(work: PromiseLike<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      throw domainError(error, this.table);
    }
  }

  /** The row has been changed or deleted by another request. */
  #lost(): Error {
    return sets(this.table, "version") ? new PreconditionFailed() : new NotFound();
  }

  #stored(values: Values): Stored {
    const names = Object.keys(values).filter((name) => has(this.table, name));
    const store = (name: string) => kindOf(this.table, name).store(values[name] as never);
    return Object.fromEntries(names.map((name) => [name, store(name)]));
  }

  #loaded(stored: Stored): Stored {
    return Object.fromEntries(
      Object.entries(this.table.columns).map(([name, kind]) => [name, kind.load(stored[name])]),
    );
  }
}

/** A list of ids as a column: JSON in text. */
function list(table: string, { key, join, left, right }: ToMany): Sql {
  const [from, one, id] = [column(join), column(left), column("id")];
  const ids = Prisma.sql`SELECT ${jsonArray(right)} FROM ${from} WHERE ${one} = ${column(table)}.${id}`;
  return Prisma.sql`(${ids}) AS ${column(key)}`;
}

function listed({ key, kind }: ToMany, stored: Stored): Id[] {
  const ids = parseJson(String(stored[key])) as unknown[] | null;
  return (ids ?? []).map((id) => kind.load(id) as Id);
}

/** Writes a list of ids anew. */
async function relist(client: Client, many: ToMany, id: Id, values: Values): Promise<number> {
  const [join, left, right] = [many.join, many.left, many.right].map(column);
  const gone = await client.$executeRaw(Prisma.sql`DELETE FROM ${join} WHERE ${left} = ${id}`);
  const rows = (values[many.key] as Id[]).map((other) => Prisma.sql`(${id}, ${other})`);
  if (rows.length === 0) return gone;
  const into = Prisma.sql`INSERT INTO ${join} (${left}, ${right})`;
  return client.$executeRaw(Prisma.sql`${into} VALUES ${Prisma.join(rows)}`);
}

function readable(target: Table, ids: readonly Id[], actor: Actor): Sql {
  return all([
    Prisma.sql`${column("id")} IN (${Prisma.join([...ids])})`,
    ...visible(actor, "read", target),
    ...kept(target),
  ]);
}

function entries(many: ToMany, values: Values): Stored[] {
  return ((values[many.key] ?? []) as Id[]).map((id) => ({ [many.right]: id }));
}

function sorted(ids: unknown): Id[] {
  const list = (ids ?? []) as Id[];
  return [...list].sort((one, other) => (one < other ? -1 : 1));
}
