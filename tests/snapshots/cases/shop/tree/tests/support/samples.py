"""What is valid and what is not, by type and rule: the tests' own opinion, which shares no code with the application."""

import datetime as dt
import itertools
import operator
import re
import string
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

REQUIRED = object()
OVERFLOW = float("inf")  # sent as 1e400, which no float can hold

NESTED: Any = None
for _ in range(40):
    NESTED = [NESTED]

TEXT = [(7, "type"), (True, "type"), (["a"], "type")]
REFUSED: dict[str, list[tuple[Any, str]]] = {
    "string": TEXT,
    "text": TEXT,
    "int": [
        ("7", "type"),
        (True, "type"),
        (7.5, "type"),
        (2**31, "too_large"),
        (-(2**31) - 1, "too_small"),
        (10**30, "too_large"),
    ],
    "bigint": [
        ("7", "type"),
        (False, "type"),
        (7.5, "type"),
        (2**63, "too_large"),
        (-(2**63) - 1, "too_small"),
    ],
    "float": [("1.5", "type"), (True, "type"), (OVERFLOW, "too_large"), (-OVERFLOW, "too_small")],
    "decimal": [
        (1.5, "type"),
        (1, "type"),
        ("1e1", "format"),
        ("NaN", "format"),
        ("abc", "format"),
        ("", "format"),
        ("1.", "format"),
        ("\u0663", "format"),
        ("1\n", "format"),
    ],
    "bool": [("true", "type"), (1, "type"), (0, "type")],
    "date": [
        (20260102, "type"),
        ("2026-02-30", "format"),
        ("02.01.2026", "format"),
        ("2026-01-02T00:00:00Z", "format"),
    ],
    "time": [
        (12, "type"),
        ("25:00:00", "format"),
        ("12:00", "format"),
        ("12:00:00Z", "format"),
        ("12:00:00.1234567", "format"),
    ],
    "datetime": [
        (1767323045, "type"),
        ("2026-01-02T03:04:05", "format"),
        ("2026-01-02 03:04:05Z", "format"),
        ("2026-13-02T03:04:05Z", "format"),
        ("2026-01-02", "format"),
        ("1767323045", "format"),
    ],
    "uuid": [
        (7, "type"),
        ("no-uuid", "format"),
        ("0f8fad5bd9cb469fa16570867728950e", "format"),
        ("urn:uuid:0f8fad5b-d9cb-469f-a165-70867728950e", "format"),
    ],
    "email": [
        (7, "type"),
        ("", "format"),
        ("nobody", "format"),
        ("a b@example.com", "format"),
        ("a@example.com\n", "format"),
        (f"{'a' * 243}@example.com", "too_long"),
    ],
    "url": [
        (7, "type"),
        ("", "format"),
        ("example.com", "format"),
        ("ftp://example.com", "format"),
        (f"https://example.com/{'a' * 2029}", "too_long"),
    ],
    "slug": [
        (7, "type"),
        ("", "format"),
        ("Not-A-Slug", "format"),
        ("two--hyphens", "format"),
        ("line\n", "format"),
        ("a" * 256, "too_long"),
    ],
    "enum": [(7, "type"), ("NOT-LISTED", "enum"), ("", "enum")],
    "json": [
        ("nul\x00", "invalid"),
        ({"nul\x00": 1}, "invalid"),
        ([2**64], "invalid"),
        (NESTED, "invalid"),
    ],
    "ref": [(True, "type"), (["a"], "type")],
}

JSON_VALUES: tuple[Any, ...] = ({}, [], "", 0, False, {"a": [1, 2.5, None, {"b": "\u00e9"}]})

# What is sent and, where it differs, how it is shown.
ACCEPTED: dict[str, list[tuple[Any, Any]]] = {
    "string": [],
    "text": [
        ("", ""),
        (" \u00e9 \U0001f600\n", " \u00e9 \U0001f600\n"),
        ("x" * 70_000, "x" * 70_000),
    ],
    "int": [(0, 0), (7.0, 7), (2**31 - 1, 2**31 - 1), (-(2**31), -(2**31))],
    "bigint": [(0, 0), (2**63 - 1, 2**63 - 1), (-(2**63), -(2**63))],
    "float": [(0.1, 0.1), (2, 2.0), (-1.5e300, -1.5e300)],
    "decimal": [],
    "bool": [(True, True), (False, False)],
    "date": [("0001-01-01", "0001-01-01"), ("2024-02-29", "2024-02-29")],
    "time": [("00:00:00", "00:00:00"), ("23:59:59.999999", "23:59:59.999999")],
    "datetime": [
        ("2026-01-02T03:04:05+02:00", "2026-01-02T01:04:05Z"),
        ("2026-01-02T03:04:05.5Z", "2026-01-02T03:04:05.500000Z"),
    ],
    "uuid": [
        ("0F8FAD5B-D9CB-469F-A165-70867728950E", "0f8fad5b-d9cb-469f-a165-70867728950e"),
    ],
    "email": [("first.last+tag@example.co.uk", "first.last+tag@example.co.uk")],
    "url": [("https://example.com/a?b=c#d", "https://example.com/a?b=c#d")],
    "slug": [("a", "a"), ("a" * 255, "a" * 255)],
    "enum": [],
    "json": [(each, each) for each in JSON_VALUES],
    "ref": [],
}

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "lte": operator.le,
    "gt": operator.gt,
    "gte": operator.ge,
    "in": operator.eq,
    "contains": lambda value, part: part.lower() in value.lower(),
}
WORDS = ("", "ne", "in", "contains")
ORDERED = ("", "ne", "in", "lt", "lte", "gt", "gte")
OPERATORS: dict[str, tuple[str, ...]] = {
    "string": WORDS,
    "email": WORDS,
    "url": WORDS,
    "slug": WORDS,
    "text": ("contains",),
    "int": ORDERED,
    "bigint": ORDERED,
    "float": ORDERED,
    "decimal": ORDERED,
    "date": ORDERED,
    "time": ORDERED,
    "datetime": ORDERED,
    "bool": ("", "ne"),
    "enum": ("", "ne", "in"),
    "uuid": ("", "ne", "in"),
    "json": (),
}
UNSORTABLE = {"text", "json"}

# A filter value that the type refuses.
MISFITS: dict[str, tuple[str, str]] = {
    "int": ("x", "type"),
    "bigint": ("1.5", "type"),
    "float": ("x", "type"),
    "decimal": ("1e1", "format"),
    "bool": ("yes", "type"),
    "date": ("2026-02-30", "format"),
    "time": ("noon", "format"),
    "datetime": ("2026-01-02T03:04:05", "format"),
    "uuid": ("x", "format"),
    "enum": ("NOT-LISTED", "enum"),
}


@dataclass(frozen=True, kw_only=True)
class Field:
    """The rules of one field.

    `default` is what is shown when it is not sent; a field that `varies` is of a unique constraint.
    """

    key: str
    type: str
    example: Any
    other: Any
    default: Any = REQUIRED
    optional: bool = False
    varies: bool = False
    private: bool = False
    readonly: bool = False
    searched: bool = False
    values: tuple[str, ...] = ()
    length: int | None = None
    min_length: int = 0
    pattern: str | None = None
    counterexample: str | None = None
    precision: int = 0
    scale: int = 0
    minimum: Any = None
    maximum: Any = None

    @property
    def step(self) -> Decimal:
        return Decimal(1).scaleb(-self.scale)

    @property
    def largest(self) -> Decimal:
        return Decimal(10) ** (self.precision - self.scale) - self.step


Sample = tuple[Field, Any, Any]


def number(field: Field, value: Any) -> Any:
    return value if value is None or field.type != "decimal" else Decimal(value)


def shown(field: Field, value: Any) -> Any:
    return f"{value.quantize(field.step):f}" if field.type == "decimal" else value


def refused(fields: Iterable[Field]) -> list[Sample]:
    """Each field with values and the code that refuses them."""
    return [
        (field, value, code)
        for field in writable(fields)
        for value, code in (*REFUSED[field.type], *refused_by_rule(field))
    ]


def refused_by_rule(field: Field) -> Iterator[tuple[Any, str]]:
    if not field.optional:
        yield None, "type"
    if field.type in {"string", "text"}:
        yield "\x00" * max(field.min_length, 1), "invalid"
    if field.length:
        yield "x" * (field.length + 1), "too_long"
    if field.min_length:
        yield "x" * (field.min_length - 1), "too_short"
    if field.counterexample is not None:
        yield field.counterexample, "pattern"
    if field.type == "decimal":
        yield f"0.{'0' * field.scale}1", "format"
        yield f"1{'0' * (field.precision - field.scale)}", "too_large"
    yield from beyond(field)


def beyond(field: Field) -> Iterator[tuple[Any, str]]:
    """The nearest values outside of `minimum` and `maximum`."""
    step = field.step if field.type == "decimal" else 1
    if field.minimum is not None:
        yield shown(field, number(field, field.minimum) - step), "too_small"
    if field.maximum is not None:
        yield shown(field, number(field, field.maximum) + step), "too_large"


def accepted(fields: Iterable[Field]) -> list[Sample]:
    """Each field with values that are valid, to the edge of its rules, and what is shown of them."""
    return [
        (field, sent, seen)
        for field in writable(fields)
        for sent, seen in (*ACCEPTED[field.type], *accepted_by_rule(field))
        if permitted(field, seen)
    ]


def accepted_by_rule(field: Field) -> Iterator[tuple[Any, Any]]:
    yield field.other, field.other
    if field.optional:
        yield None, None
    if field.length:
        longest = "x" * field.length
        yield longest, longest
        yield " \u00e9 ", " \u00e9 "
    if field.min_length:
        yield "\U0001f600" * field.min_length, "\U0001f600" * field.min_length
    if field.type == "decimal":
        yield "0", shown(field, Decimal(0))
        yield f"-{field.largest}", f"-{field.largest}"
    yield from ((value, value) for value in field.values)
    yield from ((edge, edge) for edge in (field.minimum, field.maximum) if edge is not None)


def permitted(field: Field, value: Any) -> bool:
    if value is None:
        return field.optional
    if field.type in {"string", "text"}:
        fits = field.min_length <= len(value) <= (field.length or len(value))
        return fits and (field.pattern is None or re.search(field.pattern, value) is not None)
    low, high = number(field, field.minimum), number(field, field.maximum)
    exact = number(field, value)
    return (low is None or low <= exact) and (high is None or exact <= high)


def writable(fields: Iterable[Field]) -> list[Field]:
    return [field for field in fields if not field.readonly]


def readonly(fields: Iterable[Field]) -> list[Field]:
    return [field for field in fields if field.readonly]


def fixed(key: str, type_: str) -> Field:
    """A field that no test writes."""
    return Field(key=key, type=type_, example=None, other=None, readonly=True)


def spread(field: Field) -> list[Any]:
    """What to give to rows so that some have the same value, and some have none."""
    if field.readonly:
        return []
    same = [] if field.varies else [field.example, field.other, field.example]
    return [*same, None, None] if field.optional else same


@dataclass(frozen=True)
class Filter:
    """A query parameter: `title__ne`. It asks for the field's first sample."""

    field: Field
    operation: str

    def __str__(self) -> str:
        return self.parameter

    @property
    def parameter(self) -> str:
        return f"{self.field.key}__{self.operation}" if self.operation else self.field.key

    @property
    def value(self) -> str:
        text = in_a_query(self.field.example)
        return text[1:].swapcase() if self.operation == "contains" else text

    def finds(self, value: Any) -> bool:
        if value is None:
            return self.operation == "ne"
        asked = (
            self.value
            if self.operation == "contains"
            else comparable(self.field, self.field.example)
        )
        return COMPARISONS[self.operation](comparable(self.field, value), asked)


def filters(fields: Iterable[Field]) -> list[Filter]:
    return [
        Filter(field, operation)
        for field in fields
        for operation in OPERATORS[field.type]
        if not field.private and not field.readonly
    ]


def no_filters(fields: Iterable[Field]) -> list[str]:
    """Parameters that the fields' types or rules do not have."""
    return [
        Filter(field, operation).parameter
        for field in fields
        for operation in (*COMPARISONS, "isnull", "like")
        if field.private
        or operation not in (*OPERATORS[field.type], *(["isnull"] if field.optional else []))
    ]


def misfits(fields: Iterable[Field]) -> list[Sample]:
    return [
        (field, *MISFITS[field.type])
        for field in fields
        if field.type in MISFITS and not field.private
    ]


def sortable(fields: Iterable[Field]) -> list[Field]:
    return [f for f in fields if f.type not in UNSORTABLE and not f.private]


def in_a_query(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def comparable(field: Field, value: Any) -> Any:
    if field.type == "datetime":
        return dt.datetime.fromisoformat(value)
    return number(field, value)


def ordered(rows: Iterable[Any], field: Field, *, descending: bool) -> list[Any]:
    """NULLs are last in both directions; rows of the same value are in the order of their ids."""
    by_id = sorted(rows, key=lambda row: row["id"])
    known = [row for row in by_id if row[field.key] is not None]
    known.sort(key=lambda row: comparable(field, row[field.key]), reverse=descending)
    return [*known, *(row for row in by_id if row[field.key] is None)]


TURNS: defaultdict[int, Iterator[int]] = defaultdict(itertools.count)


def body(fields: tuple[Field, ...]) -> dict[str, Any]:
    """A valid body, unlike the ones before it wherever values must not repeat."""
    turn = next(TURNS[id(fields)])
    return {f.key: nth(f, turn) if f.varies else f.example for f in writable(fields)}


def different(fields: Iterable[Field]) -> dict[str, Any]:
    """What makes two bodies differ, beside what always does."""
    return {f.key: f.other for f in writable(fields) if not f.varies}


def nth(field: Field, turn: int) -> Any:
    values = alternatives(field)
    return values[turn % len(values)]


def capacity(fields: Iterable[Field]) -> int:
    """How many rows there can be: a unique enum of two values allows two."""
    return min((len(alternatives(f)) for f in writable(fields) if f.varies), default=MANY)


MANY = 200
START = dt.datetime(2020, 1, 1)  # noqa: DTZ001 - written as UTC


def alternatives(field: Field) -> list[Any]:
    made = itertools.islice(CANDIDATES[field.type](field), MANY)
    return [v for v in dict.fromkeys([*made, field.example, field.other]) if permitted(field, v)]


def strings(field: Field) -> Iterator[str]:
    if field.pattern:
        return similar(field.example)
    return (f"{n:0{max(field.min_length, 1)}}" for n in range(MANY))


def similar(text: str) -> Iterator[str]:
    """The text with one letter or digit after the other replaced by its kind."""
    for place, old in enumerate(text):
        for kind in (string.digits, string.ascii_lowercase, string.ascii_uppercase):
            for new in kind if old in kind else "":
                yield text[:place] + new + text[place + 1 :]


def numbers(field: Field) -> Iterator[Any]:
    step = field.step if field.type == "decimal" else 1
    highest = None if field.maximum is None else number(field, field.maximum) - step * (MANY - 1)
    low = number(field, field.minimum) if field.minimum is not None else highest or step * 0
    return (shown(field, low + step * n) for n in range(MANY))


CANDIDATES: dict[str, Callable[[Field], Iterator[Any]]] = {
    "string": strings,
    "text": strings,
    "int": numbers,
    "bigint": numbers,
    "float": numbers,
    "decimal": numbers,
    "bool": lambda _: iter((True, False)),
    "date": lambda _: (f"{START + dt.timedelta(days=n):%Y-%m-%d}" for n in range(MANY)),
    "time": lambda _: (f"{START + dt.timedelta(minutes=n):%H:%M:%S}" for n in range(MANY)),
    "datetime": lambda _: (f"{START + dt.timedelta(days=n):%Y-%m-%dT%XZ}" for n in range(MANY)),
    "uuid": lambda _: (str(UUID(int=n)) for n in range(MANY)),
    "email": lambda _: (f"reader{n}@example.com" for n in range(MANY)),
    "url": lambda _: (f"https://example.com/{n}" for n in range(MANY)),
    "slug": lambda _: (f"page-{n}" for n in range(MANY)),
    "enum": lambda field: iter(field.values),
}
