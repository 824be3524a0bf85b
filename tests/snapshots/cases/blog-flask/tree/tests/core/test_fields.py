"""Every type of field, whether the application has one of it or not."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

import pytest
from pydantic import create_model

from app.config import Settings
from app.core import fields
from app.main import Application
from tests.support.callers import Caller, application, raw
from tests.support.samples import ACCEPTED, REFUSED


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


# For each type: what a client writes, and what it is shown.
TYPES: dict[str, tuple[Any, Any]] = {
    "string": (Annotated[str, fields.Chars(min=2, max=4, pattern="^[a-z]+$")], str),
    "text": (fields.Text, str),
    "int": (fields.Int, int),
    "bigint": (fields.BigInt, int),
    "float": (fields.Float, float),
    "decimal": (Annotated[Decimal, fields.Exact(6, 2)], fields.ShownDecimal),
    "fine": (Annotated[Decimal, fields.Exact(12, 8)], fields.ShownDecimal),
    "bool": (fields.Bool, bool),
    "date": (fields.Date, dt.date),
    "time": (fields.Time, fields.ShownTime),
    "datetime": (fields.DateTime, dt.datetime),
    "uuid": (fields.Uuid, UUID),
    "email": (fields.Email, str),
    "url": (fields.Url, str),
    "slug": (fields.Slug, str),
    "enum": (fields.OneOf[Colour], Colour),
    "json": (fields.Json, Any),
    "ids": (fields.Ids[fields.Uuid], list[UUID]),
    "few": (Annotated[int, fields.Whole(min=1, max=3)], int),
    "part": (Annotated[float, fields.Real(min=0.5, max=1.5)], float),
    "price": (Annotated[Decimal, fields.Exact(4, 2, min="0.50", max="9.50")], fields.ShownDecimal),
}
ID = "0f8fad5b-d9cb-469f-a165-70867728950e"
RULES: list[tuple[str, Any, str]] = [
    ("string", "x", "too_short"),
    ("string", "xxxxx", "too_long"),
    ("string", "XX", "pattern"),
    ("string", "x\x00x", "invalid"),
    ("text", "\x00", "invalid"),
    ("email", "a\x00@example.com", "invalid"),
    ("slug", "a\x00", "invalid"),
    ("decimal", "0.001", "format"),
    ("decimal", "10000", "too_large"),
    ("json", None, "type"),
    ("json", [float("inf")], "invalid"),
    ("few", 0, "too_small"),
    ("few", 4, "too_large"),
    ("part", 0.4, "too_small"),
    ("part", 1.6, "too_large"),
    ("price", "0.49", "too_small"),
    ("price", "9.51", "too_large"),
    ("ids", ID, "type"),
    ("ids", [ID, ID.upper()], "duplicate"),
]
EDGES: list[tuple[str, Any, Any]] = [
    ("string", "xx", "xx"),
    ("string", "xxxx", "xxxx"),
    ("decimal", "0", "0.00"),
    ("decimal", "-0", "0.00"),
    ("decimal", "0001.5", "1.50"),
    ("decimal", "-9999.99", "-9999.99"),
    ("fine", "0", "0.00000000"),
    ("enum", "red", "red"),
    ("few", 1, 1),
    ("few", 3, 3),
    ("part", 0.5, 0.5),
    ("price", "0.5", "0.50"),
    ("price", "9.50", "9.50"),
    ("ids", [], []),
    ("ids", [ID.upper()], [ID]),
    ("time", "12:00:00.5", "12:00:00.500000"),
]


def add_route(app: Application, name: str) -> None:
    """What is posted comes back as it would be shown."""
    written, seen = TYPES[name]
    body: Any = create_model("Body", __base__=fields.Body, value=(written, ...))
    shown: Any = create_model("Shown", __base__=fields.Read, value=(seen, ...))

    @app.post(f"/{name}", endpoint=name)
    @app.input(body, arg_name="data")
    @app.output(shown)
    def echo(data: Any) -> Any:
        return shown.model_validate(data)


@pytest.fixture(scope="module")
def echoes(settings: Settings) -> Iterator[Caller]:
    with application(settings) as caller:
        for name in TYPES:
            add_route(caller.app, name)
        yield caller


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [*RULES, *((name, *case) for name in TYPES for case in REFUSED.get(name, ()))],
)
def test_refuses(echoes: Caller, name: str, value: Any, code: str) -> None:
    response = echoes.post(f"/{name}", **raw({"value": value}))
    assert response.status_code == 422, response.text
    assert {error["code"] for error in response.get_json()["errors"]} == {code}


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [*EDGES, *((name, *case) for name in TYPES for case in ACCEPTED.get(name, ()))],
)
def test_takes(echoes: Caller, name: str, value: Any, shown: Any) -> None:
    response = echoes.post(f"/{name}", **raw({"value": value}))
    assert response.status_code == 200, response.text
    assert response.get_json() == {"value": shown}


@pytest.mark.parametrize("deep", [31, 32])
def test_json_has_a_depth(echoes: Caller, deep: int) -> None:
    value: Any = 1
    for _ in range(deep):
        value = [value]
    response = echoes.post("/json", json={"value": value})
    assert response.status_code == (200 if deep <= 31 else 422)
