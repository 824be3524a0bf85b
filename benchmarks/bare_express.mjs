/**
 * The posts of examples/blog.yaml in one file, as a good developer writes them by hand.
 *
 * Validation, Prisma's client, keyset paging, the tags of a page in one query and one transaction per write; no log,
 * no metrics, no authentication, no rate limit. It serves the database that the generated project has migrated,
 * with the client and the driver adapter of that project.
 */

import { randomUUID } from "node:crypto";
import express from "express";
import { z } from "zod";
import { Prisma, PrismaClient } from "./dist/generated/prisma/client.js";

const { DATABASE_URL: url, HOST, PORT, OWNER_ID: owner_id } = process.env;

async function adapterOf() {
  if (url.startsWith("sqlite")) {
    const { PrismaLibSql } = await import("@prisma/adapter-libsql");
    return new PrismaLibSql({ url: url.replace("sqlite:///", "file:"), intMode: "bigint" });
  }
  const { PrismaPg } = await import("@prisma/adapter-pg");
  return new PrismaPg({ connectionString: url, max: 10 });
}

const prisma = new PrismaClient({ adapter: await adapterOf() });
if (url.startsWith("sqlite")) await prisma.$queryRawUnsafe("PRAGMA journal_mode = WAL");

const PostCreate = z.strictObject({
  title: z.string().max(200),
  slug: z
    .string()
    .max(255)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  body: z.string(),
  status: z.enum(["draft", "published"]).default("draft"),
  published_at: z.iso.datetime().nullable().default(null),
  tag_ids: z.array(z.uuid()).default([]),
});

const PostPage = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().optional(),
});

const withTags = { include: { tags: { select: { tag_id: true } } } };

function shown({ tags, ...post }) {
  return { ...post, tag_ids: tags.map(({ tag_id }) => tag_id) };
}

const app = express();
app.use(express.json());

/** For whoever waits until it serves. */
app.get("/readyz", (_request, response) => {
  response.end();
});

app.get("/api/v1/posts", async (request, response) => {
  const { limit, cursor } = PostPage.parse(request.query);
  const [created_at, id] = cursor?.split("_") ?? [];
  const posts = await prisma.post.findMany({
    where: cursor && { OR: [{ created_at: { lt: created_at } }, { created_at, id: { gt: id } }] },
    orderBy: [{ created_at: "desc" }, { id: "asc" }],
    take: limit + 1,
    ...withTags,
  });
  const items = posts.slice(0, limit).map(shown);
  const last = items.at(-1);
  const next_cursor = posts.length > limit ? `${last.created_at}_${last.id}` : null;
  response.json({ items, next_cursor });
});

app.post("/api/v1/posts", async (request, response) => {
  const { tag_ids, ...data } = PostCreate.parse(request.body);
  const found = await prisma.tag.count({ where: { id: { in: tag_ids } } });
  if (found !== tag_ids.length) {
    response.status(422).json({ detail: "there is no such tag" });
    return;
  }
  const now = new Date().toISOString();
  const post = await prisma.post.create({
    data: {
      ...data,
      id: randomUUID(),
      owner_id,
      created_at: now,
      updated_at: now,
      tags: { createMany: { data: tag_ids.map((tag_id) => ({ tag_id })) } },
    },
    ...withTags,
  });
  response.status(201).location(`/api/v1/posts/${post.id}`).json(shown(post));
});

app.use((error, _request, response, next) => {
  if (error instanceof z.ZodError) response.status(422).json({ errors: error.issues });
  else if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002") {
    response.status(409).json({ detail: "the slug is taken" });
  } else next(error);
});

app.listen(Number(PORT), HOST);
