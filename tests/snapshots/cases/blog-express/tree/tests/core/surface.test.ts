import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { promisify } from "node:util";
import { symbols } from "pino";
import supertest from "supertest";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createApp } from "../../src/app.js";
import { createAccessToken } from "../../src/auth/security.js";
import { type Database, openDatabase } from "../../src/core/database.js";
import { refuseNonHttp } from "../../src/core/framing.js";
import { configureLogging, logger } from "../../src/core/logging.js";
import { Prisma } from "../../src/generated/prisma/client.js";
import { down, main, up } from "../../src/migrate.js";
import { scratchDatabase } from "../support/databases.js";
import { type Service, startService, testSettings } from "../support/service.js";

const ORIGIN = "https://app.example.com";
const DEVELOPMENT = "sqlite:///./test.db";

let service: Service;
beforeAll(async () => {
  service = await startService({
    CORS_ORIGINS: ORIGIN,
    TRUSTED_PROXIES: "127.0.0.1,::1",
    MAX_BODY_BYTES: "1000",
    RATE_LIMIT_AUTH: "5/minute",
  });
});
afterAll(() => service.close());

describe("operations", () => {
  it("lives and is ready", async () => {
    expect((await service.agent.get("/healthz")).body).toEqual({ status: "ok" });
    const ready = { status: "ok", checks: { database: "ok" } };
    expect((await service.agent.get("/readyz")).body).toEqual(ready);
  });

  it("measures by pattern", async () => {
    await service.agent.get("/nowhere/else");
    await service.agent.propfind("/nowhere");
    const { text } = await service.agent.get("/metrics");
    expect(text).toContain('route="unmatched"');
    expect(text).toContain('route="/healthz"');
    expect(text).not.toContain("/nowhere");
    expect(text).toContain('method="OTHER"');
    expect(text).not.toContain("PROPFIND");
  });

  it("documents itself", async () => {
    const { body } = await service.agent.get("/openapi.json");
    expect(body.openapi).toBe("3.1.0");
    const paths: Record<string, Record<string, { operationId: string }>> = body.paths;
    const ids = Object.values(paths)
      .flatMap((item) => Object.values(item))
      .map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("brings the scripts of its documentation along", async () => {
    const page = await service.agent.get("/docs");
    expect([page.status, page.type]).toEqual([200, "text/html"]);
    expect(page.headers["content-security-policy"]).toContain("script-src 'self';");
    const used = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = ""]) => path);
    expect(used).toHaveLength(4);
    for (const path of used) {
      expect(path).toMatch(/^\/docs\//);
      expect((await service.agent.get(path)).status, path).toBe(200);
    }
  });

  it.each([
    [{ DOCS_ENABLED: "false" }, 404],
    [{ APP_ENV: "production" }, 404],
    [{ APP_ENV: "production", DOCS_ENABLED: "true" }, 200],
  ])("shows its documentation with %j: %i", async (changes, status) => {
    const { DATABASE_URL } = service.settings;
    const settings = { ...testSettings({ DATABASE_URL: DEVELOPMENT, ...changes }), DATABASE_URL };
    const { express } = createApp(settings, service.database);
    expect((await supertest(express).get("/docs")).status).toBe(status);
    expect((await supertest(express).get("/openapi.json")).status).toBe(200);
  });
});

describe("headers", () => {
  it("are on every answer", async () => {
    const { headers } = await service.agent.get("/nowhere");
    expect(headers).toMatchObject({
      "content-type": "application/problem+json",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
    });
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
    expect(headers).not.toHaveProperty("x-powered-by");
    expect(headers).not.toHaveProperty("strict-transport-security");
  });

  it("speak of TLS behind a trusted proxy", async () => {
    const answer = await service.agent.get("/healthz").set("X-Forwarded-Proto", "https");
    expect(answer.headers["strict-transport-security"]).toMatch(/^max-age=\d{7,}/);
  });

  it("name the request", async () => {
    const sane = await service.agent.get("/nowhere").set("X-Request-ID", "a-b.c_1");
    expect([sane.headers["x-request-id"], sane.body.request_id]).toEqual(["a-b.c_1", "a-b.c_1"]);
    const odd = await service.agent.get("/nowhere").set("X-Request-ID", "a b");
    expect(odd.headers["x-request-id"]).toMatch(/^[0-9a-f]{32}$/);
    const asked = await service.agent.get("/nowhere?of=whom");
    expect(asked.body.instance).toBe("/nowhere");
  });

  it("let listed origins in, and no other", async () => {
    const listed = await service.agent.get("/healthz").set("Origin", ORIGIN);
    expect(listed.headers["access-control-allow-origin"]).toBe(ORIGIN);
    const stranger = await service.agent.get("/healthz").set("Origin", "https://b.example");
    expect(stranger.headers).not.toHaveProperty("access-control-allow-origin");
    const preflight = await service.agent
      .options("/api/v1/anything")
      .set({ Origin: ORIGIN, "Access-Control-Request-Method": "POST" });
    expect(preflight.status).toBe(204);
    expect(preflight.headers["access-control-allow-origin"]).toBe(ORIGIN);
  });
});

describe("bodies", () => {
  const path = "/api/v1/auth/logout";

  it.each([
    ["{", "application/json", 400],
    ["", "application/json", 400],
    ["{}", "text/plain", 415],
    ["{}", "application/json; charset=latin-1", 415],
    ['{"nope": 1}', "application/json; charset=UTF-8", 422],
    ["[]", "application/json", 422],
    [`{"a": "${"x".repeat(1000)}"}`, "application/json", 413],
  ])("%#", async (body, type, status) => {
    const answer = await service.agent.post(path).set("Content-Type", type).send(body);
    expect(answer.status).toBe(status);
    expect(answer.body.instance).toBe(path);
  });

  it("are text", async () => {
    const request = service.agent.post(path).set("Content-Type", "application/json");
    request.write(Buffer.from([0x22, 0xff, 0x22]));
    expect((await request).status).toBe(400);
  });

  it("are refused while they are sent", async () => {
    const request = service.agent.post(path).set("Content-Type", "application/json");
    request.set("Transfer-Encoding", "chunked");
    for (let n = 0; n < 5; n += 1) request.write("x".repeat(500));
    expect((await request).status).toBe(413);
  });
});

describe("rate limits", () => {
  const settingsOf = (changes: NodeJS.ProcessEnv) => ({
    ...service.settings,
    ...testSettings({ DATABASE_URL: DEVELOPMENT, TRUSTED_PROXIES: "127.0.0.1,::1", ...changes }),
    DATABASE_URL: service.settings.DATABASE_URL,
  });
  const path = "/api/v1/tags";

  it("count requests by address", async () => {
    const { express } = createApp(settingsOf({ RATE_LIMIT_DEFAULT: "5/minute" }), service.database);
    const ask = (address: string) => supertest(express).get(path).set("X-Forwarded-For", address);
    for (let n = 0; n < 5; n += 1) expect((await ask("203.0.113.1")).status).not.toBe(429);
    const { status, headers } = await ask("203.0.113.1");
    expect(status).toBe(429);
    expect(headers).toMatchObject({ "ratelimit-limit": "5", "ratelimit-remaining": "0" });
    expect(Number(headers["retry-after"])).toBeGreaterThan(0);
    expect((await ask("203.0.113.2")).status).not.toBe(429);
  });

  it("do not believe just anybody's X-Forwarded-For", async () => {
    const settings = settingsOf({ RATE_LIMIT_DEFAULT: "1/minute", TRUSTED_PROXIES: "" });
    const { express } = createApp(settings, service.database);
    const ask = (address: string) => supertest(express).get(path).set("X-Forwarded-For", address);
    expect((await ask("203.0.113.1")).status).not.toBe(429);
    expect((await ask("203.0.113.2")).status).toBe(429);
  });

  it("count requests by user", async () => {
    const { express } = createApp(settingsOf({ RATE_LIMIT_DEFAULT: "1/minute" }), service.database);
    const ask = async (id: string) => {
      const token = await createAccessToken(service.settings, id);
      return supertest(express).get(path).set("Authorization", `Bearer ${token}`);
    };
    const users = ["00000000-0000-7000-8000-000000000001", "00000000-0000-7000-8000-000000000002"];
    for (const id of users) expect((await ask(id)).status).not.toBe(429);
    for (const id of users) expect((await ask(id)).status).toBe(429);
  });

  it("count logins by themselves", async () => {
    const ask = () => service.agent.post("/api/v1/auth/refresh").send({});
    for (let n = 0; n < 5; n += 1) expect((await ask()).status).toBe(422);
    expect((await ask()).status).toBe(429);
    expect((await service.agent.post("/api/v1/auth/login").send({})).status).toBe(422);
  });

  it("let requests pass when Redis is away", async () => {
    const settings = settingsOf({
      REDIS_URL: "redis://127.0.0.1:1/0",
      RATE_LIMIT_DEFAULT: "1/minute",
    });
    const { express, limiter } = createApp(settings, service.database);
    const agent = supertest(express);
    for (let n = 0; n < 3; n += 1) expect([200, 401]).toContain((await agent.get(path)).status);
    const ready = await agent.get("/readyz");
    expect([ready.status, ready.body.checks]).toEqual([503, { database: "ok", redis: "error" }]);
    await limiter.close();
  });
});

describe("answers about somebody", () => {
  it("are stored nowhere", async () => {
    const { headers } = await service.admin.get("/api/v1/auth/me");
    expect(headers["cache-control"]).toBe("no-store");
    const named = await service.admin.get("/healthz");
    expect(named.headers["cache-control"]).toBe("no-store");
    expect((await service.agent.get("/healthz")).headers).not.toHaveProperty("cache-control");
  });
});

describe("logs", () => {
  type Line = Record<string, unknown> & { err?: { stack: string } };
  interface Stream {
    write: (line: string) => void;
  }

  /** What was written meanwhile. */
  async function linesOf(work: () => Promise<unknown>): Promise<Line[]> {
    const streams = logger as unknown as Record<symbol, Stream>;
    const write = vi.spyOn(streams[symbols.streamSym] as Stream, "write");
    write.mockImplementation(() => undefined);
    configureLogging("info");
    await work();
    // The access line is written when the answer has gone out.
    await vi.waitFor(() => expect(write).toHaveBeenCalled());
    configureLogging("error");
    const lines = write.mock.calls.map(([line]) => JSON.parse(line));
    write.mockRestore();
    return lines;
  }

  it("tell of each request, and of nothing in it", async () => {
    const ask = service.agent.post("/nowhere?of=whom").set("X-Request-ID", "me");
    const [line] = await linesOf(() => ask.send({ password: "secret" }));
    expect(line).toMatchObject({
      ...{ level: "info", message: "request", request_id: "me", user_id: null },
      ...{ method: "POST", route: "unmatched", status: 404 },
    });
    expect(JSON.stringify(line)).not.toMatch(/secret|whom/);
  });

  it("tell who asked", async () => {
    const [line] = await linesOf(() => service.admin.get("/api/v1/auth/me"));
    expect(line?.user_id).toBe(service.admin.userId);
  });

  it("do not take a client that hangs up for a bug", async () => {
    const server = createApp(service.settings, service.database).express.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const head = [
      "POST /api/v1/auth/logout HTTP/1.1",
      ...["Host: test", "Content-Type: application/json", "Content-Length: 99", "", "{"],
    ];
    const lines = await linesOf(async () => {
      const client = connect(port, "127.0.0.1");
      client.write(head.join("\r\n"));
      await once(server, "request");
      client.destroy();
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ level: "info", message: "request" });
    server.close();
  });

  it("tell of a bug what the client is not told", async () => {
    const { express } = withErrors(new Error("a secret"));
    const lines = await linesOf(async () => {
      const answer = await asked(supertest(express)).set("X-Request-ID", "me");
      expect([answer.status, answer.body.type]).toEqual([500, "urn:problem:internal"]);
      expect(answer.text).not.toContain("secret");
    });
    expect(lines[0]).toMatchObject({ level: "error", request_id: "me" });
    expect(lines[0]?.err?.stack).toContain("a secret");
  });
});

/** The service on a database that answers nothing but an error. */
function withErrors(error: Error) {
  const client = new Proxy({} as Database["client"], {
    get: (_, name) => (String(name).startsWith("$") ? fail : new Proxy({}, { get: () => fail })),
  });
  const fail = () => Promise.reject(error);
  return createApp(service.settings, { ...service.database, client });
}

function asked(agent: ReturnType<typeof supertest>): supertest.Test {
  return agent.post("/api/v1/auth/logout").send({ refresh_token: "x" });
}

describe("what is not HTTP", () => {
  const HEAD = ["POST /nowhere HTTP/1.1", "Host: test", "Transfer-Encoding: chunked", "", ""];

  /** All that is answered to what is sent part by part, until the server closes the connection. */
  async function answerTo(...parts: string[]): Promise<string> {
    const server = createServer(createApp(service.settings, service.database).express);
    refuseNonHttp(server);
    await once(server.listen(0, "127.0.0.1"), "listening");
    const client = connect((server.address() as AddressInfo).port, "127.0.0.1");
    const closed = once(client, "close");
    let answer = "";
    client.on("data", (chunk) => {
      answer += chunk;
    });
    for (const part of parts) {
      client.write(part);
      await Promise.race([closed, once(client, "data")]);
    }
    await closed;
    server.close();
    return answer;
  }

  it.each([
    ["of another version", "GET / HTTP/9.9\r\n\r\n"],
    ["with a body of no known end", HEAD.join("\r\n").replace("chunked", "gzip")],
  ])("is refused %s", async (_, sent) => {
    const answer = await answerTo(sent);
    expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request\r\n/);
    expect(answer).toContain("application/problem+json\r\n");
    expect(answer).toContain("urn:problem:bad-request");
  });

  it("is answered once", async () => {
    const answer = await answerTo(`${HEAD.join("\r\n")}no number\r\n`);
    expect(answer.match(/HTTP\/1.1 \d+/g)).toEqual(["HTTP/1.1 404"]);
  });

  it("is refused behind a request that was answered", async () => {
    const answer = await answerTo("GET /nowhere HTTP/1.1\r\nHost: test\r\n\r\n", "no HTTP\r\n\r\n");
    expect(answer.match(/HTTP\/1.1 \d+/g)).toEqual(["HTTP/1.1 404", "HTTP/1.1 400"]);
  });
});

describe("failures", () => {
  it("of the database are told as such", async () => {
    const gone = { code: "P1001", clientVersion: "0" };
    const { express } = withErrors(new Prisma.PrismaClientKnownRequestError("gone", gone));
    const answer = await asked(supertest(express));
    expect([answer.status, answer.body.type]).toEqual([503, "urn:problem:unavailable"]);
    expect(answer.headers["retry-after"]).toBe("1");
  });

  it("say nothing of what went wrong", async () => {
    const database = {
      ...service.database,
      ping: () => Promise.reject(new Error("secret")),
    };
    const { express, limiter } = createApp(service.settings, database);
    const ready = await supertest(express).get("/readyz");
    expect([ready.status, ready.body]).toEqual([
      503,
      { status: "error", checks: { database: "error" } },
    ]);
    await limiter.close();
  });

  it("of a table that is missing are logged, and 500", async () => {
    const scratch = await scratchDatabase();
    const settings = testSettings({ DATABASE_URL: scratch.url });
    const database = await openDatabase(settings);
    const { express, limiter } = createApp(settings, database);
    configureLogging("warning");
    expect(logger.level).toBe("warn");
    configureLogging("silent");
    const answer = await asked(supertest(express));
    expect(answer.status).toBe(500);
    expect(answer.body).toMatchObject({ type: "urn:problem:internal", status: 500 });
    expect(answer.text).not.toContain("table");
    await limiter.close();
    await database.close();
    await scratch.drop();
  });
});

describe("migrations", () => {
  it("run down and up again", async () => {
    const scratch = await scratchDatabase();
    const settings = testSettings({ DATABASE_URL: scratch.url });
    const done = await up(settings);
    expect(done.at(0)).toMatch(/^applied /);
    expect(await up(settings)).toEqual([]);
    for (const _ of done) expect((await down(settings)).at(0)).toMatch(/^took back /);
    expect(await down(settings)).toEqual(["nothing to take back"]);
    expect(await up(settings)).toEqual(done);
    await scratch.drop();
  });

  it("run once when several processes begin at once", async () => {
    const scratch = await scratchDatabase();
    const { SECRET_KEY } = service.settings;
    const env = { ...process.env, APP_ENV: "test", SECRET_KEY, DATABASE_URL: scratch.url };
    const words = ["--import", "tsx", "src/migrate.ts", "up"];
    const begin = () => promisify(execFile)(process.execPath, words, { env });
    const ended = await Promise.all([begin(), begin(), begin()]);
    const lines = ended.flatMap(({ stdout }) => stdout.trim().split("\n"));
    const applied = lines.filter((line) => line.startsWith("applied "));
    expect(applied).toEqual([...new Set(applied)]);
    expect(lines.length - applied.length).toBe(2);
    expect(await up(testSettings({ DATABASE_URL: scratch.url }))).toEqual([]);
    await scratch.drop();
  });

  it("want to be told where to", async () => {
    expect(await main([])).toContain("make migrate");
    process.exitCode = 0;
  });
});
