/** Passwords (Argon2id), access tokens (JWT) and refresh tokens (random). */

import { createHash, randomBytes, randomUUID } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import { type CryptoKey, jwtVerify, SignJWT } from "jose";
import { PROJECT, type Settings } from "../config.js";

const ALGORITHM = "HS256";
const HMAC = { name: "HMAC", hash: "SHA-256" };
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
export const ACCESS_TOKEN_SECONDS = 15 * 60;

/** As OWASP has it: Argon2id (the library's default) with 19 MiB and two passes. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const nobodysHash = hash(randomBytes(32), COST);

export function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

/** Takes as long when there is no such user. */
export async function verifyPassword(
  password: string,
  passwordHash: string | undefined,
): Promise<boolean> {
  const matches = await verify(passwordHash ?? (await nobodysHash), password);
  return matches && passwordHash !== undefined;
}

const keys = new WeakMap<Settings, Promise<CryptoKey>>();

function importKey(settings: Settings): Promise<CryptoKey> {
  const secret = new TextEncoder().encode(settings.SECRET_KEY);
  return crypto.subtle.importKey("raw", secret, HMAC, false, ["sign", "verify"]);
}

/** Imported once: that takes longer than to verify a token. */
function keyOf(settings: Settings): Promise<CryptoKey> {
  const key = keys.get(settings) ?? importKey(settings);
  keys.set(settings, key);
  return key;
}

export async function createAccessToken(settings: Settings, userId: string): Promise<string> {
  const issuedAt = Math.floor(Date.now() / 1000);
  return new SignJWT()
    .setProtectedHeader({ alg: ALGORITHM, typ: "JWT" })
    .setSubject(userId)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + ACCESS_TOKEN_SECONDS)
    .setJti(randomUUID())
    .setIssuer(PROJECT)
    .setAudience(PROJECT)
    .sign(await keyOf(settings));
}

/** The user's id, if the token is one of ours and has not expired. */
export async function readAccessToken(
  settings: Settings,
  token: string,
): Promise<string | undefined> {
  try {
    const { payload } = await jwtVerify(token, await keyOf(settings), {
      algorithms: [ALGORITHM],
      issuer: PROJECT,
      audience: PROJECT,
      requiredClaims: ["sub", "iat", "exp", "jti"],
      maxTokenAge: ACCESS_TOKEN_SECONDS,
    });
    return UUID.test(payload.sub ?? "") ? payload.sub : undefined;
  } catch {
    return undefined;
  }
}

export function createRefreshToken(): string {
  return randomBytes(32).toString("base64url");
}

/** Without a salt: what has 256 random bits cannot be guessed from its hash. */
export function hashRefreshToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
