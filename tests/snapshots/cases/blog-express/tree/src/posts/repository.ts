import type { Database } from "../core/database.js";
import * as kinds from "../core/kinds.js";
import { Listing } from "../core/listing.js";
import { Repository } from "../core/repository.js";
import type { Table } from "../core/table.js";
import { TAG_TABLE } from "../tags/repository.js";
import { PostStatus } from "./schema.js";

export interface PostRow {
  id: string;
  owner_id: string;
  title: string;
  slug: string;
  body: string;
  status: (typeof PostStatus)[number];
  published_at: string | null;
  tag_ids: string[];
  created_at: string;
  updated_at: string;
}

export const POST_TABLE: Table = {
  name: "posts",
  access: {
    list: "public",
    read: "public",
    create: "authenticated",
    update: "owner",
    delete: "owner",
  },
  columns: {
    id: kinds.uuid,
    owner_id: kinds.uuid,
    title: kinds.string,
    slug: kinds.slug,
    body: kinds.text,
    status: kinds.choice(PostStatus),
    published_at: kinds.optional(kinds.datetime),
    created_at: kinds.datetime,
    updated_at: kinds.datetime,
  },
  automatic: ["created_at", "updated_at"],
  uniques: {
    uq_posts_slug: ["slug"],
  },
  toMany: [
    {
      key: "tag_ids",
      relation: "tags",
      join: "posts_tags",
      left: "post_id",
      right: "tag_id",
      kind: kinds.uuid,
      target: () => TAG_TABLE,
    },
  ],
};

export const POST_LISTING = new Listing({
  table: POST_TABLE,
  search: ["title", "body"],
  sort: "-created_at",
});

export class PostRepository extends Repository<PostRow> {
  constructor(database: Database) {
    super(POST_TABLE, database, (client) => client.post);
  }
}
