import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    dir: "tests",
    pool: "threads",
    maxWorkers: 4,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: {
      include: ["src/**"],
      exclude: ["src/generated/**", "src/server.*", "**/*.d.ts"],
      reporter: [["text", { skipFull: true }]],
      thresholds: { lines: 90 },
    },
  },
});
