"""The interactive documentation. Its scripts come from a package: no other host is asked for anything."""

from fastapi import FastAPI, Request, Response
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.staticfiles import StaticFiles

PATH = "/docs"
POLICY = (
    b"default-src 'none'; connect-src 'self'; img-src 'self' data:; "
    b"script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'"
)


def add_docs(app: FastAPI) -> None:
    files = StaticFiles(packages=[("fastapi_swagger", "resources")])

    async def docs(request: Request) -> Response:
        base = request.scope.get("root_path", "")
        return get_swagger_ui_html(
            openapi_url=f"{base}{app.openapi_url}",
            title=f"{app.title} - docs",
            swagger_js_url=f"{base}{PATH}/files/swagger-ui-bundle.js",
            swagger_css_url=f"{base}{PATH}/files/swagger-ui.css",
            swagger_favicon_url=f"{base}{PATH}/files/favicon-32x32.png",
            swagger_ui_parameters={"persistAuthorization": True},
        )

    app.add_route(PATH, docs, include_in_schema=False)
    app.mount(f"{PATH}/files", files)
