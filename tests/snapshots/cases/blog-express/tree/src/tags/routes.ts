import type { Response } from "express";
import { KEYS, pathUuid, read } from "../core/fields.js";
import { PREFIX } from "../core/openapi.js";
import { type Operation, send } from "../core/operations.js";
import type { Services } from "../core/services.js";
import { TAG_LISTING, TagRepository } from "./repository.js";
import { TagCreate, TagPage, TagRead, TagUpdate } from "./schema.js";
import { TagService } from "./service.js";

const PATH = `${PREFIX}/tags`;

export function tagOperations(services: Services): Operation[] {
  const { settings, database } = services;
  const tags = new TagRepository(database);

  function service(response: Response): TagService {
    return new TagService(tags, response.locals.actor);
  }

  const every = { path: PATH, tag: "Tags" };
  const one = {
    path: `${PATH}/{tag_id}`,
    tag: "Tags",
    key: KEYS.uuid,
    parameters: [],
  };

  return [
    {
      ...every,
      method: "get",
      id: "listTags",
      actor: "anyone",
      parameters: TAG_LISTING.parameters,
      answer: TagPage,
      async handle(request, response) {
        const query = TAG_LISTING.read(request.url, settings.SECRET_KEY);
        const page = await service(response).page(query);
        send(response, TagPage, page);
      },
    },
    {
      ...every,
      method: "post",
      id: "createTag",
      actor: "user",
      parameters: [],
      body: TagCreate,
      status: 201,
      answer: TagRead,
      headers: ["Location"],
      refuses: [403, 409],
      async handle(request, response) {
        const data = read(TagCreate, request.body);
        const row = await service(response).create(data);
        response.status(201).set("Location", `${PATH}/${row.id}`);
        send(response, TagRead, row);
      },
    },
    {
      ...one,
      method: "get",
      id: "getTag",
      actor: "anyone",
      answer: TagRead,
      refuses: [404],
      async handle(request, response) {
        const id = pathUuid(request.params.tag_id);
        const row = await service(response).get(id);
        send(response, TagRead, row);
      },
    },
    {
      ...one,
      method: "patch",
      id: "updateTag",
      actor: "user",
      body: TagUpdate,
      answer: TagRead,
      refuses: [403, 404, 409],
      async handle(request, response) {
        const id = pathUuid(request.params.tag_id);
        const data = read(TagUpdate, request.body);
        const row = await service(response).update(id, data);
        send(response, TagRead, row);
      },
    },
    {
      ...one,
      method: "delete",
      id: "deleteTag",
      actor: "user",
      status: 204,
      refuses: [403, 404, 409],
      async handle(request, response) {
        const id = pathUuid(request.params.tag_id);
        await service(response).delete(id);
        response.status(204).end();
      },
    },
  ];
}
