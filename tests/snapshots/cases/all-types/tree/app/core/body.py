"""A body must be JSON in UTF-8, and say so."""

from email.message import Message

from fastapi import Request
from pydantic_core import from_json

from app.core.errors import BadRequest, UnsupportedMediaType

METHODS_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})


async def json_body(request: Request) -> None:
    """Stricter than FastAPI's own reading, which lets UTF-16, NaN and no body at all pass."""
    if request.method not in METHODS_WITH_BODY:
        return
    if not _is_json(request.headers.get("content-type", "")):
        raise UnsupportedMediaType
    try:
        from_json(await request.body(), allow_inf_nan=False)
    except ValueError as error:
        raise BadRequest(f"The request body is not JSON in UTF-8: {error}") from None


def _is_json(content_type: str) -> bool:
    if content_type == "application/json":
        return True
    header = Message()
    header["content-type"] = content_type
    charset = header.get_content_charset("utf-8")
    return header.get_content_type() == "application/json" and charset == "utf-8"
