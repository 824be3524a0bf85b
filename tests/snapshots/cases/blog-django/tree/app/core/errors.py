"""What can go wrong, in words of the domain; `problems.py` alone knows which status each one is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Code = Literal[
    "required",
    "unknown",
    "type",
    "too_short",
    "too_long",
    "too_small",
    "too_large",
    "pattern",
    "enum",
    "format",
    "duplicate",
    "reference",
    "readonly",
    "invalid",
]


@dataclass(frozen=True)
class FieldError:
    """`field` is a dotted path: `body.title`, `query.limit`."""

    field: str
    code: Code
    message: str


class AppError(Exception):
    """`detail` is shown to the client: never put a secret or an internal into it."""

    default_detail = "The request cannot be done"

    def __init__(self, detail: str | None = None, errors: Sequence[FieldError] = ()) -> None:
        self.detail = detail or self.default_detail
        self.errors = tuple(errors)
        super().__init__(self.detail)


class BadRequest(AppError):
    default_detail = "The request body is not JSON in UTF-8"


class Unauthorized(AppError):
    default_detail = "A valid access token is needed"


class Forbidden(AppError):
    default_detail = "You may not do this"


class NotFound(AppError):
    default_detail = "There is nothing here"


class Conflict(AppError):
    default_detail = "This is in conflict with what is already there"


class PreconditionFailed(AppError):
    default_detail = "If-Match names another version than the current one"


class PreconditionRequired(AppError):
    default_detail = "If-Match must name the version that is to be changed"


class UnsupportedMediaType(AppError):
    default_detail = "The Content-Type must be application/json"


class Invalid(AppError):
    default_detail = "Some values are not valid"


class RateLimited(AppError):
    """`reset` is in seconds from now."""

    default_detail = "Too many requests"

    def __init__(self, limit: int, reset: int) -> None:
        self.limit = limit
        self.reset = reset
        super().__init__()


class Unavailable(AppError):
    default_detail = "The database does not answer; try again soon"
