/** The interactive documentation. Its files come from a package: no other host is asked for anything. */

import { createRequire } from "node:module";
import { dirname } from "node:path";
import { Router } from "express";
import { TITLE } from "../config.js";

const PATH = "/docs";
const FILES = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));
const SERVED = ["swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png"];

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${TITLE}</title>
<link rel="icon" href="${PATH}/files/favicon-32x32.png">
<link rel="stylesheet" href="${PATH}/files/swagger-ui.css">
</head>
<body>
<div id="docs"></div>
<script src="${PATH}/files/swagger-ui-bundle.js"></script>
<script src="${PATH}/start.js"></script>
</body>
</html>
`;
const START = `SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#docs",
  persistAuthorization: true,
});
`;

export function docs(): Router {
  const router = Router({ strict: true, caseSensitive: true });
  router.get(PATH, (_request, response) => {
    response.type("html").send(PAGE);
  });
  router.get(`${PATH}/start.js`, (_request, response) => {
    response.type("js").send(START);
  });
  for (const name of SERVED) {
    router.get(`${PATH}/files/${name}`, (_request, response) => {
      response.sendFile(name, { root: FILES });
    });
  }
  return router;
}
