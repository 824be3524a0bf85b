/** What a tag is made of in the tests. */

import { TAG_TABLE, TagRepository } from "../../src/tags/repository.js";
import { TagService } from "../../src/tags/service.js";
import type { Sample } from "../support/samples.js";

export const TAG: Sample = {
  path: "/api/v1/tags",
  table: TAG_TABLE,
  access: {
    list: "public",
    read: "public",
    create: "admin",
    update: "admin",
    delete: "admin",
  },
  open: (database) => new TagRepository(database),
  serve: (database, actor) => {
    const rows = new TagRepository(database);
    return new TagService(rows, actor);
  },
  fields: [
    {
      key: "name",
      type: "string",
      example: "Example name",
      other: "Other name",
      varies: true,
      length: 40,
    },
  ],
  references: [],
  lists: [],
  uniques: [],
  search: [],
};
