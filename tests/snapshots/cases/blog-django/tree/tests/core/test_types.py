"""Model fields keep what they are given, on the database of the tests."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, ClassVar

import pytest
from django.db import connection, models

from app.core.columns import ExactCharField, ExactDecimalField, ExactTextField, UUIDField
from app.core.ids import uuid7


class Kept(models.Model):
    objects: ClassVar[models.Manager["Kept"]] = models.Manager()

    string = ExactCharField(max_length=20, null=True)
    text = ExactTextField(null=True)
    decimal = ExactDecimalField(max_digits=18, decimal_places=4, null=True)
    instant = models.DateTimeField(null=True)
    time = models.TimeField(null=True)
    json = models.JSONField(null=True)
    uuid = UUIDField(null=True)

    class Meta:
        app_label = "tests"
        db_table = "kept"

    def __str__(self) -> str:
        return str(self.pk)


@pytest.fixture(autouse=True)
def _table(transactional_db: None) -> Iterator[None]:
    assert transactional_db is None
    with connection.schema_editor() as editor:
        editor.create_model(Kept)
    yield
    with connection.schema_editor() as editor:
        editor.delete_model(Kept)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("string", ""),
        ("string", " a\u00e9\U0001f600 "),
        ("text", "x" * 100_000),
        ("decimal", Decimal("-99999999999999.9999")),
        ("decimal", Decimal("0.0001")),
        ("decimal", Decimal("0.0000")),
        ("instant", dt.datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=dt.UTC)),
        ("time", dt.time(23, 59, 59, 999999)),
        ("json", {"a": [1, 2.5, None, True, "\u00e9\U0001f600"], "": {}}),
        ("json", 0),
        ("json", ""),
        ("uuid", uuid7()),
        ("string", None),
        ("text", None),
        ("decimal", None),
        ("instant", None),
        ("time", None),
        ("json", None),
        ("uuid", None),
    ],
)
def test_keeps(column: str, value: Any) -> None:
    row_id = Kept.objects.create(**{column: value}).pk
    kept = getattr(Kept.objects.get(pk=row_id), column)
    assert kept == value
    assert type(kept) is type(value)
    if column != "json" and value is not None:
        assert Kept.objects.filter(**{column: value}).count() == 1


def test_texts_are_in_the_order_of_code_points() -> None:
    texts = ["", "A", "B", "a", "a ", "aa", "b", "\u00e9", "\u20ac", "\U0001f600"]
    for text in reversed(texts):
        Kept.objects.create(string=text)
    assert list(Kept.objects.order_by("string").values_list("string", flat=True)) == texts
    for text in ("a", "a ", "A"):
        assert [row.string for row in Kept.objects.filter(string=text)] == [text]


def test_decimals_are_in_the_order_of_numbers() -> None:
    numbers = [Decimal(text) for text in ("-10.0000", "-9.0000", "0.0000", "9.5000", "10.0000")]
    for each in reversed(numbers):
        Kept.objects.create(decimal=each)
    assert list(Kept.objects.order_by("decimal").values_list("decimal", flat=True)) == numbers


def test_ids_are_in_the_order_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for milliseconds in (1_000, 1_001, 2**40):
        monkeypatch.setattr("app.core.ids.time.time_ns", lambda now=milliseconds: now * 1_000_000)
        made.append(uuid7())
    assert made == sorted(made)
    assert {each.version for each in made} == {7}
    assert len({uuid7() for _ in range(1000)}) == 1000
