import { z } from "zod";
import { body, changes, page, shown, string, view } from "../core/fields.js";

const READONLY = ["id", "created_at", "updated_at"];

const fields = {
  name: string({ max: 40 }),
};

export const TagCreate = body("TagCreate", fields, READONLY);
export type TagCreate = z.output<typeof TagCreate>;

export const TagUpdate = body("TagUpdate", changes(fields), READONLY);
export type TagUpdate = z.output<typeof TagUpdate>;

const visible = {
  id: shown.uuid(),
  name: z.string(),
  created_at: shown.datetime(),
  updated_at: shown.datetime(),
};

export const TagRead = view("TagRead", visible);

export const TagPage = page("TagPage", TagRead);
