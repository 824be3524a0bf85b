/** An empty database for a test. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Scratch {
  readonly url: string;
  readonly drop: () => Promise<void>;
}

export async function scratchDatabase(): Promise<Scratch> {
  const directory = mkdtempSync(join(tmpdir(), "test-"));
  return {
    url: `sqlite:///${join(directory, "test.db")}`,
    drop: async () => rmSync(directory, { recursive: true, force: true }),
  };
}
