import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";

it("is what the migrations build", async () => {
  const words = ["--import", "tsx", "scripts/drift.ts"];
  const { stdout } = await promisify(execFile)(process.execPath, words);
  expect(stdout).toContain("what the schema says");
});
