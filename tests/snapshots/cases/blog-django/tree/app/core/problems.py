"""Every error as a problem document (RFC 9457)."""

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any, cast, get_args
from urllib.parse import quote

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework import exceptions
from rest_framework.request import Request

from app.core import errors
from app.core.errors import AppError, Code, FieldError

logger = logging.getLogger(__name__)

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

CODES: dict[str, Code] = {**{code: code for code in get_args(Code)}, "null": "type"}


def problem(
    request: HttpRequest,
    status: int,
    detail: str,
    invalid: Sequence[FieldError] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    kind, title = KINDS.get(status) or ("other", HTTPStatus(status).phrase)
    body: dict[str, Any] = {
        "type": f"urn:problem:{kind}",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": path_as_sent(request),
        "request_id": getattr(request, "request_id", ""),
    }
    if invalid:
        body["errors"] = [vars(error) for error in invalid]
    return HttpResponse(
        json.dumps(body), status=status, headers=dict(headers or {}), content_type=MEDIA_TYPE
    )


def path_as_sent(request: HttpRequest) -> str:
    sent: str = request.META.get("RAW_URI") or quote(request.path)
    return sent.partition("?")[0]


def exception_handler(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """Of the REST framework; None for what only a bug can cause."""
    request: HttpRequest = cast("Request", context["request"])._request
    match error:
        case AppError():
            return refusal(request, error)
        case exceptions.ValidationError():
            return refusal(request, errors.Invalid(errors=field_errors(error)))
        case exceptions.MethodNotAllowed():
            allowed = ", ".join(context["view"].allowed_methods)
            return problem(request, 405, str(error.detail), headers={"Allow": allowed})
        case OperationalError() | InterfaceError():
            unavailable = errors.Unavailable()
            unavailable.__cause__ = error
            return refusal(request, unavailable)
        case _:
            return None


def refusal(request: HttpRequest, error: AppError) -> HttpResponse:
    status = next(STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES)
    if isinstance(error, errors.Unavailable):
        logger.warning("unavailable", extra={"cause": repr(error.__cause__)})
    return problem(request, status, error.detail, error.errors, _headers(error))


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


def field_errors(error: exceptions.ValidationError) -> list[FieldError]:
    return [*_flat(error.detail, "body")]


def _flat(detail: Any, path: str) -> Iterator[FieldError]:
    if isinstance(detail, dict):
        for key, each in detail.items():
            yield from _flat(each, f"{path}.{key}")
    elif isinstance(detail, list):
        for each in detail:
            yield from _flat(each, path)
    else:
        yield FieldError(path, CODES.get(detail.code, "invalid"), str(detail))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return problem(request, 400, "The request cannot be understood")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return problem(request, 403, errors.Forbidden.default_detail)


def not_found(request: HttpRequest, exception: Http404) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return problem(request, 404, errors.NotFound.default_detail)


def server_error(request: HttpRequest) -> HttpResponse:
    """The client gets the request id, the log the traceback."""
    return problem(request, 500, "An unexpected error; it has been logged")
