import type { Database } from "../core/database.js";
import * as kinds from "../core/kinds.js";
import { Listing } from "../core/listing.js";
import { Repository } from "../core/repository.js";
import type { Table } from "../core/table.js";
import { POST_TABLE } from "../posts/repository.js";

export interface CommentRow {
  id: string;
  owner_id: string;
  body: string;
  post_id: string;
  reply_to_id: string | null;
  created_at: string;
  updated_at: string;
}

export const COMMENT_TABLE: Table = {
  name: "comments",
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
    body: kinds.text,
    post_id: kinds.uuid,
    reply_to_id: kinds.optional(kinds.uuid),
    created_at: kinds.datetime,
    updated_at: kinds.datetime,
  },
  automatic: ["created_at", "updated_at"],
  toOne: [
    {
      key: "post_id",
      constraint: "fk_comments_post_id_posts",
      target: () => POST_TABLE,
    },
    {
      key: "reply_to_id",
      constraint: "fk_comments_reply_to_id_comments",
      target: () => COMMENT_TABLE,
    },
  ],
};

export const COMMENT_LISTING = new Listing({
  table: COMMENT_TABLE,
  sort: "-created_at",
});

export class CommentRepository extends Repository<CommentRow> {
  constructor(database: Database) {
    super(COMMENT_TABLE, database, (client) => client.comment);
  }
}
