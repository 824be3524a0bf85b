import type { Request } from "express";
import { describe, expect, it } from "vitest";
import { type Access, ANONYMOUS, admit, authorize, OPEN, visible } from "../../src/core/access.js";
import { Forbidden, Invalid, NotFound, Unauthorized, Unavailable } from "../../src/core/errors.js";
import { domainError, unavailable } from "../../src/core/integrity.js";
import * as kinds from "../../src/core/kinds.js";
import { Listing } from "../../src/core/listing.js";
import type { Table } from "../../src/core/table.js";
import { Expected, etag } from "../../src/core/versions.js";
import { Prisma } from "../../src/generated/prisma/client.js";

const USER = { id: "1", isAdmin: false };
const ADMIN = { id: "2", isAdmin: true };

function all(rule: Access["read"]): { access: Access } {
  return { access: { list: rule, read: rule, create: rule, update: rule, delete: rule } };
}

describe("access", () => {
  it("is asked before any row", () => {
    expect(() => admit(ANONYMOUS, "read", all("authenticated"))).toThrow(Unauthorized);
    expect(() => admit(USER, "create", all("admin"))).toThrow(Forbidden);
    admit(ADMIN, "create", all("admin"));
    admit(USER, "create", all("owner"));
    admit(ANONYMOUS, "delete", { access: OPEN });
  });

  it("hides what may not be read", () => {
    const owned = { owner_id: "9" };
    expect(() => authorize(USER, "update", all("owner"), owned)).toThrow(NotFound);
    const shown = { access: { ...all("owner").access, read: "public" as const } };
    expect(() => authorize(USER, "update", shown, owned)).toThrow(Forbidden);
    authorize(USER, "update", all("owner"), { owner_id: "1" });
    authorize(ADMIN, "update", all("admin"), owned);
  });

  it("is the same as conditions of a query", () => {
    const count = (rule: Access["read"], actor = USER) => visible(actor, "list", all(rule)).length;
    expect(count("public")).toBe(0);
    expect(count("authenticated")).toBe(0);
    expect(count("owner")).toBe(1);
    expect(count("admin")).toBe(1);
    expect(count("admin", ADMIN)).toBe(0);
  });
});

describe("lists", () => {
  const SECRET = "a-secret-key-for-tests-that-is-long-enough";
  const listing = (name = "things") =>
    new Listing({ table: { name, access: OPEN, columns: { id: kinds.uuid } }, sort: "id" });
  const row = { id: "00000000-0000-7000-8000-000000000000" };
  const codeOf = (query: string, from = listing()) => {
    try {
      from.read(`/?${query}`, SECRET);
      return "ok";
    } catch (error) {
      return (error as Invalid).errors[0]?.code;
    }
  };

  it("are of 20 rows, and of 100 at most", () => {
    expect(listing().read("/", SECRET).limit).toBe(20);
    expect(["limit=100", "limit=101"].map((query) => codeOf(query))).toEqual(["ok", "too_large"]);
  });

  it("take back their own cursors only", () => {
    const cursor = listing().read("/", SECRET).cursorAfter(row);
    expect(codeOf(`cursor=${cursor}`)).toBe("ok");
    expect(codeOf(`cursor=${cursor}`, listing("others"))).toBe("invalid");
    expect(codeOf(`cursor=${listing().read("/", "another").cursorAfter(row)}`)).toBe("invalid");
    const forged = Buffer.from(cursor, "base64url");
    forged.write("1", 20);
    expect(codeOf(`cursor=${forged.toString("base64url")}`)).toBe("invalid");
  });

  it("take at most 100 values", () => {
    const query = (count: number) => `id__in=${Array(count).fill(row.id).join(",")}`;
    expect([100, 101].map((count) => codeOf(query(count)))).toEqual(["ok", "too_long"]);
  });
});

describe("versions", () => {
  const expected = (header?: string) => {
    const request = { get: () => header } as unknown as Request;
    return new Expected(request);
  };

  it("must be the current one", () => {
    const row = { version: 7 };
    expect(etag(row)).toBe('"7"');
    for (const header of ['"7"', '"6", "7"', "*"]) expected(header).check(row);
    for (const header of ['"6"', 'W/"7"', "7", ""]) {
      expect(() => expected(header).check(row)).toThrow("another version");
    }
    expect(() => expected().check(row)).toThrow("must name the version");
  });
});

describe("refusals of the database", () => {
  const table: Table = {
    name: "things",
    access: OPEN,
    columns: {},
    uniques: { uq_things_a_b: ["b", "a"] },
    toOne: [{ key: "c_id", constraint: "fk_things_c_id_cs", target: () => table }],
  };
  const refusal = (code: string, cause: object = {}) =>
    new Prisma.PrismaClientKnownRequestError("refused", {
      code,
      clientVersion: "0",
      meta: { driverAdapterError: { cause } },
    });

  it("name the keys of a constraint", () => {
    for (const constraint of [{ fields: ["b", '"a"'] }, { index: "things.uq_things_a_b" }]) {
      const error = domainError(refusal("P2002", { constraint }), table) as Invalid;
      expect(error.errors.map(({ field }) => field)).toEqual(["body.a", "body.b"]);
    }
    const constraint = { index: "fk_things_c_id_cs" };
    const error = domainError(refusal("P2003", { constraint }), table) as Invalid;
    expect(error.errors).toMatchObject([{ field: "body.c_id", code: "reference" }]);
    expect(domainError(refusal("P2003"), table)).toBeInstanceOf(Invalid);
  });

  it("are told from its absence", () => {
    const absent = [
      refusal("P1001"),
      refusal("P2024"),
      refusal("P2010", { kind: "DatabaseNotReachable" }),
      refusal("P2010", { originalCode: "57P01" }),
      new Prisma.PrismaClientInitializationError("no server", "0"),
      Object.assign(new Error("pool timeout"), { name: "DriverAdapterError" }),
    ];
    for (const error of absent) expect(unavailable(error)).toBeInstanceOf(Unavailable);
    for (const error of [refusal("P2011"), new Error("a bug"), "text"]) {
      expect(unavailable(error)).toBeUndefined();
    }
  });
});
