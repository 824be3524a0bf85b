"""What OpenAPI says of the headers of an answer."""

from http import HTTPStatus
from typing import Any

DESCRIPTIONS = {
    "ETag": "The version of the object, for If-Match",
    "Location": "The path of the new object",
}


def headers(status: int, *names: str) -> dict[int | str, dict[str, Any]]:
    """For `responses=` of a route."""
    described = {
        name: {"description": DESCRIPTIONS[name], "required": True, "schema": {"type": "string"}}
        for name in names
    }
    return {status: {"description": HTTPStatus(status).phrase, "headers": described}}
