import type { Response } from "express";
import { KEYS, pathUuid, read } from "../core/fields.js";
import { PREFIX } from "../core/openapi.js";
import { type Operation, send } from "../core/operations.js";
import type { Services } from "../core/services.js";
import { POST_LISTING, PostRepository } from "./repository.js";
import { PostCreate, PostPage, PostRead, PostUpdate } from "./schema.js";
import { PostService } from "./service.js";

const PATH = `${PREFIX}/posts`;

export function postOperations(services: Services): Operation[] {
  const { settings, database } = services;
  const posts = new PostRepository(database);

  function service(response: Response): PostService {
    return new PostService(posts, response.locals.actor);
  }

  const every = { path: PATH, tag: "Posts" };
  const one = {
    path: `${PATH}/{post_id}`,
    tag: "Posts",
    key: KEYS.uuid,
    parameters: [],
  };

  return [
    {
      ...every,
      method: "get",
      id: "listPosts",
      actor: "anyone",
      parameters: POST_LISTING.parameters,
      answer: PostPage,
      async handle(request, response) {
        const query = POST_LISTING.read(request.url, settings.SECRET_KEY);
        const page = await service(response).page(query);
        send(response, PostPage, page);
      },
    },
    {
      ...every,
      method: "post",
      id: "createPost",
      actor: "user",
      parameters: [],
      body: PostCreate,
      status: 201,
      answer: PostRead,
      headers: ["Location"],
      refuses: [409],
      async handle(request, response) {
        const data = read(PostCreate, request.body);
        const row = await service(response).create(data);
        response.status(201).set("Location", `${PATH}/${row.id}`);
        send(response, PostRead, row);
      },
    },
    {
      ...one,
      method: "get",
      id: "getPost",
      actor: "anyone",
      answer: PostRead,
      refuses: [404],
      async handle(request, response) {
        const id = pathUuid(request.params.post_id);
        const row = await service(response).get(id);
        send(response, PostRead, row);
      },
    },
    {
      ...one,
      method: "patch",
      id: "updatePost",
      actor: "user",
      body: PostUpdate,
      answer: PostRead,
      refuses: [403, 404, 409],
      async handle(request, response) {
        const id = pathUuid(request.params.post_id);
        const data = read(PostUpdate, request.body);
        const row = await service(response).update(id, data);
        send(response, PostRead, row);
      },
    },
    {
      ...one,
      method: "delete",
      id: "deletePost",
      actor: "user",
      status: 204,
      refuses: [403, 404, 409],
      async handle(request, response) {
        const id = pathUuid(request.params.post_id);
        await service(response).delete(id);
        response.status(204).end();
      },
    },
  ];
}
