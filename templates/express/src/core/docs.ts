/** The interactive documentation: Swagger UI on the OpenAPI document. */

import type { RequestHandler } from "express";
import { TITLE } from "../config.js";

const UI = "https://cdn.jsdelivr.net/npm/swagger-ui-dist@5.30.2";

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${TITLE}</title>
<link rel="stylesheet" href="${UI}/swagger-ui.css">
</head>
<body>
<div id="docs"></div>
<script src="${UI}/swagger-ui-bundle.js"></script>
<script>SwaggerUIBundle({ url: "/openapi.json", dom_id: "#docs" });</script>
</body>
</html>
`;

export const docs: RequestHandler = (_request, response) => {
  response.type("html").send(PAGE);
};
