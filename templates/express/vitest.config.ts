import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    pool: "threads",
    maxWorkers: 4,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: {
      include: ["src/**/*.ts"],
      exclude: ["src/generated/**", "src/server.ts"],
      reporter: [["text", { skipFull: true }]],
      thresholds: { lines: 90 },
    },
  },
});
