import type { Database } from "../core/database.js";
import * as kinds from "../core/kinds.js";
import { Listing } from "../core/listing.js";
import { Repository } from "../core/repository.js";
import type { Table } from "../core/table.js";

export interface TagRow {
  id: string;
  name: string;
  created_at: string;
  updated_at: string;
}

export const TAG_TABLE: Table = {
  name: "tags",
  access: {
    list: "public",
    read: "public",
    create: "admin",
    update: "admin",
    delete: "admin",
  },
  columns: {
    id: kinds.uuid,
    name: kinds.string,
    created_at: kinds.datetime,
    updated_at: kinds.datetime,
  },
  automatic: ["created_at", "updated_at"],
  uniques: {
    uq_tags_name: ["name"],
  },
};

export const TAG_LISTING = new Listing({
  table: TAG_TABLE,
  sort: "-created_at",
});

export class TagRepository extends Repository<TagRow> {
  constructor(database: Database) {
    super(TAG_TABLE, database, (client) => client.tag);
  }
}
