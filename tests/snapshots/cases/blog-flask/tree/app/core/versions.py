"""Optimistic locking: an ETag names the version of a row, If-Match the one to be changed."""

import re
from dataclasses import dataclass
from typing import Any

from flask import request

from app.core.columns import Versioned
from app.core.errors import PreconditionFailed, PreconditionRequired

IF_MATCH: dict[str, Any] = {
    "parameters": [
        {"name": "If-Match", "in": "header", "required": True, "schema": {"type": "string"}}
    ]
}
"""For `extensions` of a view."""
_TAG = re.compile(r'(?P<weak>W/)?"(?P<version>[^"]*)"')


@dataclass(frozen=True)
class Expected:
    """What the client believes to be the current version; None where it does not say."""

    tags: frozenset[str] | None
    is_any: bool = False

    def check(self, row: Versioned) -> None:
        if self.tags is None:
            raise PreconditionRequired
        if not self.is_any and str(row.version) not in self.tags:
            raise PreconditionFailed


def etag(row: Versioned) -> str:
    return f'"{row.version}"'


def expected() -> Expected:
    """What the current request says; a weak tag never matches."""
    if_match = request.headers.get("If-Match")
    if if_match is None:
        return Expected(None)
    strong = (tag["version"] for tag in _TAG.finditer(if_match) if not tag["weak"])
    return Expected(frozenset(strong), is_any=if_match.strip() == "*")
