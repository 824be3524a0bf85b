"""The interactive documentation. Its scripts come from a package: no other host is asked for anything."""

from importlib.resources import files
from typing import Any

from flask import Blueprint

PATH = "/docs"
POLICY = (
    "default-src 'none'; connect-src 'self'; img-src 'self' data:; "
    "script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'"
)
FILES = f"{PATH}/files"

CONFIGURATION: dict[str, Any] = {
    "DOCS_FAVICON": f"{FILES}/favicon-32x32.png",
    "SWAGGER_UI_BUNDLE_JS": f"{FILES}/swagger-ui-bundle.js",
    "SWAGGER_UI_CONFIG": {"persistAuthorization": True},
    "SWAGGER_UI_CSS": f"{FILES}/swagger-ui.css",
    "SWAGGER_UI_STANDALONE_PRESET_JS": f"{FILES}/swagger-ui-standalone-preset.js",
}

docs = Blueprint(
    "docs",
    __name__,
    static_folder=str(files("flask_swagger_ui") / "dist"),
    static_url_path=FILES,
)
