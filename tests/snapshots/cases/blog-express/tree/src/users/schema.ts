import { z } from "zod";
import { password } from "../auth/schema.js";
import { body, changes, email, lowerCase, shown, view } from "../core/fields.js";

export const Role = ["user", "admin"] as const;

const READONLY = ["id", "role", "created_at", "updated_at"];

const fields = {
  email: lowerCase(email()),
};

export const Registration = body(
  "Registration",
  {
    ...fields,
    password: password(),
  },
  READONLY,
);
export type Registration = z.output<typeof Registration>;

export const UserUpdate = body("UserUpdate", changes(fields), READONLY);
export type UserUpdate = z.output<typeof UserUpdate>;

export const UserRead = view("UserRead", {
  id: shown.uuid(),
  email: z.string(),
  role: z.enum(Role),
  created_at: shown.datetime(),
  updated_at: shown.datetime(),
});
