"""Optimistic locking: an ETag names the version of a row, If-Match the one to be changed."""

import re
from dataclasses import dataclass
from typing import Self

from django.http import HttpRequest

from app.core.errors import PreconditionFailed, PreconditionRequired
from app.core.models import Versioned

_TAG = re.compile(r'(?P<weak>W/)?"(?P<version>[^"]*)"')


@dataclass(frozen=True)
class Expected:
    """What the client believes to be the current version; None where it does not say."""

    tags: frozenset[str] | None
    is_any: bool = False

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """A weak tag never matches."""
        if_match = request.headers.get("If-Match")
        if if_match is None:
            return cls(None)
        strong = (tag["version"] for tag in _TAG.finditer(if_match) if not tag["weak"])
        return cls(frozenset(strong), is_any=if_match.strip() == "*")

    def check(self, row: object) -> None:
        """Rows without versions may be changed by anybody who may change them."""
        if not isinstance(row, Versioned):
            return
        if self.tags is None:
            raise PreconditionRequired
        if not self.is_any and str(row.version) not in self.tags:
            raise PreconditionFailed


def etag(row: Versioned) -> str:
    return f'"{row.version}"'
