/** What holds for every resource: each calls `resourceTests` with its own samples. */

import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ANONYMOUS } from "../../src/core/access.js";
import { column } from "../../src/core/dialect.js";
import { PreconditionFailed, Unauthorized } from "../../src/core/errors.js";
import type { Id, Identified } from "../../src/core/repository.js";
import { has, kindOf, sets } from "../../src/core/table.js";
import { Prisma } from "../../src/generated/prisma/client.js";
import * as samples from "./samples.js";
import {
  type Answer,
  type Caller,
  type Json,
  type Service,
  startService,
  statementsOf,
  told,
} from "./service.js";

const ANY_VERSION = { "If-Match": "*" };
const NO_UUID = "00000000-0000-7000-8000-000000000000";

export function resourceTests(sample: samples.Sample): void {
  const { path, table } = sample;
  const isVersioned = sets(table, "version");
  const headers = isVersioned ? ANY_VERSION : {};
  const hasTimes = sets(table, "created_at");
  const isUuid = table.columns.id?.schema.format === "uuid";
  const at = (row: Json) => `${path}/${row.id}`;

  let service: Service;
  let admin: Caller;
  beforeAll(async () => {
    service = await startService();
    admin = service.admin;
  });
  afterAll(() => service.close());

  const row = (changes: Json = {}) => samples.rowOf(service, sample, changes);
  const body = () => samples.bodyOf(service, sample);
  const missingId = isUuid ? NO_UUID : 2 ** 40;

  describe("creating", () => {
    it("answers with the row, and where it is", async () => {
      const sent = await body();
      const answer = await admin.post(path, sent);
      expect(answer.status).toBe(201);
      expect(answer.headers.location).toBe(at(answer.body));
      for (const { key } of samples.visible(sample).filter((each) => !each.isReadonly)) {
        expect(answer.body[key], key).toEqual(sent[key]);
      }
      expect((await admin.get(at(answer.body))).body).toEqual(answer.body);
      if (isVersioned) expect(answer.headers.etag).toBe('"1"');
    });

    it("fills in what is not sent", async () => {
      const sent = await body();
      const filled = sample.fields.filter((each) => "default" in each && !each.isReadonly);
      for (const { key } of filled) delete sent[key];
      const answer = await admin.post(path, sent);
      expect(answer.status).toBe(201);
      for (const field of filled.filter((each) => !each.isPrivate)) {
        expect(answer.body[field.key], field.key).toEqual(field.default);
      }
      for (const field of sample.fields.filter((each) => each.isReadonly && !each.isPrivate)) {
        expect(answer.body[field.key], field.key).toEqual(field.default ?? null);
      }
    });

    it("shows nothing private", async () => {
      const { body: shown } = await admin.post(path, await body());
      for (const { key } of sample.fields.filter((each) => each.isPrivate)) {
        expect(shown).not.toHaveProperty(key);
      }
    });

    it("names every key that is missing", async () => {
      const answer = await admin.post(path, {});
      const fields = sample.fields.filter((each) => !("default" in each) && !each.isReadonly);
      const references = sample.references.filter((each) => !each.isOptional && !each.isReadonly);
      const wanted = [...fields, ...references].map(({ key }) => `body.${key} required`);
      expect(told(answer).sort()).toEqual(wanted.sort());
      expect(answer.status).toBe(wanted.length > 0 ? 422 : 201);
    });

    it("tells what is unknown from what only the service sets", async () => {
      const owner = has(table, "owner_id") ? ["owner_id"] : [];
      const set = ["id", ...owner, ...(hasTimes ? ["created_at", "updated_at"] : [])];
      const readonly = sample.fields.filter((each) => each.isReadonly).map(({ key }) => key);
      const keys = [...set, ...readonly];
      const sent = Object.fromEntries(keys.map((key) => [key, "x"]));
      const answer = await admin.post(path, { ...(await body()), ...sent, nope: 1 });
      expect(answer.status).toBe(422);
      const wanted = [...keys.map((key) => `body.${key} readonly`), "body.nope unknown"];
      expect(told(answer).sort()).toEqual(wanted.sort());
    });

    it("wants an object in JSON", async () => {
      const bare = await admin.post(path, []);
      expect([bare.status, told(bare)]).toEqual([422, ["body type"]]);
    });
  });

  describe.each(samples.writable(sample).map((field) => ({ ...field })))("$key", (field) => {
    it("refuses what is not valid", async () => {
      const valid = await body();
      for (const [value, code] of samples.refused(field)) {
        const answer = await admin.post(path, { ...valid, [field.key]: value });
        expect([answer.status, told(answer)], String(value)).toEqual([
          422,
          [`body.${field.key} ${code}`],
        ]);
      }
    });

    it("is kept within its bounds by the database as well", async () => {
      const made = await row();
      const kind = kindOf(table, field.key);
      for (const value of samples.outOfBounds(field)) {
        const stored = kind.store(value as never) as never;
        const set = Prisma.sql`UPDATE ${column(table.name)} SET ${column(field.key)} = ${kind.literal(stored)}`;
        const update = Prisma.sql`${set} WHERE ${column("id")} = ${made.id}`;
        await expect(service.database.client.$executeRaw(update)).rejects.toThrow(/constraint/i);
      }
    });

    it("is changed alone", async () => {
      const made = await row();
      await pause(2);
      const other = field.varies ? samples.distinct(field) : field.other;
      const answer = await admin.patch(at(made), { [field.key]: other }, headers);
      expect(answer.status).toBe(200);
      const changed = { ...made, ...(!field.isPrivate && { [field.key]: other }) };
      if (hasTimes) {
        changed.updated_at = answer.body.updated_at;
        expect(changed.updated_at).not.toBe(made.updated_at);
      }
      expect(answer.body).toEqual(changed);
      if (isVersioned) expect(answer.headers.etag).toBe('"2"');
      expect((await admin.get(at(made))).body).toEqual(changed);
      const null_ = await admin.patch(at(made), { [field.key]: null }, headers);
      expect(null_.status).toBe(field.isOptional ? 200 : 422);
    });
  });

  describe("changing", () => {
    it("is nothing when nothing is sent", async () => {
      const made = await row();
      const answer = await admin.patch(at(made), {}, headers);
      expect([answer.status, answer.body]).toEqual([200, made]);
    });

    it("refuses unknown keys", async () => {
      const answer = await admin.patch(at(await row()), { nope: 1 }, headers);
      expect([answer.status, told(answer)]).toEqual([422, ["body.nope unknown"]]);
    });

    if (isVersioned) {
      it("needs the current version", async () => {
        const made = await row();
        const field = samples.writable(sample).find(({ varies }) => !varies);
        const change = field ? { [field.key]: field.other } : {};
        expect((await admin.patch(at(made), change)).status).toBe(428);
        const stale = { "If-Match": '"7"' };
        expect((await admin.patch(at(made), change, stale)).status).toBe(412);
        expect((await admin.delete(at(made), stale)).status).toBe(412);
        expect((await admin.delete(at(made))).status).toBe(428);
        const current = { "If-Match": '"1"' };
        const answers = await Promise.all(
          [1, 2, 3].map(() => admin.patch(at(made), change, current)),
        );
        if (!field) return;
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
        expect((await admin.get(at(made))).headers.etag).toBe('"2"');
        const repository = sample.open(service.database);
        const id = made.id as Id;
        const stored = (await repository.get(id)) as Identified;
        await repository.update(stored, { [field.key]: field.example });
        const late = repository.update(stored, { [field.key]: field.example });
        await expect(late).rejects.toThrow(PreconditionFailed);
      });
    }
  });

  describe("deleting", () => {
    it("leaves nothing to be found", async () => {
      const made = await row();
      const answer = await admin.delete(at(made), headers);
      expect([answer.status, answer.text]).toEqual([204, ""]);
      expect((await admin.get(at(made))).status).toBe(404);
      expect((await admin.patch(at(made), {}, headers)).status).toBe(404);
      expect((await admin.delete(at(made), headers)).status).toBe(404);
      const { body: list } = await admin.get(`${path}?id=${made.id}`);
      expect(list.items).toEqual([]);
      const [left]: Json[] = await service.database.client.$queryRaw(
        Prisma.sql`SELECT count(*) AS count FROM ${column(table.name)} WHERE id = ${made.id}`,
      );
      expect(Number(left?.count)).toBe(sets(table, "deleted_at") ? 1 : 0);
    });
  });

  const alone = Object.values(table.uniques ?? {}).filter(({ length }) => length === 1);
  const single = samples.writable(sample).filter(({ key }) => alone.flat().includes(key));
  if (single.length > 0) {
    it("is taken once when it is unique", async () => {
      for (const { key } of single) {
        const first = await body();
        const second = { ...(await body()), [key]: first[key] };
        expect((await admin.post(path, first)).status).toBe(201);
        const answer = await admin.post(path, second);
        expect([answer.status, told(answer)]).toEqual([409, [`body.${key} duplicate`]]);
      }
    });
  }

  if (sample.uniques.length > 0) {
    it("is taken once when it is unique together", async () => {
      for (const keys of sample.uniques) {
        const first = { ...(await body()), ...(await samples.referencesOf(service, sample)) };
        const same = Object.fromEntries(keys.map((key) => [key, first[key]]));
        const second = { ...(await body()), ...same };
        expect((await admin.post(path, first)).status).toBe(201);
        const answer = await admin.post(path, second);
        const wanted = keys.map((key) => `body.${key} duplicate`).sort();
        expect([answer.status, told(answer)]).toEqual([409, wanted]);
      }
    });
  }

  describe.each(sample.references.filter((each) => !each.isReadonly))("$key", (reference) => {
    const { key, target, isOptional } = reference;

    it("refers to what is there", async () => {
      const id = await samples.idOf(service, target());
      const made = await row({ [key]: id });
      expect(made[key]).toEqual(reference.isPrivate ? undefined : id);
      const missing = typeof id === "number" ? 2 ** 40 : NO_UUID;
      const sent = { ...(await body()), [key]: missing };
      const answer = await admin.post(path, sent);
      expect([answer.status, told(answer)]).toEqual([422, [`body.${key} reference`]]);
      const null_ = await admin.patch(at(made), { [key]: null }, headers);
      expect(null_.status).toBe(isOptional ? 200 : 422);
      const referred = target();
      if (referred === "user" || !sets(referred.table, "deleted_at")) return;
      await admin.delete(`${referred.path}/${id}`, ANY_VERSION);
      const deleted = await admin.post(path, { ...(await body()), [key]: id });
      expect([deleted.status, told(deleted)]).toEqual([422, [`body.${key} reference`]]);
    });

    it("is deleted", async () => {
      const referred = target();
      if (referred === "user") return;
      const id = await samples.idOf(service, referred);
      const made = await row({ [key]: id });
      const onDelete = sets(referred.table, "deleted_at") ? "keep" : reference.onDelete;
      const answer = await admin.delete(`${referred.path}/${id}`, ANY_VERSION);
      expect(answer.status).toBe(onDelete === "restrict" ? 409 : 204);
      const left = await admin.get(at(made));
      expect(left.status).toBe(onDelete === "cascade" ? 404 : 200);
      if (onDelete === "set_null") expect(left.body[key] ?? null).toBeNull();
    });
  });

  describe.each(sample.lists)("$key", ({ key, target }) => {
    it("is written with the rest, or nothing is", async () => {
      const made = await row();
      const repository = sample.open(service.database);
      const stored = await repository.get(made.id as Id);
      const field = samples.writable(sample).find(({ varies }) => !varies);
      const referred = target();
      const isNumber = referred !== "user" && referred.table.columns.id?.schema.type === "integer";
      const change = {
        [key]: [isNumber ? 2 ** 40 : NO_UUID],
        ...(field && { [field.key]: field.other }),
      };
      const updated = repository.update(stored as Identified, change);
      await expect(updated).rejects.toThrow("does not exist");
      expect((await admin.get(at(made))).body).toEqual(made);
    });

    it("is written as a whole", async () => {
      const one = await samples.idOf(service, target());
      const two = await samples.idOf(service, target());
      await row({ [key]: [one] });
      const made = await row({ [key]: [two, one] });
      expect(made[key]).toEqual([one, two].sort());
      const found = await admin.get(`${path}?${key}=${one},${two}`);
      expect(found.body.items).toEqual([made]);
      const changed = await admin.patch(at(made), { [key]: [two] }, headers);
      expect(changed.body[key]).toEqual([two]);
      expect((await admin.get(at(made))).body[key]).toEqual([two]);
      const twice = await admin.patch(at(made), { [key]: [one, one] }, headers);
      expect([twice.status, told(twice)]).toEqual([422, [`body.${key} duplicate`]]);
      const missing = typeof one === "number" ? 2 ** 40 : NO_UUID;
      const gone = await admin.patch(at(made), { [key]: [one, missing] }, headers);
      expect([gone.status, told(gone)]).toEqual([422, [`body.${key}.1 reference`]]);
    });
  });

  describe("listing", () => {
    it("walks through every row once, in order", async () => {
      const made = [await row(), await row(), await row()];
      for (const sort of [hasTimes ? "-created_at" : "-id", "id", "-id"]) {
        const ids: unknown[] = [];
        let next = `${path}?limit=1&sort=${sort}`;
        while (next) {
          const { body: page } = await admin.get(next);
          ids.push(...page.items.map(({ id }: Json) => id));
          const cursor = page.next_cursor;
          next = cursor ? `${path}?limit=1&sort=${sort}&cursor=${cursor}` : "";
        }
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids).toEqual(expect.arrayContaining(made.map(({ id }) => id)));
        const sorted = [...ids].sort((one, other) => (String(one) < String(other) ? -1 : 1));
        if (isUuid && sort === "id") expect(ids).toEqual(sorted);
        if (isUuid && sort === "-id") expect(ids).toEqual(sorted.reverse());
      }
    });

    it("costs the same whatever its length", async () => {
      await row();
      const one = await statementsOf(service, () => admin.get(`${path}?limit=1`));
      await row();
      await row();
      const many = await statementsOf(service, () => admin.get(`${path}?limit=100`));
      expect(many.length).toBe(one.length);
    });

    describe("of some rows", () => {
      let rows: Json[];
      let these: string;
      beforeAll(async () => {
        rows = await samples.varietyOf(service, sample);
        these = `${path}?id__in=${rows.map(({ id }) => id).join(",")}`;
      });

      const columns = samples.columnsOf(sample);
      const sortable = columns.filter(({ isSortable }) => isSortable).map(({ key }) => key);
      it.each([3, 4])("has a next page only where there is more than %i", async (limit) => {
        const { body: page } = await admin.get(`${these}&limit=${limit}`);
        expect(page.items).toHaveLength(limit);
        expect(typeof page.next_cursor).toBe(limit < rows.length ? "string" : "object");
      });

      it("is counted when that is asked for", async () => {
        const { body: page } = await admin.get(`${these}&limit=1&include_total=true`);
        expect(page.total).toBe(rows.length);
        expect((await admin.get(these)).body).not.toHaveProperty("total");
      });

      it("has the newest first", async () => {
        const { body: page } = await admin.get(these);
        const sort = hasTimes ? "-created_at" : "-id";
        expect(page.items).toEqual([...rows].sort(samples.order(sample, sort)));
      });

      it.each(sortable.flatMap((name) => [name, `-${name}`]))("is sorted by %s", async (sort) => {
        const found: Json[] = [];
        let next: string | null = `${these}&limit=1&sort=${sort}`;
        while (next) {
          const { body: page }: Answer = await admin.get(next);
          found.push(...page.items);
          const cursor = page.next_cursor;
          next = cursor ? `${these}&limit=1&sort=${sort}&cursor=${cursor}` : null;
        }
        expect(found).toEqual([...rows].sort(samples.order(sample, sort)));
      });

      const asked = columns.flatMap(({ key, operators }) =>
        operators.map((operator) => [operator ? `${key}__${operator}` : key, key, operator]),
      );
      it.each(asked)("is filtered by %s", async (parameter, name = "", operator = "") => {
        if (parameter === "id__in") return; // how these rows are found
        for (const value of samples.asked(rows, name, operator)) {
          const query = `${parameter}=${encodeURIComponent(value)}&sort=id`;
          const { body: page } = await admin.get(`${these}&${query}`);
          const holds = (each: Json) => samples.holds(sample, each, [name, operator, value]);
          const wanted = rows.filter(holds);
          expect(page.items, query).toEqual(wanted.sort(samples.order(sample, "id")));
        }
      });
    });

    it("refuses what it does not know", async () => {
      for (const [query, error] of [
        ["nope=1", "query.nope unknown"],
        ["sort=nope", "query.sort unknown"],
        ["sort=id,id", "query.sort invalid"],
        ["limit=0", "query.limit too_small"],
        ["limit=101", "query.limit too_large"],
        ["limit=x", "query.limit type"],
        ["limit=1&limit=1", "query.limit invalid"],
        ["cursor=AAAA", "query.cursor invalid"],
        ["include_total=1", "query.include_total type"],
      ]) {
        const answer = await admin.get(`${path}?${query}`);
        expect([answer.status, told(answer)]).toEqual([422, [error]]);
      }
      for (const { key } of sample.fields.filter(({ isPrivate }) => isPrivate)) {
        const filtered = await admin.get(`${path}?${key}=x`);
        expect([filtered.status, told(filtered)]).toEqual([422, [`query.${key} unknown`]]);
        const sorted = await admin.get(`${path}?sort=${key}`);
        expect([sorted.status, told(sorted)]).toEqual([422, ["query.sort unknown"]]);
      }
      const both = await admin.get(`${path}?limit=0&nope=1`);
      expect(told(both).sort()).toEqual(["query.limit too_small", "query.nope unknown"]);
      const one = await admin.get(`${at(await row())}?nope=1`);
      expect([one.status, told(one)]).toEqual([422, ["query.nope unknown"]]);
    });

    it("binds a cursor to its sort and filters", async () => {
      await row();
      await row();
      const { body: page } = await admin.get(`${path}?limit=1&sort=id`);
      for (const other of ["sort=-id", `sort=id&id__ne=${missingId}`]) {
        const answer = await admin.get(`${path}?limit=1&${other}&cursor=${page.next_cursor}`);
        expect([answer.status, told(answer)], other).toEqual([422, ["query.cursor invalid"]]);
      }
    });

    const searched = sample.fields.filter(
      ({ key, pattern, length }) => sample.search.includes(key) && !pattern && (length ?? 99) > 30,
    );
    if (searched.length > 0) {
      it("searches without case, and takes every character as it is", async () => {
        for (const { key } of searched) {
          const made = await row({ [key]: "Straße ÉTÉ 50%_\\" });
          for (const [q, isFound] of [
            ["été", true],
            ["STRA 50%", true],
            ["stra nowhere", false],
            ["%25_%5C", true],
            ["5_0", false],
            ["", true],
          ] as const) {
            const { body: page } = await admin.get(`${path}?id=${made.id}&q=${q}`);
            expect(page.items.length, `${key}: ${q}`).toBe(isFound ? 1 : 0);
          }
        }
      });
    }
  });

  describe("what is no row", () => {
    it("is not found", async () => {
      for (const id of ["nope", "%ff", missingId, "-1", "9".repeat(30)]) {
        expect((await admin.get(`${path}/${id}`)).status, String(id)).toBe(404);
      }
      expect((await admin.get(`${path}/`)).status).toBe(404);
    });

    it("has no other methods", async () => {
      const answer = await service.agent.put(path);
      expect([answer.status, answer.headers.allow]).toEqual([405, "GET, POST"]);
      const head = await service.agent.head(`${path}/${missingId}`);
      expect([head.status, head.headers.allow]).toEqual([405, "DELETE, GET, PATCH"]);
    });
  });

  describe("who may do what", () => {
    type Action = keyof samples.Sample["access"];

    const people = ["anonymous", "other", "owner", "admin"] as const;
    const callers = new Map<string, Caller>();
    const isOwned = has(table, "owner_id");
    const actions = Object.keys(sample.access) as Action[];
    const cases = people
      .filter((who) => who !== "owner" || isOwned)
      .flatMap((who) => actions.map((action) => ({ who, action })));

    beforeAll(async () => {
      callers.set("anonymous", service.anonymous);
      callers.set("other", await service.signUp());
      callers.set("owner", await service.signUp());
      callers.set("admin", admin);
    });

    async function ofTheOwner(): Promise<Json> {
      const made = await row();
      if (isOwned) {
        const owner = callers.get("owner")?.userId;
        const set = Prisma.sql`${column("owner_id")} = ${owner}`;
        await service.database.client.$executeRaw(
          Prisma.sql`UPDATE ${column(table.name)} SET ${set} WHERE ${column("id")} = ${made.id}`,
        );
      }
      return made;
    }

    it.each(cases)("$who: $action", async ({ who, action }) => {
      const made = await ofTheOwner();
      const caller = callers.get(who) ?? admin;
      const ask = {
        list: () => caller.get(`${path}?id=${made.id}&include_total=true`),
        read: () => caller.get(at(made)),
        create: async () => caller.post(path, await body()),
        update: () => caller.patch(at(made), {}, headers),
        delete: () => caller.delete(at(made), headers),
      }[action];
      const answer = await ask();
      const wanted = samples.statusOf(sample.access, action, who);
      // What one may not read, one cannot refer to either.
      const isHidden = action === "create" && wanted === 201 && answer.status === 422;
      if (isHidden) expect(told(answer).every((each) => each.endsWith(" reference"))).toBe(true);
      else expect(answer.status).toBe(wanted);
      if (action === "list" && wanted === 200) {
        const isSeen = sample.access.list !== "owner" || who === "owner" || who === "admin";
        const { items, total } = answer.body;
        expect([items.length, total]).toEqual(isSeen ? [1, 1] : [0, 0]);
      }
      if (wanted === 401) expect(answer.headers["www-authenticate"]).toBe("Bearer");
    });

    it("is asked of the service as well", async () => {
      const id = (await row()).id as never;
      const nothing = {} as never;
      const nobody = sample.serve(service.database, ANONYMOUS);
      const calls = {
        list: () => nobody.page(nothing),
        read: () => nobody.get(id),
        create: () => nobody.create(nothing),
        update: () => nobody.update(id, nothing, nothing),
        delete: () => nobody.delete(id, nothing),
      };
      for (const [action, call] of Object.entries(calls)) {
        if (sample.access[action as Action] === "public") continue;
        await expect(call(), action).rejects.toThrow(Unauthorized);
      }
    });

    const hidden = sample.references.filter(({ target, isReadonly }) => {
      const referred = target();
      return !isReadonly && referred !== "user" && /owner|admin/.test(referred.access.read);
    });
    if (sample.access.create !== "admin" && hidden.length > 0) {
      it("refers to nothing that one may not read", async () => {
        const other = callers.get("other") ?? admin;
        for (const { key, target } of hidden) {
          const answer = await other.post(path, {
            ...(await body()),
            [key]: await samples.idOf(service, target()),
          });
          expect(told(answer)).toContain(`body.${key} reference`);
        }
      });
    }

    it("is not told to whoever has a bad token", async () => {
      for (const each of [path, at(await row())]) {
        const answer = await service.agent.get(each).set("Authorization", "Bearer a.b.c");
        expect(answer.status).toBe(401);
      }
    });
  });
}
