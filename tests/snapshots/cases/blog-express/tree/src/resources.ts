/** Every resource: name one here, and its routes are known. */

import { commentOperations } from "./comments/routes.js";
import type { Resource } from "./core/services.js";
import { postOperations } from "./posts/routes.js";
import { tagOperations } from "./tags/routes.js";

export const RESOURCES: Record<string, Resource> = {
  comments: commentOperations,
  posts: postOperations,
  tags: tagOperations,
};
