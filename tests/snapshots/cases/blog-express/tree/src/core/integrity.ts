/** What the database refused, in words of the domain: the same on every database. */

import { Prisma } from "../generated/prisma/client.js";
import { type AppError, Conflict, type FieldError, Invalid, Unavailable } from "./errors.js";
import type { Table } from "./table.js";

/** How Prisma's client and, of SQL, its driver adapters call it. */
const UNIQUE = ["P2002", "UniqueConstraintViolation"];
const REFERENCE = ["P2003", "ForeignKeyConstraintViolation"];

/** Connection, pool, transaction, lost race: not the statement's fault. */
const UNAVAILABLE = /^P1\d{3}$|^P2024$|^P2028$|^P2034$/;
const UNAVAILABLE_KINDS = new Set([
  "AuthenticationFailed",
  "ConnectionClosed",
  "DatabaseAccessDenied",
  "DatabaseDoesNotExist",
  "DatabaseNotReachable",
  "SocketTimeout",
  "TlsConnectionError",
  "TooManyConnections",
  "TransactionAlreadyClosed",
  "TransactionWriteConflict",
]);
/** The states of PostgreSQL by their class, the errors of MySQL and of its driver by number. */
const UNAVAILABLE_STATES =
  /^(08|28|3D|40|53|57)\w{3}$|^45\d{3}$|^(1040|1044|1045|1049|1053|1205|1213|1927|3024)$/;
const UNAVAILABLE_MESSAGES =
  /timeout|timed out|terminated|ECONN|EPIPE|socket|connection|Server has closed/i;

/** What the driver adapter tells of a refusal; which of these depends on the database. */
interface Cause {
  readonly kind?: string;
  readonly originalCode?: string;
  readonly originalMessage?: string;
  readonly constraint?: { fields?: string[]; index?: string; foreignKey?: unknown };
}

interface AdapterError {
  readonly cause?: Cause;
}

/** What an INSERT or UPDATE was refused for; the error itself for what only a bug can cause. */
export function domainError(error: unknown, table: Table): unknown {
  if (breaks(error, UNIQUE)) {
    const duplicates = fieldErrors(uniqueKeys(error, table), "duplicate", "Is taken");
    return new Conflict("Another one has the same values", duplicates);
  }
  if (breaks(error, REFERENCE)) {
    const missing = fieldErrors(referenceKeys(error, table), "reference", "Does not exist");
    return new Invalid(missing, "It refers to something that does not exist");
  }
  return error;
}

export function isReferred(error: unknown): boolean {
  return breaks(error, REFERENCE);
}

/** Undefined for what is not the database's absence. */
export function unavailable(error: unknown): AppError | undefined {
  if (error instanceof Prisma.PrismaClientInitializationError) return new Unavailable(error);
  if (isKnown(error)) {
    const { kind = "", originalCode = "" } = causeOf(error);
    const isAway =
      UNAVAILABLE.test(error.code) ||
      UNAVAILABLE_KINDS.has(kind) ||
      UNAVAILABLE_STATES.test(originalCode);
    return isAway ? new Unavailable(error) : undefined;
  }
  return isOfDriver(error) ? new Unavailable(error) : undefined;
}

/** What a driver throws outside any statement, as where its pool has nothing to give. */
function isOfDriver(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const isDriver =
    error.name === "DriverAdapterError" ||
    error instanceof Prisma.PrismaClientUnknownRequestError ||
    /node_modules.(pg|pg-pool|mariadb|@prisma)\b/.test(error.stack ?? "");
  const { kind = "" } = (error.cause ?? {}) as Cause;
  return isDriver && (UNAVAILABLE_KINDS.has(kind) || UNAVAILABLE_MESSAGES.test(error.message));
}

function isKnown(error: unknown): error is Prisma.PrismaClientKnownRequestError {
  return error instanceof Prisma.PrismaClientKnownRequestError;
}

function breaks(error: unknown, names: readonly string[]): boolean {
  if (!isKnown(error)) return false;
  const { kind = "" } = causeOf(error);
  return names.includes(error.code) || names.includes(kind);
}

function causeOf(error: unknown): Cause {
  if (!isKnown(error)) return {};
  const adapterError = error.meta?.driverAdapterError as AdapterError | undefined;
  return adapterError?.cause ?? {};
}

/** PostgreSQL and SQLite name the columns, MySQL the index. */
function uniqueKeys(error: unknown, table: Table): readonly string[] {
  const { fields, index } = causeOf(error).constraint ?? {};
  const named = fields?.map((name) => name.replaceAll('"', ""));
  return named ?? table.uniques?.[index?.split(".").at(-1) ?? ""] ?? [];
}

/** SQLite does not say which reference it is. */
function referenceKeys(error: unknown, table: Table): readonly string[] {
  const told = JSON.stringify(causeOf(error));
  const named = table.toOne?.filter(({ constraint }) => told.includes(constraint)) ?? [];
  return named.map(({ key }) => key);
}

function fieldErrors(
  keys: readonly string[],
  code: FieldError["code"],
  message: string,
): FieldError[] {
  return [...keys].sort().map((key) => ({ field: `body.${key}`, code, message }));
}
