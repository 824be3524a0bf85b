import { verify } from "@node-rs/argon2";
import { SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { main } from "../../src/auth/admin.js";
import { createAccessToken, readAccessToken } from "../../src/auth/security.js";
import { PROJECT } from "../../src/config.js";
import { distinct, refused } from "../support/samples.js";
import { type Caller, type Json, type Service, startService, told } from "../support/service.js";
import { FIELDS, PASSWORD, registration } from "../users/samples.js";

vi.mock("@node-rs/argon2", async (original) => {
  const argon2: typeof import("@node-rs/argon2") = await original();
  return { ...argon2, verify: vi.fn(argon2.verify) };
});

const AUTH = "/api/v1/auth";
const SHOWN = ["id", "email", "role", "created_at", "updated_at"];

const SENT_AND_SHOWN = FIELDS.filter((each) => !each.isReadonly && !each.isPrivate);

let service: Service;
let anonymous: Caller;
beforeAll(async () => {
  service = await startService();
  anonymous = service.anonymous;
});
afterAll(() => service.close());

function register(body: Json) {
  return anonymous.post(`${AUTH}/register`, body);
}

async function registered(): Promise<string> {
  const answer = await register(registration());
  expect(answer.status).toBe(201);
  return answer.body.email;
}

async function tokens(email: string, password = PASSWORD): Promise<Json> {
  const answer = await anonymous.post(`${AUTH}/login`, { email, password });
  expect(answer.status).toBe(200);
  return answer.body;
}

async function refreshed(refresh_token: unknown): Promise<number> {
  return (await anonymous.post(`${AUTH}/refresh`, { refresh_token })).status;
}

function as(token: unknown) {
  return service.agent.get(`${AUTH}/me`).set("Authorization", `Bearer ${token}`);
}

describe("registration", () => {
  it("shows the user, without the password", async () => {
    const sent = registration({ email: "Ada@Example.com" });
    const answer = await register(sent);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ email: "ada@example.com", role: "user" });
    expect(Object.keys(answer.body)).toEqual(SHOWN);
    for (const { key } of SENT_AND_SHOWN) {
      expect(answer.body[key], key).toEqual(sent[key]);
    }
  });

  it("takes an address once, in whatever case", async () => {
    const email = (await registered()).toUpperCase();
    const answer = await register(registration({ email }));
    expect([answer.status, told(answer)]).toEqual([409, ["body.email duplicate"]]);
  });

  it("names every key that is missing", async () => {
    const needed = FIELDS.filter((each) => !("default" in each) && !each.isReadonly);
    const keys = ["email", "password", ...needed.map(({ key }) => key)];
    const answer = await register({});
    expect([answer.status, told(answer).sort()]).toEqual([
      422,
      keys.map((key) => `body.${key} required`).sort(),
    ]);
  });

  it.each([
    [{ email: "nobody" }, "body.email format"],
    [{ password: "short" }, "body.password too_short"],
    [{ password: "x".repeat(129) }, "body.password too_long"],
    [{ role: "admin" }, "body.role readonly"],
    [{ is_active: true }, "body.is_active unknown"],
  ])("refuses %j", async (change, error) => {
    const answer = await register(registration(change));
    expect([answer.status, told(answer)]).toEqual([422, [error]]);
  });
});

describe.each(FIELDS.filter((each) => !each.isReadonly))("$key", (field) => {
  it("is refused when it is not valid", async () => {
    for (const [value, code] of refused(field)) {
      const answer = await register(registration({ [field.key]: value }));
      expect([answer.status, told(answer)]).toEqual([422, [`body.${field.key} ${code}`]]);
    }
  });

  it("is changed by its user", async () => {
    const me = await service.signUp();
    const other = field.varies ? distinct(field) : field.other;
    const answer = await me.patch(`${AUTH}/me`, { [field.key]: other });
    expect(answer.status).toBe(200);
    expect(answer.body[field.key]).toEqual(field.isPrivate ? undefined : other);
  });
});

it("keeps nothing that could be used", async () => {
  const email = await registered();
  const { refresh_token } = await tokens(email);
  const { client } = service.database;
  const { password_hash } = await client.user.findUniqueOrThrow({ where: { email } });
  expect(password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  const kept = await client.refreshToken.findFirst({ where: { user: { email } } });
  expect(kept?.token_hash).toMatch(/^[0-9a-f]{64}$/);
  expect(kept?.token_hash).not.toBe(refresh_token);
});

describe("login", () => {
  it("gives a pair of tokens", async () => {
    const email = await registered();
    const pair = await tokens(email);
    expect(pair).toMatchObject({ token_type: "bearer", expires_in: 900 });
    expect((await as(pair.access_token)).body.email).toBe(email);
    await tokens(email.toUpperCase());
  });

  it("does not tell a wrong address from a wrong password", async () => {
    const email = await registered();
    const wrong = await anonymous.post(`${AUTH}/login`, { email, password: "wrong password" });
    const unknown = { email: "no@example.com", password: PASSWORD };
    vi.mocked(verify).mockClear();
    const nobody = await anonymous.post(`${AUTH}/login`, unknown);
    expect([wrong.status, nobody.status]).toEqual([401, 401]);
    // As long as for somebody.
    expect(verify).toHaveBeenCalledOnce();
    expect(wrong.body.detail).toBe(nobody.body.detail);
    expect(wrong.headers["cache-control"]).toBe("no-store");
  });

  it("is refused to a disabled user at once", async () => {
    const email = await registered();
    const pair = await tokens(email);
    await service.database.client.user.update({ where: { email }, data: { is_active: false } });
    expect((await as(pair.access_token)).status).toBe(401);
    expect(await refreshed(pair.refresh_token)).toBe(401);
    const answer = await anonymous.post(`${AUTH}/login`, { email, password: PASSWORD });
    expect(answer.status).toBe(401);
  });
});

describe("what happens while a password is checked", () => {
  it.each([
    ["is changed", { password_hash: "another" }],
    ["is of somebody disabled", { is_active: false }],
  ])("%s", async (_, data) => {
    const email = await registered();
    vi.mocked(verify).mockImplementationOnce(async () => {
      await service.database.client.user.update({ where: { email }, data });
      return true;
    });
    const answer = await anonymous.post(`${AUTH}/login`, { email, password: PASSWORD });
    expect(answer.status).toBe(401);
  });
});

describe("refreshing", () => {
  it("rotates, and a dead token revokes its family", async () => {
    const first = await tokens(await registered());
    const answer = await anonymous.post(`${AUTH}/refresh`, { refresh_token: first.refresh_token });
    expect(answer.status).toBe(200);
    expect(answer.body.refresh_token).not.toBe(first.refresh_token);
    expect(await refreshed(first.refresh_token)).toBe(401);
    expect(await refreshed(answer.body.refresh_token)).toBe(401);
  });

  it("lets one of several at a time through", async () => {
    const { refresh_token } = await tokens(await registered());
    const statuses = await Promise.all([1, 2, 3, 4].map(() => refreshed(refresh_token)));
    expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(1);
    expect(statuses.filter((status) => status === 401).length).toBeGreaterThanOrEqual(3);
  });

  it("refuses what has expired or is unknown", async () => {
    const email = await registered();
    const { refresh_token } = await tokens(email);
    await service.database.client.refreshToken.updateMany({
      where: { user: { email } },
      data: { expires_at: "2000-01-01T00:00:00.000000Z" },
    });
    expect(await refreshed(refresh_token)).toBe(401);
    expect(await refreshed("unknown")).toBe(401);
  });
});

describe("logging out", () => {
  it("ends the session, and never fails", async () => {
    const { refresh_token } = await tokens(await registered());
    for (const token of [refresh_token, refresh_token, "unknown"]) {
      const answer = await anonymous.post(`${AUTH}/logout`, { refresh_token: token });
      expect(answer.status).toBe(204);
    }
    expect(await refreshed(refresh_token)).toBe(401);
  });
});

describe("one's own account", () => {
  it("is shown and changed", async () => {
    const me = await service.signUp();
    const email = `New${me.userId}@Example.com`;
    const answer = await me.patch(`${AUTH}/me`, { email });
    expect([answer.status, answer.body.email]).toEqual([200, email.toLowerCase()]);
    const readonly = await me.patch(`${AUTH}/me`, { role: "admin", password: "x" });
    expect(readonly.body.errors.map(({ code }: Json) => code).sort()).toEqual([
      "readonly",
      "unknown",
    ]);
    expect((await anonymous.get(`${AUTH}/me`)).status).toBe(401);
  });

  it("has its password changed, which ends every session", async () => {
    const email = await registered();
    const pair = await tokens(email);
    const change = (current_password: string) =>
      service.agent
        .post(`${AUTH}/password`)
        .set("Authorization", `Bearer ${pair.access_token}`)
        .send({ current_password, new_password: "another password" });
    const wrong = await change("wrong password");
    expect(wrong.status).toBe(422);
    const field = "body.current_password";
    expect(wrong.body.errors).toMatchObject([{ field, code: "invalid" }]);
    expect((await change(PASSWORD)).status).toBe(204);
    expect(await refreshed(pair.refresh_token)).toBe(401);
    await tokens(email, "another password");
  });
});

describe("access tokens", () => {
  it("are refused when they are not ours", async () => {
    const { settings } = service;
    const id = "00000000-0000-7000-8000-000000000000";
    const good = await createAccessToken(settings, id);
    expect(await readAccessToken(settings, good)).toBe(id);
    const other = { ...settings, SECRET_KEY: "another-secret-key-that-is-long-enough" };
    expect(await readAccessToken(other, good)).toBeUndefined();
    expect(await readAccessToken(settings, `${good}x`)).toBeUndefined();
    expect(await readAccessToken(settings, await createAccessToken(settings, "x"))).toBeUndefined();
    expect((await as(good)).status).toBe(401);
  });

  const hour = 3600;
  it.each([
    ["good", {}, 200],
    ["expired", { exp: -1 }, 401],
    ["older than any of ours", { iat: -hour, exp: hour }, 401],
    ["for another audience", { aud: "another" }, 401],
    ["of another issuer", { iss: "another" }, 401],
    ["without an id of its own", { jti: undefined }, 401],
    ["without an end", { exp: undefined }, 401],
    ["signed in another way", { alg: "HS512" }, 401],
  ])("that is %s", async (_, { alg = "HS256", ...changes }: Json, status) => {
    const { userId } = await service.signUp();
    const now = Math.floor(Date.now() / 1000);
    const times = { iat: now, exp: now + 60 };
    const claims: Json = {
      sub: userId,
      jti: "x",
      iss: PROJECT,
      aud: PROJECT,
      ...times,
      ...changes,
    };
    for (const key of ["iat", "exp"]) {
      if (typeof changes[key] === "number") claims[key] = now + changes[key];
    }
    const key = new TextEncoder().encode(service.settings.SECRET_KEY);
    const token = new SignJWT(claims).setProtectedHeader({ alg: String(alg) });
    expect((await as(await token.sign(key))).status).toBe(status);
  });

  it.each(["Basic YTpi", "Bearer", "Bearer a.b.c", "garbage"])("%s is nobody's", async (header) => {
    const answer = await service.agent.get(`${AUTH}/me`).set("Authorization", header);
    expect([answer.status, answer.headers["www-authenticate"]]).toEqual([401, "Bearer"]);
  });
});

describe("make admin", () => {
  it("promotes whoever has an account", async () => {
    const email = await registered();
    process.env.DATABASE_URL = service.settings.DATABASE_URL;
    expect(await main([email.toUpperCase(), PASSWORD])).toContain("is an administrator now");
    expect((await as((await tokens(email)).access_token)).body.role).toBe("admin");
  });

  it("makes an account", async () => {
    process.env.DATABASE_URL = service.settings.DATABASE_URL;
    expect(await main(["root@example.com", PASSWORD])).toContain("is an administrator");
    expect((await as((await tokens("root@example.com")).access_token)).body.role).toBe("admin");
  });

  it("tells what is wrong", async () => {
    expect(await main([])).toContain("make admin EMAIL=");
    expect(await main(["nobody", "x"])).toContain("email: Must be an e-mail address");
    process.exitCode = 0;
  });
});
