import { z } from "zod";
import { body, string } from "../core/fields.js";
import { ACCESS_TOKEN_SECONDS } from "./security.js";

export const password = () => string({ min: 8, max: 128 });

/** Any string may be asked for: only the answer says whether it is right. */
export const Login = body("Login", { email: string(), password: string() });
export type Login = z.output<typeof Login>;

export const Token = body("Token", { refresh_token: string() });

export const PasswordChange = body("PasswordChange", {
  current_password: string(),
  new_password: password(),
});
export type PasswordChange = z.output<typeof PasswordChange>;

export const TokenPair = z
  .object({
    access_token: z.string(),
    refresh_token: z.string(),
    token_type: z.literal("bearer").optional().meta({ default: "bearer" }),
    expires_in: z.number().optional().meta({ type: "integer", default: ACCESS_TOKEN_SECONDS }),
  })
  .meta({ id: "TokenPair" });
export type TokenPair = z.output<typeof TokenPair>;
