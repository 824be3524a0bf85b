import { read } from "../core/fields.js";
import { PREFIX } from "../core/openapi.js";
import { type Operation, send } from "../core/operations.js";
import { clientAddress } from "../core/rate-limit.js";
import type { Services } from "../core/services.js";
import { UserRepository } from "../users/repository.js";
import { Registration, UserRead, UserUpdate } from "../users/schema.js";
import { Login, PasswordChange, Token, TokenPair } from "./schema.js";
import { AuthService } from "./service.js";

export function authOperations({ settings, database, limiter }: Services): Operation[] {
  const auth = new AuthService(new UserRepository(database), settings);
  const limited = (name: string) => ({
    path: `${PREFIX}/auth/${name}`,
    before: [limiter.limit(name, settings.RATE_LIMIT_AUTH, clientAddress)],
  });
  return [
    {
      ...limited("register"),
      method: "post",
      id: "register",
      tag: "auth",
      body: Registration,
      status: 201,
      answer: UserRead,
      refuses: [409],
      async handle(request, response) {
        const user = await auth.register(read(Registration, request.body));
        send(response.status(201), UserRead, user);
      },
    },
    {
      ...limited("login"),
      method: "post",
      id: "logIn",
      tag: "auth",
      body: Login,
      answer: TokenPair,
      refuses: [401],
      async handle(request, response) {
        send(response, TokenPair, await auth.logIn(read(Login, request.body)));
      },
    },
    {
      ...limited("refresh"),
      method: "post",
      id: "refresh",
      tag: "auth",
      body: Token,
      answer: TokenPair,
      refuses: [401],
      async handle(request, response) {
        const { refresh_token } = read(Token, request.body);
        send(response, TokenPair, await auth.refresh(refresh_token));
      },
    },
    {
      method: "post",
      path: `${PREFIX}/auth/logout`,
      id: "logOut",
      tag: "auth",
      body: Token,
      status: 204,
      async handle(request, response) {
        const { refresh_token } = read(Token, request.body);
        await auth.logOut(refresh_token);
        response.status(204).end();
      },
    },
    {
      method: "get",
      path: `${PREFIX}/auth/me`,
      id: "readMe",
      tag: "auth",
      actor: "user",
      answer: UserRead,
      async handle(_request, response) {
        send(response, UserRead, await auth.get(response.locals.actor));
      },
    },
    {
      method: "patch",
      path: `${PREFIX}/auth/me`,
      id: "updateMe",
      tag: "auth",
      actor: "user",
      body: UserUpdate,
      answer: UserRead,
      refuses: [409],
      async handle(request, response) {
        const data = read(UserUpdate, request.body);
        send(response, UserRead, await auth.update(response.locals.actor, data));
      },
    },
    {
      method: "post",
      path: `${PREFIX}/auth/password`,
      id: "changePassword",
      tag: "auth",
      actor: "user",
      body: PasswordChange,
      status: 204,
      async handle(request, response) {
        await auth.changePassword(response.locals.actor, read(PasswordChange, request.body));
        response.status(204).end();
      },
    },
  ];
}
