/** What a post is made of in the tests. */

import { POST_TABLE, PostRepository } from "../../src/posts/repository.js";
import { PostService } from "../../src/posts/service.js";
import type { Sample } from "../support/samples.js";
import { TAG } from "../tags/samples.js";

export const POST: Sample = {
  path: "/api/v1/posts",
  table: POST_TABLE,
  access: {
    list: "public",
    read: "public",
    create: "authenticated",
    update: "owner",
    delete: "owner",
  },
  open: (database) => new PostRepository(database),
  serve: (database, actor) => {
    const rows = new PostRepository(database);
    return new PostService(rows, actor);
  },
  fields: [
    {
      key: "title",
      type: "string",
      example: "Example title",
      other: "Other title",
      length: 200,
    },
    {
      key: "slug",
      type: "slug",
      example: "first-example",
      other: "second-example",
      varies: true,
    },
    {
      key: "body",
      type: "text",
      example: "Example body",
      other: "Other body",
    },
    {
      key: "status",
      type: "enum",
      example: "draft",
      other: "published",
      default: "draft",
      values: ["draft", "published"],
    },
    {
      key: "published_at",
      type: "datetime",
      example: "2026-01-02T03:04:05Z",
      other: "2026-06-07T08:09:10Z",
      default: null,
      isOptional: true,
    },
  ],
  references: [],
  lists: [
    {
      key: "tag_ids",
      target: () => TAG,
    },
  ],
  uniques: [],
  search: ["title", "body"],
};
