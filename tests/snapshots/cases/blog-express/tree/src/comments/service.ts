/** What can be done with comments, and by whom. */

import { type Action, type Actor, admit, authorize } from "../core/access.js";
import { NotFound } from "../core/errors.js";
import type { ListQuery, Page } from "../core/listing.js";
import { COMMENT_TABLE, type CommentRepository, type CommentRow } from "./repository.js";
import type { CommentCreate, CommentUpdate } from "./schema.js";

export class CommentService {
  readonly #comments: CommentRepository;
  readonly #actor: Actor;

  constructor(comments: CommentRepository, actor: Actor) {
    this.#comments = comments;
    this.#actor = actor;
  }

  async page(query: ListQuery): Promise<Page<CommentRow>> {
    admit(this.#actor, "list", COMMENT_TABLE);
    return this.#comments.page(query, this.#actor);
  }

  get(id: string): Promise<CommentRow> {
    return this.#find(id, "read");
  }

  async create(data: CommentCreate): Promise<CommentRow> {
    admit(this.#actor, "create", COMMENT_TABLE);
    await this.#comments.resolve(data, this.#actor);
    return this.#comments.create({ ...data, owner_id: this.#actor.id });
  }

  async update(id: string, data: CommentUpdate): Promise<CommentRow> {
    const row = await this.#find(id, "update");
    await this.#comments.resolve(data, this.#actor);
    return this.#comments.update(row, data);
  }

  async delete(id: string): Promise<void> {
    const row = await this.#find(id, "delete");
    await this.#comments.delete(row);
  }

  async #find(id: string, action: Action): Promise<CommentRow> {
    admit(this.#actor, action, COMMENT_TABLE);
    const row = await this.#comments.get(id);
    if (!row) throw new NotFound();
    authorize(this.#actor, action, COMMENT_TABLE, row);
    return row;
  }
}
