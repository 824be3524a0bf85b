"""What the database refused, in words of the domain: the same on every database."""

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Table, UniqueConstraint
from sqlalchemy.exc import IntegrityError

from app.core.errors import AppError, Conflict, FieldError, Invalid

UNIQUE = frozenset({"23505", 1062, "UNIQUE constraint failed"})
REFERENCE = frozenset({"23503", 1451, 1452, "FOREIGN KEY constraint failed"})

NAMED = (UniqueConstraint, ForeignKeyConstraint)

# In MySQL's messages a value of the user's stands before the name, so the end is what counts.
_NAME = re.compile(r"for key '(?:\w+\.)?(\w+)'$|CONSTRAINT `(\w+)` FOREIGN KEY [^']*$")
_COLUMN = re.compile(r"(\w+)\.(\w+)")


def domain_error(error: IntegrityError, table: Table) -> AppError | None:
    """Of an INSERT or UPDATE; None for what only a bug can cause."""
    keys = sorted(_keys(error, table))
    if breaks(error, UNIQUE):
        duplicates = [FieldError(f"body.{key}", "duplicate", "Is taken") for key in keys]
        return Conflict("Another one has the same values", duplicates)
    if breaks(error, REFERENCE):
        missing = [FieldError(f"body.{key}", "reference", "Does not exist") for key in keys]
        return Invalid("It refers to something that does not exist", missing)
    return None


def breaks(error: IntegrityError, kind: frozenset[Any]) -> bool:
    """PostgreSQL gives a state, MySQL a number, SQLite a sentence."""
    origin: Any = error.orig
    number, sentence = origin.args[0], str(origin.args[0]).partition(":")[0]
    return not kind.isdisjoint({getattr(origin, "sqlstate", None), number, sentence})


def _keys(error: IntegrityError, table: Table) -> Iterator[str]:
    """The columns of the constraint; of a reference SQLite does not say which one it is."""
    origin: Any = error.orig
    message = str(origin.args[-1])
    if message.startswith("UNIQUE constraint failed"):
        yield from (key for name, key in _COLUMN.findall(message) if name == table.name)
        return
    diagnosis = getattr(origin, "diag", None)
    found = _NAME.search(message)
    name = getattr(diagnosis, "constraint_name", None) or (found and (found[1] or found[2]))
    for constraint in table.constraints:
        if constraint.name == name and isinstance(constraint, NAMED):
            yield from constraint.columns.keys()
