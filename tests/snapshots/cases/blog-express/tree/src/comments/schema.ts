import { z } from "zod";
import { body, changes, optional, page, shown, string, uuid, view } from "../core/fields.js";

const READONLY = ["id", "owner_id", "created_at", "updated_at"];

const fields = {
  body: string({ min: 1 }),
  post_id: uuid(),
  reply_to_id: optional(uuid()),
};

export const CommentCreate = body("CommentCreate", fields, READONLY);
export type CommentCreate = z.output<typeof CommentCreate>;

export const CommentUpdate = body("CommentUpdate", changes(fields), READONLY);
export type CommentUpdate = z.output<typeof CommentUpdate>;

const visible = {
  id: shown.uuid(),
  owner_id: shown.uuid(),
  body: z.string(),
  post_id: shown.uuid(),
  reply_to_id: shown.uuid().nullable(),
  created_at: shown.datetime(),
  updated_at: shown.datetime(),
};

export const CommentRead = view("CommentRead", visible);

export const CommentPage = page("CommentPage", CommentRead);
