"""What may be asked of a column in a query string, by the kind of its values."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Count, F, Func, Q, Value
from django.db.models.functions import Lower, StrIndex
from django.db.models.lookups import GreaterThan

from app.core import fields, patterns
from app.core.errors import Code

Json = Mapping[str, Any]
Parse = Callable[[str], Any]

EQUAL = ("", "ne")
LISTED = (*EQUAL, "in")
WORDED = (*LISTED, "contains")
ORDERED = (*EQUAL, "lt", "lte", "gt", "gte", "in")
MOST_VALUES = 100


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
    """Rows that have all of the given ids in a many-to-many relation."""

    relation: str
    kind: Kind

    def condition(self, model: type[models.Model], raw: str) -> Q:
        ids = set(parse_list(self.kind.parse, raw))
        field: Any = model._meta.get_field(self.relation)
        left, right = field.m2m_field_name(), field.m2m_reverse_field_name()
        pairs = field.remote_field.through.objects.filter(**{f"{right}__in": ids})
        has_all = pairs.values(left).annotate(found=Count("pk")).filter(found=len(ids))
        return Q(pk__in=has_all.values(left))


class Folded(Lower):
    """Text without its case. The columns' own collation on PostgreSQL folds only ASCII."""

    def as_postgresql(
        self, compiler: Any, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, Any]:
        template = '%(function)s((%(expressions)s)::text COLLATE "default")'
        return super().as_sql(compiler, connection, template=template, **context)


def contains(column: str, word: str) -> Q:
    place: Func = StrIndex(Folded(F(column)), Folded(Value(word)))
    return Q(GreaterThan(place, 0))


def condition(column: str, kind: Kind, operator: str, raw: str) -> Q:
    """Raises ValidationError with a code."""
    if operator == "isnull":
        return Q(**{f"{column}__isnull": parse_bool(raw)})
    if operator == "in":
        return Q(**{f"{column}__in": parse_list(kind.parse, raw)})
    if operator == "contains":
        return contains(column, fields.storable_text(raw))
    value = kind.parse(raw)
    if operator == "ne":
        return ~Q(**{column: value})
    return Q(**{f"{column}__{operator or 'exact'}": value})


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
        fields.refuse("too_long", f"Must be at most {MOST_VALUES} values")
    return [parse(value) for value in values]


def parse_bool(raw: str) -> bool:
    if raw not in {"true", "false"}:
        fields.refuse("type", "Must be true or false")
    return raw == "true"


def parse_whole(raw: str, bounds: tuple[int, int]) -> int:
    if not re.fullmatch(r"-?[0-9]{1,40}", raw):
        fields.refuse("type", "Must be an integer")
    number, (least, most) = int(raw), bounds
    if not least <= number <= most:
        code: Code = "too_small" if number < least else "too_large"
        fields.refuse(code, f"Must be from {least} to {most}")
    return number


def parse_float(raw: str) -> float:
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?", raw):
        fields.refuse("type", "Must be a number")
    return fields.finite(float(raw))


def _write_bool(value: bool) -> str:  # noqa: FBT001 - the value itself
    return "true" if value else "false"


def _whole(bounds: tuple[int, int]) -> Kind:
    schema = {"type": "integer", "minimum": bounds[0], "exclusiveMaximum": bounds[1] + 1}
    return Kind(lambda raw: parse_whole(raw, bounds), schema, ORDERED)


def _formatted(form: type[fields.Formatted]) -> Kind:
    def parse(raw: str) -> str:
        return form.check(fields.storable_text(raw))

    return Kind(parse, {"type": "string", "pattern": form.form}, WORDED)


STRING = Kind(fields.storable_text, {"type": "string", "pattern": patterns.NO_NUL}, WORDED)
TEXT = Kind(fields.storable_text, STRING.schema, ("contains",), sortable=False)
INT = _whole(fields.INT)
BIGINT = _whole(fields.BIGINT)
ID = Kind(BIGINT.parse, BIGINT.schema, LISTED)
FLOAT = Kind(parse_float, {"type": "number"}, ORDERED, write=repr)
BOOL = Kind(parse_bool, {"type": "boolean"}, EQUAL, write=_write_bool)
DATE = Kind(fields.parse_date, fields.Date.body, ORDERED)
TIME = Kind(fields.parse_time, fields.Time.body, ORDERED)
DATETIME = Kind(fields.parse_instant, fields.DateTime.body, ORDERED, write=fields.instant)
JSON = Kind(fields.storable_text, {}, (), sortable=False)
UUID = Kind(fields.parse_uuid, fields.Uuid.body, LISTED)
EMAIL = _formatted(fields.Email)
URL = _formatted(fields.Url)
SLUG = _formatted(fields.Slug)


def decimal(precision: int, scale: int) -> Kind:
    exact = fields.Exact(precision, scale)
    return Kind(exact.to_internal_value, exact.body, ORDERED)


def choice(members: type[models.TextChoices]) -> Kind:
    one_of = fields.OneOf(members)
    return Kind(one_of.to_internal_value, one_of.body, LISTED)
