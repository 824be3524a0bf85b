"""What views have in common."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from flask import request
from pydantic import BaseModel
from werkzeug.routing import BaseConverter

from app.core.errors import FieldError, Invalid
from app.core.fields import BIGINT, UUID_TEXT, follows

P = ParamSpec("P")
R = TypeVar("R")

NO_CONTENT: dict[int | str, dict[str, Any]] = {204: {"description": "No Content"}}
"""For `responses` of a view that answers without a body."""


class UuidKey(BaseConverter):
    """What cannot be an id is the nil one, which no row has: who asks must sign in before a 404."""

    def to_python(self, value: str) -> UUID:
        return UUID(value) if follows(UUID_TEXT, value) else UUID(int=0)


class IntKey(BaseConverter):
    """What cannot be an id is 0, which no row has."""

    def to_python(self, value: str) -> int:
        number = int(value) if follows(r"^[1-9][0-9]{0,18}$", value) else 0
        return number if number <= BIGINT[1] else 0


class Created(BaseModel):
    """The headers of what is new."""

    location: str


class Tagged(BaseModel):
    """The headers of what has a version."""

    etag: str


class CreatedTagged(Created, Tagged):
    """The headers of what is new and has a version."""


def first(check: Callable[[], None]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Asks `check` before the view, which it may refuse."""

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def checked(*args: P.args, **values: P.kwargs) -> R:
            check()
            return view(*args, **values)

        return checked

    return decorate


def _no_parameters() -> None:
    errors = [
        FieldError(f"query.{name}", "unknown", "Only lists take parameters")
        for name in request.args
    ]
    if errors:
        raise Invalid("Only lists take query parameters", errors)


no_parameters = first(_no_parameters)
"""For operations that take none, because only lists do."""
