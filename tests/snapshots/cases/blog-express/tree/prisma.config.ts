import { defineConfig } from "prisma/config";
import { databaseOf } from "./src/config.js";

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url: databaseOf(process.env) },
});
