/** Accounts, and the sessions that a login begins. */

import { randomUUID } from "node:crypto";
import type { Settings } from "../config.js";
import { type Actor, ANONYMOUS } from "../core/access.js";
import { column, SHARED } from "../core/dialect.js";
import { Invalid, Unauthorized } from "../core/errors.js";
import { uuid7 } from "../core/ids.js";
import { all } from "../core/table.js";
import { later, now, storedInstant } from "../core/times.js";
import { Prisma } from "../generated/prisma/client.js";
import type { User, UserRepository } from "../users/repository.js";
import type { Registration, UserUpdate } from "../users/schema.js";
import type { Login, PasswordChange, TokenPair } from "./schema.js";
import {
  ACCESS_TOKEN_SECONDS,
  createAccessToken,
  createRefreshToken,
  hashPassword,
  hashRefreshToken,
  verifyPassword,
} from "./security.js";

const WRONG = "The e-mail address or the password is wrong";
const REFRESH_TOKEN_SECONDS = 30 * 24 * 3600;

export type Role = "user" | "admin";

/** No transaction is open while a password is hashed, which takes long on purpose. */
export class AuthService {
  readonly #users: UserRepository;
  readonly #settings: Settings;

  constructor(users: UserRepository, settings: Settings) {
    this.#users = users;
    this.#settings = settings;
  }

  async register({ password, ...data }: Registration, role: Role = "user"): Promise<User> {
    const password_hash = await hashPassword(password);
    await this.#users.resolve(data, ANONYMOUS);
    return this.#users.create({ ...data, password_hash, role });
  }

  async get(actor: Actor): Promise<User> {
    const user = await this.#users.get(actor.id ?? "");
    if (!user) throw new Unauthorized();
    return user;
  }

  async update(actor: Actor, data: UserUpdate): Promise<User> {
    const user = await this.get(actor);
    await this.#users.resolve(data, actor);
    return this.#users.update(user, data);
  }

  async logIn({ email, password }: Login): Promise<TokenPair> {
    const user = await this.#users.client.user.findUnique({
      where: { email: email.toLowerCase() },
      select: { id: true, password_hash: true },
    });
    const isRight = await verifyPassword(password, user?.password_hash);
    if (!user || !isRight) throw new Unauthorized(WRONG);
    return this.#users.client.$transaction(async (client) => {
      if (!(await this.#stands(client, user.id, user.password_hash))) throw new Unauthorized(WRONG);
      const expires_at = { lt: storedInstant(now()) };
      await client.refreshToken.deleteMany({ where: { user_id: user.id, expires_at } });
      return this.#issue(client, user.id, randomUUID());
    });
  }

  /** The condition of the update lets only one of two that race find the token unused. */
  async refresh(sent: string): Promise<TokenPair> {
    const token_hash = hashRefreshToken(sent);
    const { client } = this.#users;
    const token = await client.refreshToken.findUnique({ where: { token_hash } });
    if (!token) throw new Unauthorized("The refresh token is not valid");
    const { id, user_id, family_id } = token;
    const isDead = token.used_at !== null || token.expires_at <= storedInstant(now());
    const pair = await client.$transaction(async (transaction) => {
      if (isDead || !(await this.#stands(transaction, user_id))) return undefined;
      const { count } = await transaction.refreshToken.updateMany({
        where: { id, used_at: null },
        data: { used_at: storedInstant(now()) },
      });
      return count === 1 ? this.#issue(transaction, user_id, family_id) : undefined;
    });
    if (pair) return pair;
    if (isDead) await client.refreshToken.deleteMany({ where: { family_id } });
    throw new Unauthorized("The refresh token is not valid");
  }

  async logOut(sent: string): Promise<void> {
    const { client } = this.#users;
    const token_hash = hashRefreshToken(sent);
    const token = await client.refreshToken.findUnique({ where: { token_hash } });
    if (token) await client.refreshToken.deleteMany({ where: { family_id: token.family_id } });
  }

  async changePassword(actor: Actor, data: PasswordChange): Promise<void> {
    const { client } = this.#users;
    const { id, password_hash: known } = await this.get(actor);
    if (!(await verifyPassword(data.current_password, known))) {
      const message = "Is not the current password";
      throw new Invalid([{ field: "body.current_password", code: "invalid", message }]);
    }
    const password_hash = await hashPassword(data.new_password);
    await client.$transaction([
      client.user.update({ where: { id }, data: { password_hash } }),
      client.refreshToken.deleteMany({ where: { user_id: id } }),
    ]);
  }

  /** Locks the user: a new password waits for what is issued, and then revokes it. */
  async #stands(
    client: Prisma.TransactionClient,
    id: string,
    passwordHash?: string,
  ): Promise<boolean> {
    const where = all([
      Prisma.sql`${column("id")} = ${id}`,
      column("is_active"),
      ...(passwordHash ? [Prisma.sql`${column("password_hash")} = ${passwordHash}`] : []),
    ]);
    const users = column(this.#users.table.name);
    const found: unknown[] = await client.$queryRaw(
      Prisma.sql`SELECT ${column("id")} FROM ${users} WHERE ${where} ${SHARED}`,
    );
    return found.length > 0;
  }

  async #issue(
    client: Prisma.TransactionClient,
    user_id: string,
    family_id: string,
  ): Promise<TokenPair> {
    const token = createRefreshToken();
    await client.refreshToken.create({
      data: {
        id: uuid7(),
        user_id,
        family_id,
        token_hash: hashRefreshToken(token),
        expires_at: storedInstant(later(REFRESH_TOKEN_SECONDS)),
        created_at: storedInstant(now()),
      },
    });
    const access_token = await createAccessToken(this.#settings, user_id);
    return {
      access_token,
      refresh_token: token,
      token_type: "bearer",
      expires_in: ACCESS_TOKEN_SECONDS,
    };
  }
}
