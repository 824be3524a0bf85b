/** What a comment is made of in the tests. */

import { COMMENT_TABLE, CommentRepository } from "../../src/comments/repository.js";
import { CommentService } from "../../src/comments/service.js";
import { POST } from "../posts/samples.js";
import type { Sample } from "../support/samples.js";

export const COMMENT: Sample = {
  path: "/api/v1/comments",
  table: COMMENT_TABLE,
  access: {
    list: "public",
    read: "public",
    create: "authenticated",
    update: "owner",
    delete: "owner",
  },
  open: (database) => new CommentRepository(database),
  serve: (database, actor) => {
    const rows = new CommentRepository(database);
    return new CommentService(rows, actor);
  },
  fields: [
    {
      key: "body",
      type: "text",
      example: "Example body",
      other: "Other body",
      minLength: 1,
    },
  ],
  references: [
    {
      key: "post_id",
      onDelete: "cascade",
      target: () => POST,
    },
    {
      key: "reply_to_id",
      isOptional: true,
      onDelete: "cascade",
      target: () => COMMENT,
    },
  ],
  lists: [],
  uniques: [],
  search: [],
};
