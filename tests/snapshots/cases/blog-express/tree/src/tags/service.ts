/** What can be done with tags, and by whom. */

import { type Action, type Actor, admit, authorize } from "../core/access.js";
import { NotFound } from "../core/errors.js";
import type { ListQuery, Page } from "../core/listing.js";
import { TAG_TABLE, type TagRepository, type TagRow } from "./repository.js";
import type { TagCreate, TagUpdate } from "./schema.js";

export class TagService {
  readonly #tags: TagRepository;
  readonly #actor: Actor;

  constructor(tags: TagRepository, actor: Actor) {
    this.#tags = tags;
    this.#actor = actor;
  }

  async page(query: ListQuery): Promise<Page<TagRow>> {
    admit(this.#actor, "list", TAG_TABLE);
    return this.#tags.page(query, this.#actor);
  }

  get(id: string): Promise<TagRow> {
    return this.#find(id, "read");
  }

  async create(data: TagCreate): Promise<TagRow> {
    admit(this.#actor, "create", TAG_TABLE);
    await this.#tags.resolve(data, this.#actor);
    return this.#tags.create(data);
  }

  async update(id: string, data: TagUpdate): Promise<TagRow> {
    const row = await this.#find(id, "update");
    await this.#tags.resolve(data, this.#actor);
    return this.#tags.update(row, data);
  }

  async delete(id: string): Promise<void> {
    const row = await this.#find(id, "delete");
    await this.#tags.delete(row);
  }

  async #find(id: string, action: Action): Promise<TagRow> {
    admit(this.#actor, action, TAG_TABLE);
    const row = await this.#tags.get(id);
    if (!row) throw new NotFound();
    authorize(this.#actor, action, TAG_TABLE, row);
    return row;
  }
}
