"""Lists: from query parameters to conditions, order and page of a query."""

import base64
import hmac
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Generic, TypeVar, cast

from flask import request
from pydantic_core import PydanticCustomError
from sqlalchemy import ColumnElement, and_, false, literal, or_, true
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute

from app.config import current_settings
from app.core import filters
from app.core.errors import Code, FieldError, Invalid
from app.core.fields import refuse, without_nul
from app.core.filters import Every, Json, Kind

M = TypeVar("M")
Condition = Callable[[str], ColumnElement[bool]]

DEFAULT_LIMIT = 20
MOST_ROWS = 100
MOST_KEYS = 5
MOST_WORDS = 10
MAC_BYTES = 16


@dataclass(frozen=True)
class ListPage(Generic[M]):
    """`total` is None unless it was asked for."""

    items: Sequence[M]
    next_cursor: str | None = None
    total: int | None = None


@dataclass(frozen=True)
class Key:
    """A column to sort by. NULLs are last in both directions."""

    name: str
    column: InstrumentedAttribute[Any]
    kind: Kind
    nullable: bool
    descending: bool = False

    @property
    def order(self) -> tuple[ColumnElement[Any], ...]:
        column = self.column.desc() if self.descending else self.column.asc()
        return (self.column.is_(None), column) if self.nullable else (column,)

    def text(self, row: object) -> str | None:
        value = getattr(row, self.name)
        return None if value is None else self.kind.write(value)

    def value(self, text: str | None) -> Any:
        return None if text is None else self.kind.parse(text)

    def beyond(self, value: Any) -> ColumnElement[bool]:
        """Rows that come later by this key alone."""
        if value is None:
            return false()
        bound = literal(value, self.column.type)
        later = self.column < bound if self.descending else self.column > bound
        return or_(later, self.column.is_(None)) if self.nullable else later

    def level(self, value: Any) -> ColumnElement[bool]:
        return self.column.is_(None) if value is None else self.column == value

    def from_here(self, value: Any) -> ColumnElement[bool]:
        """Says nothing new, but lets an index begin where the page does."""
        if self.nullable:
            return true()
        bound = literal(value, self.column.type)
        return self.column <= bound if self.descending else self.column >= bound


@dataclass(frozen=True)
class Cursors:
    """Makes and reads cursors; one holds only with the sort and filters it was made for."""

    secret: bytes
    made_for: str
    keys: tuple[Key, ...]

    def after(self, row: object) -> str:
        payload = json.dumps([key.text(row) for key in self.keys]).encode()
        return _encode(self._mac(payload) + payload)

    def read(self, cursor: str) -> list[Any]:
        try:
            signed = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        except ValueError:
            signed = b""
        mac, payload = signed[:MAC_BYTES], signed[MAC_BYTES:]
        # Several texts decode to the same bytes; only the one that was given out is right.
        if _encode(signed) != cursor or not hmac.compare_digest(mac, self._mac(payload)):
            raise refuse("invalid", "Must be the next_cursor of a page with this sort and filters")
        return [key.value(text) for key, text in zip(self.keys, json.loads(payload), strict=True)]

    def _mac(self, payload: bytes) -> bytes:
        message = self.made_for.encode() + b"\0" + payload
        return hmac.digest(self.secret, message, "sha256")[:MAC_BYTES]


def _encode(signed: bytes) -> str:
    return base64.urlsafe_b64encode(signed).decode().rstrip("=")


@dataclass(frozen=True)
class ListQuery:
    """What a client asked of a list, ready for a SELECT."""

    conditions: tuple[ColumnElement[bool], ...]
    cursors: Cursors
    position: Sequence[Any] | None = None
    limit: int = DEFAULT_LIMIT
    include_total: bool = False

    @property
    def order(self) -> tuple[ColumnElement[Any], ...]:
        return tuple(part for key in self.cursors.keys for part in key.order)

    @property
    def rest(self) -> tuple[ColumnElement[bool], ...]:
        """What the pages before leave."""
        if self.position is None:
            return ()
        return (_beyond(self.cursors.keys, self.position),)


def _beyond(keys: Sequence[Key], position: Sequence[Any]) -> ColumnElement[bool]:
    key, value = keys[0], position[0]
    if len(keys) == 1:
        return key.beyond(value)
    level = and_(key.level(value), _beyond(keys[1:], position[1:]))
    return and_(key.from_here(value), or_(key.beyond(value), level))


class ListParameters:
    """The query parameters of a resource's list."""

    def __init__(
        self,
        model: type[DeclarativeBase],
        *,
        columns: Mapping[str, Kind],
        many: Mapping[str, Every] | None = None,
        search: Sequence[str] = (),
        sort: str = "-created_at",
    ) -> None:
        self.model = model
        self.columns = columns
        self.many = many or {}
        self.search = [getattr(model, name) for name in search]
        self.sort = sort
        self.sortable = {name: self._key(name) for name in columns if columns[name].sortable}
        self.conditions = dict(self._conditions())
        self.allowed = [parameter["name"] for parameter in self.parameters]

    def read(self) -> ListQuery:
        """What the current request asks for."""
        secret = current_settings().secret_key.get_secret_value()
        return _Reader(self).read(list(request.args.items(multi=True)), secret.encode())

    @property
    def openapi(self) -> dict[str, Any]:
        """For `extensions` of the view."""
        return {"parameters": self.parameters}

    @property
    def parameters(self) -> list[dict[str, Any]]:
        return [
            *(_parameter(name, schema) for name, schema in self._own_parameters()),
            *(_parameter(name, schema) for name, schema in self._filters()),
        ]

    def keys(self, sort: str) -> tuple[Key, ...]:
        """Always ends with the id, so that no two rows are level."""
        names = sort.split(",")
        keys = [self._sort_key(name) for name in names]
        if len(keys) > MOST_KEYS or len({key.name for key in keys}) < len(keys):
            raise refuse("invalid", f"Must name at most {MOST_KEYS} fields, and none twice")
        if all(key.name != "id" for key in keys):
            keys.append(self._key("id"))
        return tuple(keys)

    def words(self, raw: str) -> ColumnElement[bool]:
        words = without_nul(raw).split()
        if len(words) > MOST_WORDS:
            raise refuse("too_long", f"Must be at most {MOST_WORDS} words")
        return and_(
            True,  # noqa: FBT003
            *(or_(*(filters.contains(column, word) for column in self.search)) for word in words),
        )

    def _sort_key(self, name: str) -> Key:
        key = self.sortable.get(name.removeprefix("-"))
        if key is None:
            code: Code = "unknown" if name else "invalid"
            raise refuse(code, f"Must be among {', '.join(self.sortable)}")
        return replace(key, descending=name.startswith("-"))

    def _key(self, name: str) -> Key:
        return Key(name, getattr(self.model, name), self.columns[name], self._nullable(name))

    def _nullable(self, name: str) -> bool:
        return bool(self.model.__table__.c[name].nullable)

    def _operators(self, name: str) -> Iterator[str]:
        yield from self.columns[name].operators
        if self._nullable(name):
            yield "isnull"

    def _conditions(self) -> Iterator[tuple[str, Condition]]:
        for name, kind in self.columns.items():
            column = getattr(self.model, name)
            for operator in self._operators(name):
                yield _joined(name, operator), partial(filters.condition, column, kind, operator)
        for name, every in self.many.items():
            yield name, partial(every.condition, self.model.id)  # type: ignore[attr-defined]
        if self.search:
            yield "q", self.words

    def _own_parameters(self) -> Iterator[tuple[str, Json]]:
        bounds = {"minimum": 1, "maximum": MOST_ROWS, "default": DEFAULT_LIMIT}
        keys = [sign + name for name in self.sortable for sign in ("", "-")]
        yield "limit", {"type": "integer", **bounds}
        yield "cursor", {"type": "string", "minLength": 1}
        yield "include_total", {"type": "boolean", "default": False}
        yield (
            "sort",
            {
                "type": "array",
                "items": {"type": "string", "enum": keys},
                "minItems": 1,
                "maxItems": MOST_KEYS,
                "uniqueItems": True,
                "default": [self.sort],
            },
        )
        if self.search:
            yield "q", filters.STRING.schema

    def _filters(self) -> Iterator[tuple[str, Json]]:
        for name, kind in self.columns.items():
            for operator in self._operators(name):
                yield _joined(name, operator), filters.schema_of(kind, operator)
        for name, every in self.many.items():
            yield name, filters.list_schema(every.kind.schema)


def _joined(name: str, operator: str) -> str:
    return f"{name}__{operator}" if operator else name


def _parameter(name: str, schema: Json) -> dict[str, Any]:
    parameter = {"name": name, "in": "query", "required": False, "schema": schema}
    if schema["type"] == "array":
        parameter |= {"style": "form", "explode": False}
    return parameter


class _Reader:
    """Reads one query string, and collects everything that is wrong with it."""

    def __init__(self, listing: ListParameters) -> None:
        self.listing = listing
        self.errors: list[FieldError] = []

    def read(self, items: Sequence[tuple[str, str]], secret: bytes) -> ListQuery:
        sent = self._once(items)
        limit = self._parsed("limit", _limit, sent.pop("limit", str(DEFAULT_LIMIT)))
        total = self._parsed(
            "include_total", filters.parse_bool, sent.pop("include_total", "false")
        )
        cursor, sort = sent.pop("cursor", None), sent.pop("sort", self.listing.sort)
        keys = self._parsed("sort", self.listing.keys, sort)
        asked = sorted(sent.items())
        conditions = tuple(self._parsed(name, self._condition(name), raw) for name, raw in asked)
        cursors = Cursors(secret, json.dumps([self.listing.model.__name__, sort, asked]), keys)
        position = None
        if cursor is not None and keys:
            position = self._parsed("cursor", cursors.read, cursor)
        if self.errors:
            detail = "; ".join(f"{error.field}: {error.message}" for error in self.errors)
            raise Invalid(detail, self.errors)
        return ListQuery(conditions, cursors, position, limit, total)

    def _once(self, items: Sequence[tuple[str, str]]) -> dict[str, str]:
        sent = dict(items)
        if len(sent) < len(items):
            names = [name for name, _ in items]
            for name in sent:
                if names.count(name) > 1:
                    self._add(name, "invalid", "Must be given once")
        return sent

    def _condition(self, name: str) -> Condition:
        return self.listing.conditions.get(name, self._unknown)

    def _unknown(self, _raw: str) -> ColumnElement[bool]:
        raise refuse("unknown", f"Must be among {', '.join(self.listing.allowed)}")

    def _parsed(self, name: str, parse: Callable[[str], Any], raw: str) -> Any:
        """None where it is wrong."""
        try:
            return parse(raw)
        except PydanticCustomError as error:
            self._add(name, cast("Code", error.type), error.message())
            return None

    def _add(self, name: str, code: Code, message: str) -> None:
        self.errors.append(FieldError(f"query.{name}", code, message))


def _limit(raw: str) -> int:
    return filters.parse_whole(raw, (1, MOST_ROWS))
