import type { Response } from "express";
import { KEYS, pathUuid, read } from "../core/fields.js";
import { PREFIX } from "../core/openapi.js";
import { type Operation, send } from "../core/operations.js";
import type { Services } from "../core/services.js";
import { COMMENT_LISTING, CommentRepository } from "./repository.js";
import { CommentCreate, CommentPage, CommentRead, CommentUpdate } from "./schema.js";
import { CommentService } from "./service.js";

const PATH = `${PREFIX}/comments`;

export function commentOperations(services: Services): Operation[] {
  const { settings, database } = services;
  const comments = new CommentRepository(database);

  function service(response: Response): CommentService {
    return new CommentService(comments, response.locals.actor);
  }

  const every = { path: PATH, tag: "Comments" };
  const one = {
    path: `${PATH}/{comment_id}`,
    tag: "Comments",
    key: KEYS.uuid,
    parameters: [],
  };

  return [
    {
      ...every,
      method: "get",
      id: "listComments",
      actor: "anyone",
      parameters: COMMENT_LISTING.parameters,
      answer: CommentPage,
      async handle(request, response) {
        const query = COMMENT_LISTING.read(request.url, settings.SECRET_KEY);
        const page = await service(response).page(query);
        send(response, CommentPage, page);
      },
    },
    {
      ...every,
      method: "post",
      id: "createComment",
      actor: "user",
      parameters: [],
      body: CommentCreate,
      status: 201,
      answer: CommentRead,
      headers: ["Location"],
      refuses: [409],
      async handle(request, response) {
        const data = read(CommentCreate, request.body);
        const row = await service(response).create(data);
        response.status(201).set("Location", `${PATH}/${row.id}`);
        send(response, CommentRead, row);
      },
    },
    {
      ...one,
      method: "get",
      id: "getComment",
      actor: "anyone",
      answer: CommentRead,
      refuses: [404],
      async handle(request, response) {
        const id = pathUuid(request.params.comment_id);
        const row = await service(response).get(id);
        send(response, CommentRead, row);
      },
    },
    {
      ...one,
      method: "patch",
      id: "updateComment",
      actor: "user",
      body: CommentUpdate,
      answer: CommentRead,
      refuses: [403, 404, 409],
      async handle(request, response) {
        const id = pathUuid(request.params.comment_id);
        const data = read(CommentUpdate, request.body);
        const row = await service(response).update(id, data);
        send(response, CommentRead, row);
      },
    },
    {
      ...one,
      method: "delete",
      id: "deleteComment",
      actor: "user",
      status: 204,
      refuses: [403, 404, 409],
      async handle(request, response) {
        const id = pathUuid(request.params.comment_id);
        await service(response).delete(id);
        response.status(204).end();
      },
    },
  ];
}
