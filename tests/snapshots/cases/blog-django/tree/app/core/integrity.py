"""What the database refused, in words of the domain: the same on every database."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError, RestrictedError

from app.core.errors import Conflict, FieldError, Invalid

UNIQUE = frozenset({"23505", 1062, "UNIQUE constraint failed"})
REFERENCE = frozenset({"23503", 1451, 1452, "FOREIGN KEY constraint failed"})

# Where a value of the user's is part of the message, the names stand before it on PostgreSQL,
# and at the very end on MySQL.
_POSTGRESQL_COLUMNS = re.compile(r"[^(]*\(([^)]*)\)=\(")
_MYSQL_KEY = re.compile(r"for key '(?:\w+\.)?(\w+)'$")
_MYSQL_REFERENCE = re.compile(r"CONSTRAINT `\w+` FOREIGN KEY \(`(\w+)`\)[^']*$")
_SQLITE_COLUMN = re.compile(r"(\w+)\.(\w+)")


@contextmanager
def saving(model: type[models.Model]) -> Iterator[None]:
    """A transaction that inserts or updates a row; what the database refuses is told as Conflict or Invalid."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if _breaks(error, UNIQUE):
            keys = _unique_keys(error, model)
            raise Conflict(
                "Another one has the same values", _errors(keys, "duplicate", "Is taken")
            ) from error
        if _breaks(error, REFERENCE):
            keys = _reference_keys(error, model)
            raise Invalid(
                "It refers to something that does not exist",
                _errors(keys, "reference", "Does not exist"),
            ) from error
        raise


@contextmanager
def deleting() -> Iterator[None]:
    """A transaction that deletes a row, unless something still refers to it."""
    try:
        with transaction.atomic():
            yield
    except (ProtectedError, RestrictedError) as error:
        raise Conflict("Something still refers to it") from error
    except IntegrityError as error:
        if _breaks(error, REFERENCE):
            raise Conflict("Something still refers to it") from error
        raise


def _errors(keys: Iterable[str], code: Any, message: str) -> list[FieldError]:
    return [FieldError(f"body.{key}", code, message) for key in sorted(keys)]


def _breaks(error: IntegrityError, kind: frozenset[Any]) -> bool:
    """PostgreSQL gives a state, MySQL a number, SQLite a sentence."""
    origin: Any = error.__cause__
    number, sentence = origin.args[0], str(origin.args[0]).partition(":")[0]
    return not kind.isdisjoint({getattr(origin, "sqlstate", None), number, sentence})


def _unique_keys(error: IntegrityError, model: type[models.Model]) -> set[str]:
    meta = model._meta
    message = _message(error)
    if found := _MYSQL_KEY.search(message):
        named = {each.name: each for each in meta.constraints}
        constraint = named.get(found[1])
        if isinstance(constraint, models.UniqueConstraint):
            return {_column(model, name) for name in constraint.fields}
        return {found[1]}  # the key of a column that is unique by itself has its name
    if found := _POSTGRESQL_COLUMNS.match(message):
        return set(found[1].split(", "))
    return {name for table, name in _SQLITE_COLUMN.findall(message) if table == meta.db_table}


def _reference_keys(error: IntegrityError, model: type[models.Model]) -> set[str]:
    """Of a reference SQLite does not say which one it is, and a join table's is not the row's."""
    message = _message(error)
    found = _MYSQL_REFERENCE.search(message) or _POSTGRESQL_COLUMNS.match(message)
    columns = {field.column for field in model._meta.concrete_fields}
    return {found[1]} & columns if found else set()


def _message(error: IntegrityError) -> str:
    origin: Any = error.__cause__
    diagnosis = getattr(origin, "diag", None)
    return str(diagnosis.message_detail if diagnosis else origin.args[-1])


def _column(model: type[models.Model], name: str) -> str:
    field: Any = model._meta.get_field(name)
    return str(field.column)
