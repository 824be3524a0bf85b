"""What may be asked of a column in a query string, by the kind of its values."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from operator import eq, ge, gt, le, lt
from typing import Any

from sqlalchemy import Column, ColumnElement, String, func, literal, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import FunctionElement

from app.core import fields
from app.core.errors import Code

Json = Mapping[str, Any]
Parse = Callable[[str], Any]

EQUAL = ("", "ne")
LISTED = (*EQUAL, "in")
WORDED = (*LISTED, "contains")
ORDERED = (*EQUAL, "lt", "lte", "gt", "gte", "in")
MOST_VALUES = 100

COMPARISONS = {"": eq, "lt": lt, "lte": le, "gt": gt, "gte": ge}


@dataclass(frozen=True)
class Kind:
    """`write` is the inverse of `parse`: cursors hold what it writes."""

    parse: Parse
    schema: Json
    operators: tuple[str, ...] = EQUAL
    sortable: bool = True
    write: Callable[[Any], str] = str


@dataclass(frozen=True)
class Every:
    """Rows that have all of the given ids in a join table."""

    left: Column[Any]
    right: Column[Any]
    kind: Kind

    def condition(self, row_id: ColumnElement[Any], raw: str) -> ColumnElement[bool]:
        ids = set(parse_list(self.kind.parse, raw))
        has_all = (
            select(self.left)
            .where(self.right.in_(ids))
            .group_by(self.left)
            .having(func.count() == len(ids))
        )
        return row_id.in_(has_all)


class folded(FunctionElement[str]):  # noqa: N801
    """Text without its case. The columns' own collation on PostgreSQL folds only ASCII."""

    type = String()
    inherit_cache = True


class position(FunctionElement[int]):  # noqa: N801
    """Where the second text begins in the first; 0 for nowhere."""

    inherit_cache = True


@compiles(folded)
def _folded(element: folded, compiler: SQLCompiler, **kw: Any) -> str:
    return f"lower({compiler.process(element.clauses, **kw)})"


@compiles(folded, "postgresql")
def _folded_postgresql(element: folded, compiler: SQLCompiler, **kw: Any) -> str:
    return f'lower({compiler.process(element.clauses, **kw)} COLLATE "default")'


@compiles(position)
def _position(element: position, compiler: SQLCompiler, **kw: Any) -> str:
    return f"instr({compiler.process(element.clauses, **kw)})"


@compiles(position, "postgresql")
def _position_postgresql(element: position, compiler: SQLCompiler, **kw: Any) -> str:
    return f"strpos({compiler.process(element.clauses, **kw)})"


def contains(column: InstrumentedAttribute[Any], word: str) -> ColumnElement[bool]:
    return position(folded(column), folded(literal(word, String()))) > 0


def condition(
    column: InstrumentedAttribute[Any], kind: Kind, operator: str, raw: str
) -> ColumnElement[bool]:
    """Raises PydanticCustomError with a code as its type."""
    if operator == "isnull":
        return column.is_(None) if parse_bool(raw) else column.is_not(None)
    if operator == "in":
        return column.in_(parse_list(kind.parse, raw))
    if operator == "contains":
        return contains(column, fields.without_nul(raw))
    value = kind.parse(raw)
    if operator == "ne":
        return or_(column != value, column.is_(None))
    compared: ColumnElement[bool] = COMPARISONS[operator](column, value)
    return compared


def schema_of(kind: Kind, operator: str) -> Json:
    """The JSON Schema of a parameter's value, before it is joined by commas."""
    if operator == "isnull":
        return BOOL.schema
    if operator == "contains":
        return STRING.schema
    if operator == "in":
        return list_schema(kind.schema)
    return kind.schema


def list_schema(items: Json) -> Json:
    return {"type": "array", "items": items, "minItems": 1, "maxItems": MOST_VALUES}


def parse_list(parse: Parse, raw: str) -> list[Any]:
    values = raw.split(",")
    if len(values) > MOST_VALUES:
        raise fields.refuse("too_long", f"Must be at most {MOST_VALUES} values")
    return [parse(value) for value in values]


def parse_bool(raw: str) -> bool:
    if raw not in {"true", "false"}:
        raise fields.refuse("type", "Must be true or false")
    return raw == "true"


def parse_whole(raw: str, bounds: tuple[int, int]) -> int:
    if not re.fullmatch(r"-?[0-9]{1,40}", raw):
        raise fields.refuse("type", "Must be an integer")
    number, (least, most) = int(raw), bounds
    if not least <= number <= most:
        code: Code = "too_small" if number < least else "too_large"
        raise fields.refuse(code, f"Must be from {least} to {most}")
    return number


def parse_float(raw: str) -> float:
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?", raw):
        raise fields.refuse("type", "Must be a number")
    return fields.finite(float(raw))


def _write_bool(value: bool) -> str:  # noqa: FBT001 - its value is all there is
    return "true" if value else "false"


def _whole(bounds: tuple[int, int]) -> Kind:
    schema = {"type": "integer", "minimum": bounds[0], "exclusiveMaximum": bounds[1] + 1}
    return Kind(lambda raw: parse_whole(raw, bounds), schema, ORDERED)


def _formatted(form: fields.Formatted) -> Kind:
    def parse(raw: str) -> str:
        return form.check(fields.without_nul(raw))

    return Kind(parse, {"type": "string", "pattern": form.pattern}, WORDED)


STRING = Kind(fields.without_nul, {"type": "string", "pattern": fields.NO_NUL}, WORDED)
TEXT = Kind(fields.without_nul, STRING.schema, ("contains",), sortable=False)
INT = _whole(fields.INT)
BIGINT = _whole(fields.BIGINT)
ID = Kind(BIGINT.parse, BIGINT.schema, LISTED)
FLOAT = Kind(parse_float, {"type": "number"}, ORDERED, write=repr)
BOOL = Kind(parse_bool, {"type": "boolean"}, EQUAL, write=_write_bool)
DATE = Kind(fields.parse_date, {"type": "string", "format": "date"}, ORDERED)
TIME = Kind(fields.parse_time, {"type": "string", "pattern": fields.TIME}, ORDERED)
DATETIME = Kind(
    fields.parse_instant,
    {"type": "string", "format": "date-time"},
    ORDERED,
    write=lambda value: value.isoformat(),
)
JSON = Kind(fields.without_nul, {}, (), sortable=False)
UUID = Kind(fields.parse_uuid, {"type": "string", "format": "uuid"}, LISTED)
EMAIL = _formatted(fields.EMAIL)
URL = _formatted(fields.URL)
SLUG = _formatted(fields.SLUG)


def decimal(precision: int, scale: int) -> Kind:
    exact = fields.Exact(precision, scale)
    return Kind(exact.parse, {"type": "string", "pattern": exact.pattern}, ORDERED)


def choice(members: type[StrEnum]) -> Kind:
    def parse(raw: str) -> StrEnum:
        try:
            return members(raw)
        except ValueError:
            raise fields.refuse("enum", f"Must be one of: {', '.join(members)}") from None

    return Kind(parse, {"type": "string", "enum": list(members)}, LISTED)
