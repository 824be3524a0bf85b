"""What a query string may ask, by type."""

from enum import StrEnum
from typing import Any

import pytest
from pydantic_core import PydanticCustomError

from app.core import filters
from app.core.filters import Kind
from tests.support.samples import MISFITS


class Colour(StrEnum):
    RED = "red"


KINDS: dict[str, Kind] = {
    "string": filters.STRING,
    "text": filters.TEXT,
    "int": filters.INT,
    "bigint": filters.BIGINT,
    "float": filters.FLOAT,
    "decimal": filters.decimal(6, 2),
    "bool": filters.BOOL,
    "date": filters.DATE,
    "time": filters.TIME,
    "datetime": filters.DATETIME,
    "uuid": filters.UUID,
    "email": filters.EMAIL,
    "url": filters.URL,
    "slug": filters.SLUG,
    "enum": filters.choice(Colour),
}
RIGHT = {
    "string": "x",
    "text": "x",
    "int": "-7",
    "bigint": "9223372036854775807",
    "float": "-1.5e3",
    "decimal": "1.50",
    "bool": "true",
    "date": "2026-01-02",
    "time": "03:04:05",
    "datetime": "2026-01-02T03:04:05Z",
    "uuid": "0f8fad5b-d9cb-469f-a165-70867728950e",
    "email": "a@example.com",
    "url": "https://example.com",
    "slug": "a-b",
    "enum": "red",
}
WRONG: list[tuple[str, str, str]] = [
    *((name, *misfit) for name, misfit in MISFITS.items()),
    ("string", "\x00", "invalid"),
    ("text", "\x00", "invalid"),
    ("int", "2147483648", "too_large"),
    ("int", "-2147483649", "too_small"),
    ("int", "\u0663", "type"),
    ("bigint", "9223372036854775808", "too_large"),
    ("float", "1e400", "too_large"),
    ("float", "nan", "type"),
    ("decimal", "1.501", "format"),
    ("bool", "", "type"),
    ("email", "nobody", "format"),
    ("url", "nothing", "format"),
    ("slug", "A", "format"),
]


@pytest.mark.parametrize(("name", "value", "code"), WRONG)
def test_refuses(name: str, value: str, code: str) -> None:
    with pytest.raises(PydanticCustomError) as error:
        KINDS[name].parse(value)
    assert error.value.type == code


@pytest.mark.parametrize("name", RIGHT)
def test_a_cursor_brings_back_what_it_took(name: str) -> None:
    kind = KINDS[name]
    value: Any = kind.parse(RIGHT[name])
    assert kind.parse(kind.write(value)) == value


def test_lists_are_not_endless() -> None:
    assert filters.parse_list(filters.INT.parse, "1,2") == [1, 2]
    with pytest.raises(PydanticCustomError) as error:
        filters.parse_list(filters.INT.parse, ",".join(["1"] * 101))
    assert error.value.type == "too_long"


@pytest.mark.parametrize("kind", KINDS.values())
def test_operators_are_documented(kind: Kind) -> None:
    for operator in (*kind.operators, "isnull"):
        assert filters.schema_of(kind, operator)["type"]
