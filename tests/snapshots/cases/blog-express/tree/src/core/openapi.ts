/** The OpenAPI document, with every problem that can occur. */

import { z } from "zod";
import { TITLE, VERSION } from "../config.js";
import type { Parameter } from "./listing.js";
import type { HeaderName, Operation } from "./operations.js";
import { InvalidField, KINDS, Problem } from "./problems.js";

type Json = Record<string, unknown>;
type Registry = z.core.$ZodRegistry<{ id: string }>;

export const PREFIX = "/api/v1";

const HEADERS: Readonly<Record<HeaderName, string>> = {
  ETag: "The version of the object, for If-Match",
  Location: "The path of the new object",
};
const PHRASES: Readonly<Record<number, string>> = {
  200: "OK",
  201: "Created",
  204: "No Content",
  503: "Not ready",
};

export function openapi(operations: readonly Operation[]): Json {
  const schemas = new Schemas();
  schemas.output(InvalidField);
  const paths: Record<string, Json> = {};
  for (const operation of operations) {
    const path = paths[operation.path] ?? {};
    path[operation.method] = described(operation, schemas);
    paths[operation.path] = path;
  }
  const document = {
    openapi: "3.1.0",
    info: { title: TITLE, version: VERSION },
    paths,
    components: {
      schemas: schemas.all(),
      securitySchemes: { bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" } },
    },
  };
  return exact(document) as Json;
}

function described(operation: Operation, schemas: Schemas): Json {
  const { id, tag, body, actor, parameters = [] } = operation;
  const all = [...inPath(operation), ...parameters.map(inQuery), ...inHeader(operation)];
  return {
    tags: [tag],
    operationId: id,
    ...(all.length > 0 && { parameters: all }),
    ...(body && { requestBody: { required: true, content: json(schemas.input(body)) } }),
    responses: responses(operation, schemas),
    ...(actor === "user" && { security: [{ bearer: [] }] }),
  };
}

function inPath({ path, key }: Operation): Json[] {
  return [...path.matchAll(/{(\w+)}/g)].map(([, name]) => {
    return { name, in: "path", required: true, schema: key };
  });
}

function inQuery({ name, schema }: Parameter): Json {
  const style = schema.type === "array" && { style: "form", explode: false };
  return { name, in: "query", required: false, schema, ...style };
}

function inHeader({ isVersioned, method }: Operation): Json[] {
  if (!isVersioned || !["patch", "delete"].includes(method)) return [];
  return [{ name: "If-Match", in: "header", required: true, schema: { type: "string" } }];
}

function responses(operation: Operation, schemas: Schemas): Json {
  const { status = 200, answer, text, others = {}, headers = [] } = operation;
  const found: Json = {};
  for (const each of statuses(operation)) {
    const problem = { "application/problem+json": { schema: schemas.output(Problem) } };
    found[each] = { description: KINDS[each]?.[1], content: problem };
  }
  for (const [other, schema] of Object.entries(others)) {
    found[other] = { description: PHRASES[Number(other)], content: json(schemas.output(schema)) };
  }
  found[status] = {
    description: PHRASES[status],
    ...(headers.length > 0 && { headers: Object.fromEntries(headers.map(header)) }),
    ...(answer && { content: json(schemas.output(answer)) }),
    ...(text && { content: { "text/plain": { schema: { type: "string" } } } }),
  };
  return found;
}

function header(name: HeaderName): [string, Json] {
  return [name, { description: HEADERS[name], required: true, schema: { type: "string" } }];
}

/** What any operation of this shape may answer; the operation names only what is its own. */
function statuses(operation: Operation): Set<number> {
  const { path, actor, body, parameters, refuses = [], isVersioned, method } = operation;
  const found = new Set(refuses);
  const add = (...more: number[]) => {
    for (const status of more) found.add(status);
  };
  if (path.startsWith(PREFIX)) add(429, 500, 503);
  if (actor) add(401);
  if (body) add(400, 413, 415, 422);
  if (parameters) add(422);
  if (isVersioned && ["patch", "delete"].includes(method)) add(412, 428, 422);
  return found;
}

function json(schema: Json): Json {
  return { "application/json": { schema } };
}

/** Collects the named schemas; inputs and outputs apart, because a default makes them differ. */
class Schemas {
  readonly #inputs: Registry = z.registry();
  readonly #outputs: Registry = z.registry();

  input(schema: z.ZodType): Json {
    return named(this.#inputs, schema);
  }

  output(schema: z.ZodType): Json {
    return named(this.#outputs, schema);
  }

  all(): Json {
    return { ...converted(this.#inputs, "input"), ...converted(this.#outputs, "output") };
  }
}

function named(registry: Registry, schema: z.ZodType): Json {
  const id = schema.meta()?.id ?? "";
  registry.add(schema, { id });
  return { $ref: `#/components/schemas/${id}` };
}

function converted(registry: Registry, io: "input" | "output"): Json {
  const uri = (id: string) => `#/components/schemas/${id}`;
  const { schemas } = z.toJSONSchema(registry, {
    io,
    uri,
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      if (io === "output") {
        // An answer may have more one day.
        if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
        delete jsonSchema.propertyNames;
      } else if (zodSchema instanceof z.ZodDefault && !Array.isArray(zodSchema.def.defaultValue)) {
        // Zod leaves it out where a value is transformed.
        jsonSchema.default = zodSchema.def.defaultValue as typeof jsonSchema.default;
      }
    },
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema]),
  );
}

/** A bound of 2^63 is a number that JavaScript would not write digit by digit. */
function exact(value: unknown): unknown {
  if (typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return BigInt(value);
  }
  if (Array.isArray(value)) return value.map(exact);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, exact(each)]));
}
