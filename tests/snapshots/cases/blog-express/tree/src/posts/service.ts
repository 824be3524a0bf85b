/** What can be done with posts, and by whom. */

import { type Action, type Actor, admit, authorize } from "../core/access.js";
import { NotFound } from "../core/errors.js";
import type { ListQuery, Page } from "../core/listing.js";
import { POST_TABLE, type PostRepository, type PostRow } from "./repository.js";
import type { PostCreate, PostUpdate } from "./schema.js";

export class PostService {
  readonly #posts: PostRepository;
  readonly #actor: Actor;

  constructor(posts: PostRepository, actor: Actor) {
    this.#posts = posts;
    this.#actor = actor;
  }

  async page(query: ListQuery): Promise<Page<PostRow>> {
    admit(this.#actor, "list", POST_TABLE);
    return this.#posts.page(query, this.#actor);
  }

  get(id: string): Promise<PostRow> {
    return this.#find(id, "read");
  }

  async create(data: PostCreate): Promise<PostRow> {
    admit(this.#actor, "create", POST_TABLE);
    await this.#posts.resolve(data, this.#actor);
    return this.#posts.create({ ...data, owner_id: this.#actor.id });
  }

  async update(id: string, data: PostUpdate): Promise<PostRow> {
    const row = await this.#find(id, "update");
    await this.#posts.resolve(data, this.#actor);
    return this.#posts.update(row, data);
  }

  async delete(id: string): Promise<void> {
    const row = await this.#find(id, "delete");
    await this.#posts.delete(row);
  }

  async #find(id: string, action: Action): Promise<PostRow> {
    admit(this.#actor, action, POST_TABLE);
    const row = await this.#posts.get(id);
    if (!row) throw new NotFound();
    authorize(this.#actor, action, POST_TABLE, row);
    return row;
  }
}
