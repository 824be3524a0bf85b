"""Every type of field, whether the application has one of it or not."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

import pytest
from django.db import models
from rest_framework.exceptions import ValidationError

from app.core import fields, problems
from app.core.errors import Invalid
from app.core.fields import Field
from app.core.serializers import Serializer
from tests.support.samples import ACCEPTED, REFUSED


class Colour(models.TextChoices):
    RED = "red"
    BLUE = "blue"


FIELDS: Mapping[str, Field] = {
    "string": fields.Chars(min=2, max=4, pattern="^[a-z]+$"),
    "text": fields.Chars(),
    "int": fields.Whole(),
    "bigint": fields.Whole(bits=64),
    "float": fields.Real(),
    "decimal": fields.Exact(6, 2),
    "bool": fields.Bool(),
    "date": fields.Date(),
    "time": fields.Time(),
    "datetime": fields.DateTime(),
    "uuid": fields.Uuid(),
    "email": fields.Email(),
    "url": fields.Url(),
    "slug": fields.Slug(),
    "enum": fields.OneOf(Colour),
    "json": fields.AnyJson(),
    "ids": fields.Ids(fields.Uuid()),
    "few": fields.Whole(min=1, max=3),
    "part": fields.Real(min=0.5, max=1.5),
    "price": fields.Exact(4, 2, min="0.50", max="9.50"),
}
ID = "0f8fad5b-d9cb-469f-a165-70867728950e"
RULES: list[tuple[str, Any, str]] = [
    ("string", "x", "too_short"),
    ("string", "xxxxx", "too_long"),
    ("string", "XX", "pattern"),
    ("string", "xx\n", "pattern"),
    ("string", "x\x00x", "invalid"),
    ("text", "\x00", "invalid"),
    ("text", "\ud800", "invalid"),
    ("email", "a\x00@example.com", "invalid"),
    ("slug", "a\x00", "invalid"),
    ("decimal", "0.001", "format"),
    ("decimal", "10000", "too_large"),
    ("json", None, "type"),
    ("json", {"a": "\ud800"}, "invalid"),
    ("json", [float("inf")], "invalid"),
    ("few", 0, "too_small"),
    ("few", 4, "too_large"),
    ("part", 0.4, "too_small"),
    ("part", 1.6, "too_large"),
    ("price", "0.49", "too_small"),
    ("price", "9.51", "too_large"),
    ("ids", ID, "type"),
    ("ids", [ID, ID.upper()], "duplicate"),
    ("ids", [7], "type"),
    ("ids", ["x"], "format"),
    ("ids", [ID] * 1001, "too_long"),
]
EDGES: list[tuple[str, Any, Any]] = [
    ("string", "xx", "xx"),
    ("string", "xxxx", "xxxx"),
    ("decimal", "0", "0.00"),
    ("decimal", "-0", "0.00"),
    ("decimal", "0001.5", "1.50"),
    ("decimal", "-9999.99", "-9999.99"),
    ("enum", "red", "red"),
    ("few", 1, 1),
    ("few", 3, 3),
    ("part", 0.5, 0.5),
    ("price", "0.5", "0.50"),
    ("price", "9.50", "9.50"),
    ("time", "12:00:00.5", "12:00:00.500000"),
]


def as_sent(value: Any) -> Any:
    """Through JSON, where 1e400 is more than a float holds."""
    return json.loads(json.dumps(value).replace("Infinity", "1e400"))


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [*RULES, *((name, *case) for name in FIELDS for case in REFUSED.get(name, ()))],
)
def test_refuses(name: str, value: Any, code: str) -> None:
    with pytest.raises(ValidationError) as error:
        FIELDS[name].run_validation(as_sent(value))
    assert {each.code for each in problems.field_errors(error.value)} == {code}


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [*EDGES, *((name, *case) for name in FIELDS for case in ACCEPTED.get(name, ()))],
)
def test_takes(name: str, value: Any, shown: Any) -> None:
    field = FIELDS[name]
    taken = field.run_validation(as_sent(value))
    seen = field.to_representation(taken)
    assert (seen, type(seen)) == (shown, type(shown))


def test_takes_the_ids_of_a_list() -> None:
    assert [str(each) for each in FIELDS["ids"].run_validation([ID.upper()])] == [ID]


@pytest.mark.parametrize("deep", [31, 32])
def test_json_has_a_depth(deep: int) -> None:
    value: Any = 1
    for _ in range(deep):
        value = [value]
    if deep <= 31:
        assert FIELDS["json"].run_validation(value) == value
    else:
        with pytest.raises(ValidationError):
            FIELDS["json"].run_validation(value)


@pytest.mark.parametrize("name", FIELDS)
def test_has_a_schema(name: str) -> None:
    field = FIELDS[name]
    assert "type" in field.body
    assert "pattern" not in field.shown or name == "time"


def test_a_body_is_an_object() -> None:
    with pytest.raises(Invalid) as error:
        Serializer.read([])
    assert [each.field for each in error.value.errors] == ["body"]


def test_an_instant_is_shown_in_utc() -> None:
    there = dt.timezone(dt.timedelta(hours=2))
    noon = dt.datetime(2026, 1, 2, 12, tzinfo=there)
    assert fields.DateTime().to_representation(noon) == "2026-01-02T10:00:00Z"
