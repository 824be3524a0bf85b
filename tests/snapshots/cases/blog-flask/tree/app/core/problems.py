"""Every error as a problem document (RFC 9457)."""

import json
import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, get_args
from urllib.parse import quote

from flask import Flask, Response, g, request
from pydantic import BaseModel
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from app.core import errors
from app.core.errors import AppError, Code, FieldError

logger = logging.getLogger(__name__)
error_log = logging.getLogger("app.error")

MEDIA_TYPE = "application/problem+json"

# The end of the type, and the phrase of RFC 9110, which Python's own changed with its versions.
KINDS = {
    400: ("bad-request", "Bad Request"),
    401: ("unauthorized", "Unauthorized"),
    403: ("forbidden", "Forbidden"),
    404: ("not-found", "Not Found"),
    405: ("method-not-allowed", "Method Not Allowed"),
    409: ("conflict", "Conflict"),
    412: ("precondition-failed", "Precondition Failed"),
    413: ("payload-too-large", "Content Too Large"),
    415: ("unsupported-media-type", "Unsupported Media Type"),
    422: ("validation", "Unprocessable Content"),
    428: ("precondition-required", "Precondition Required"),
    429: ("rate-limited", "Too Many Requests"),
    500: ("internal", "Internal Server Error"),
    503: ("unavailable", "Service Unavailable"),
}

STATUSES: dict[type, int] = {
    AppError: 400,
    errors.BadRequest: 400,
    errors.Unauthorized: 401,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.PreconditionFailed: 412,
    errors.UnsupportedMediaType: 415,
    errors.Invalid: 422,
    errors.PreconditionRequired: 428,
    errors.RateLimited: 429,
    errors.Unavailable: 503,
}

# A validator of our own names a code itself; the rest are Pydantic's names.
CODES: dict[str, Code] = {
    **{code: code for code in get_args(Code)},
    "missing": "required",
    "extra_forbidden": "unknown",
    "string_too_short": "too_short",
    "string_too_long": "too_long",
    "string_pattern_mismatch": "pattern",
    "greater_than": "too_small",
    "greater_than_equal": "too_small",
    "less_than": "too_large",
    "less_than_equal": "too_large",
    "literal_error": "enum",
    "bool_parsing": "type",
    "float_parsing": "type",
    "int_parsing": "type",
}


class InvalidField(BaseModel):
    field: str
    code: Code
    message: str


class Problem(BaseModel):
    type: str
    title: str
    status: int
    detail: str
    instance: str
    request_id: str
    errors: list[InvalidField] = []


def problem(
    status: int,
    detail: str,
    invalid: Sequence[FieldError] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    kind, title = KINDS.get(status) or ("other", HTTPStatus(status).phrase)
    body: dict[str, Any] = {
        "type": f"urn:problem:{kind}",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": _path_as_sent(),
        "request_id": g.request_id,
    }
    if invalid:
        body["errors"] = [vars(error) for error in invalid]
    return Response(json.dumps(body), status, headers, content_type=MEDIA_TYPE)


def _path_as_sent() -> str:
    uri: str = request.environ.get("RAW_URI") or quote(request.path)
    return uri.partition("?")[0]


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For `responses=` of a route: what OpenAPI says of these."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": KINDS[status][1], "content": content} for status in statuses}


def _app_error(error: AppError) -> Response:
    status = next(STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES)
    if isinstance(error, errors.Unavailable):
        logger.warning("unavailable", extra={"cause": repr(error.__cause__)})
    return problem(status, error.detail, error.errors, _headers(error))


def _headers(error: AppError) -> dict[str, str]:
    match error:
        case errors.Unauthorized():
            return {"WWW-Authenticate": "Bearer"}
        case errors.RateLimited(limit=limit, reset=reset):
            return {
                "Retry-After": str(reset),
                "RateLimit-Limit": str(limit),
                "RateLimit-Remaining": "0",
                "RateLimit-Reset": str(reset),
            }
        case errors.Unavailable():
            return {"Retry-After": "1"}
        case _:
            return {}


def field_error(item: Mapping[str, Any]) -> FieldError:
    field = ".".join(str(part) for part in item["loc"])
    return FieldError(field, _code(item["type"]), item["msg"])


def _code(kind: str) -> Code:
    return CODES.get(kind, "type" if kind.endswith("_type") else "invalid")


def _http_error(error: HTTPException) -> Response:
    """What the framework itself refuses."""
    headers: dict[str, str] = {}
    if isinstance(error, MethodNotAllowed):
        headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
    return problem(error.code or 500, error.description or "", headers=headers)


def _unexpected_error(error: Exception) -> Response:
    """The last resort: the client gets the request id, the log the traceback."""
    error_log.error("unexpected error", exc_info=error)
    return problem(500, "An unexpected error; it has been logged")


def register_problems(app: Flask) -> None:
    app.register_error_handler(AppError, _app_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unexpected_error)
