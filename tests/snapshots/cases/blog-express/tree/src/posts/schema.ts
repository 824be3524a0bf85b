import { z } from "zod";
import {
  body,
  changes,
  datetime,
  ids,
  oneOf,
  optional,
  page,
  shown,
  slug,
  string,
  uuid,
  view,
} from "../core/fields.js";

export const PostStatus = ["draft", "published"] as const;

const READONLY = ["id", "owner_id", "created_at", "updated_at"];

const fields = {
  title: string({ max: 200 }),
  slug: slug(),
  body: string(),
  status: oneOf(PostStatus).default("draft"),
  published_at: optional(datetime()),
  tag_ids: ids(uuid()).default([]),
};

export const PostCreate = body("PostCreate", fields, READONLY);
export type PostCreate = z.output<typeof PostCreate>;

export const PostUpdate = body("PostUpdate", changes(fields), READONLY);
export type PostUpdate = z.output<typeof PostUpdate>;

const visible = {
  id: shown.uuid(),
  owner_id: shown.uuid(),
  title: z.string(),
  slug: z.string(),
  body: z.string(),
  status: z.enum(PostStatus),
  published_at: shown.datetime().nullable(),
  tag_ids: z.array(shown.uuid()),
  created_at: shown.datetime(),
  updated_at: shown.datetime(),
};

export const PostRead = view("PostRead", visible);

export const PostPage = page("PostPage", PostRead);
