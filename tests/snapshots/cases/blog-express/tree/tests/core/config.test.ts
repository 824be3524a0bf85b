import { describe, expect, it } from "vitest";
import { databaseUrl, readSettings } from "../../src/config.js";

const SECRET_KEY = "a-secret-key-for-tests-that-is-long-enough";
const DATABASE_URL = "sqlite:///./test.db";
const GOOD = { APP_ENV: "production", SECRET_KEY, DATABASE_URL };

function wrong(changes: NodeJS.ProcessEnv): string {
  try {
    readSettings({ ...GOOD, ...changes });
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

describe("settings", () => {
  it("have defaults in development", () => {
    const settings = readSettings({});
    expect(settings).toMatchObject({ APP_ENV: "development", PORT: 8000, DOCS_ENABLED: true });
    expect(settings.SECRET_KEY.length).toBeGreaterThanOrEqual(32);
  });

  it("are read from text", () => {
    const settings = readSettings({
      ...GOOD,
      CORS_ORIGINS: "https://a.example, http://b.example:8080",
      TRUSTED_PROXIES: "10.0.0.0/8,::1",
      DOCS_ENABLED: "",
      LOG_LEVEL: "WARNING",
      DB_TIMEOUT_SECONDS: "0.5",
    });
    expect(settings).toMatchObject({
      CORS_ORIGINS: ["https://a.example", "http://b.example:8080"],
      TRUSTED_PROXIES: ["10.0.0.0/8", "::1"],
      DOCS_ENABLED: false,
      LOG_LEVEL: "warning",
      DB_TIMEOUT_SECONDS: 0.5,
    });
  });

  it.each([
    [{ APP_ENV: "staging" }, "APP_ENV"],
    [{ PORT: "70000" }, "PORT: must be a whole number from 0 to 65535"],
    [{ PORT: "x" }, "PORT"],
    [{ DATABASE_URL: "" }, "DATABASE_URL: must be set outside development"],
    [{ DATABASE_URL: "oracle://x" }, "DATABASE_URL: must"],
    [{ SECRET_KEY: "short" }, "SECRET_KEY: must be 32 random characters"],
    [{ SECRET_KEY: "" }, "SECRET_KEY"],
    [{ SECRET_KEY: readSettings({}).SECRET_KEY }, "SECRET_KEY"],
    [{ REDIS_URL: "http://x" }, "REDIS_URL: must begin with redis://"],
    [{ CORS_ORIGINS: "https://a.example/path" }, "is not an origin"],
    [{ TRUSTED_PROXIES: "10.0.0.0/99" }, "is not an address or network"],
    [{ TRUSTED_PROXIES: "localhost" }, "is not an address or network"],
    [{ RATE_LIMIT_DEFAULT: "often" }, "must be a rate like 600/minute, or off"],
    [{ DOCS_ENABLED: "maybe" }, "DOCS_ENABLED: must be true or false"],
    [{ LOG_LEVEL: "loud" }, "LOG_LEVEL"],
    [{ DB_TIMEOUT_SECONDS: "0" }, "DB_TIMEOUT_SECONDS: must be over 0"],
  ])("%j", (changes, message) => expect(wrong(changes)).toContain(message));

  it("tell everything that is wrong at once", () => {
    const message = wrong({ PORT: "x", LOG_LEVEL: "loud" });
    expect(message.split("\n")).toHaveLength(3);
  });

  it("know their database", () => {
    expect(databaseUrl(DATABASE_URL)).toBeDefined();
    expect(databaseUrl("nonsense")).toBeUndefined();
  });
});
