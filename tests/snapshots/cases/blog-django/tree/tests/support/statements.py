"""What the application does to the database, and what if it cannot."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test.utils import CaptureQueriesContext


@contextmanager
def counted_statements() -> Iterator[list[dict[str, str]]]:
    """The SQL that is run inside of the block."""
    with CaptureQueriesContext(connection) as seen:
        found: list[dict[str, str]] = []
        yield found
        found += seen.captured_queries


@contextmanager
def commits() -> Iterator[list[object]]:
    seen: list[object] = []
    commit = BaseDatabaseWrapper.commit

    def note(wrapper: Any) -> None:
        seen.append(wrapper)
        commit(wrapper)

    with patch.object(BaseDatabaseWrapper, "commit", note):
        yield seen


@contextmanager
def no_commits() -> Iterator[None]:
    """Every transaction fails at its very end, when all is written and nothing is kept."""

    def refuse(_wrapper: object) -> None:
        raise DatabaseError("no commit")

    with patch.object(BaseDatabaseWrapper, "commit", refuse):
        yield
