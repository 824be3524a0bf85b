import { OPEN } from "../core/access.js";
import type { Database } from "../core/database.js";
import * as kinds from "../core/kinds.js";
import { Repository } from "../core/repository.js";
import type { Table } from "../core/table.js";
import { Role } from "./schema.js";

export interface User {
  id: string;
  email: string;
  password_hash: string;
  role: (typeof Role)[number];
  is_active: boolean;
  created_at: string;
  updated_at: string;
}

/** Open, because users are never listed: only other rows refer to them. */
export const USER_TABLE: Table = {
  name: "users",
  access: OPEN,
  columns: {
    id: kinds.uuid,
    email: kinds.email,
    password_hash: kinds.hidden(kinds.string),
    role: kinds.choice(Role),
    is_active: kinds.hidden(kinds.bool),
    created_at: kinds.datetime,
    updated_at: kinds.datetime,
  },
  automatic: ["created_at", "updated_at"],
  uniques: {
    uq_users_email: ["email"],
  },
};

export class UserRepository extends Repository<User> {
  constructor(database: Database) {
    super(USER_TABLE, database, (client) => client.user);
  }
}
