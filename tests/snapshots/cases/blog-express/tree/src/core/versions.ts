/** Optimistic locking: an ETag names the version of a row, If-Match the one to be changed. */

import type { Request } from "express";
import { PreconditionFailed, PreconditionRequired } from "./errors.js";

const TAG = /(W\/)?"([^"]*)"/g;

interface Versioned {
  readonly version: number;
}

export function etag(row: Versioned): string {
  return `"${row.version}"`;
}

/** What the client believes to be the current version. */
export class Expected {
  readonly #header: string | undefined;

  constructor(request: Request) {
    this.#header = request.get("If-Match");
  }

  /** A weak tag never matches. */
  check(row: Versioned): void {
    if (this.#header === undefined) throw new PreconditionRequired();
    if (this.#header.trim() === "*") return;
    const tags = [...this.#header.matchAll(TAG)].filter(([, weak]) => !weak);
    if (!tags.some(([, , version]) => version === String(row.version))) {
      throw new PreconditionFailed();
    }
  }
}
