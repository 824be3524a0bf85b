"""Column types keep what they are given, on the database of the tests."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Integer,
    MetaData,
    Table,
    insert,
    select,
)
from sqlalchemy.exc import IntegrityError, StatementError

from app.config import Settings
from app.core.columns import EnumString
from app.core.filters import contains
from app.core.ids import uuid7
from app.core.types import ExactDecimal, ExactString, ExactText, JSONType, Time, UTCDateTime, utcnow
from app.main import Application
from tests.support.callers import application, engine_of


class Colour(StrEnum):
    RED = "red"


TABLE = Table(
    "kept",
    MetaData(),
    Column("id", Integer(), primary_key=True),
    Column("other", ForeignKey("kept.id")),
    Column("string", ExactString(20)),
    Column("text", ExactText()),
    Column("decimal", ExactDecimal(18, 4)),
    Column("instant", UTCDateTime()),
    Column("time", Time()),
    Column("json", JSONType),
    Column("colour", EnumString(Colour)),
    Column("made_at", UTCDateTime(), server_default=utcnow()),
)
TWO_HOURS = dt.timezone(dt.timedelta(hours=2))


@pytest.fixture
def connection(app: Application) -> Iterator[Connection]:
    engine = engine_of(app)
    with engine.begin() as connection:
        TABLE.metadata.create_all(connection)
    with engine.connect() as connection:
        yield connection
    with engine.begin() as connection:
        TABLE.metadata.drop_all(connection)


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
        ("instant", dt.datetime(1, 1, 2, tzinfo=dt.UTC)),
        ("time", dt.time(23, 59, 59, 999999)),
        ("json", {"a": [1, 2.5, None, True, "\u00e9\U0001f600"], "": {}}),
        ("json", 0),
        ("json", ""),
        ("colour", Colour.RED),
        ("string", None),
        ("text", None),
        ("decimal", None),
        ("instant", None),
        ("time", None),
        ("json", None),
        ("colour", None),
    ],
)
def test_keeps(connection: Connection, column: str, value: Any) -> None:
    connection.execute(insert(TABLE), [{column: value}])
    kept = connection.execute(select(TABLE.c[column])).scalar_one()
    assert kept == value
    assert type(kept) is type(value)
    if column != "json":
        found = connection.execute(select(TABLE.c.id).where(TABLE.c[column] == value))
        assert len(found.all()) == 1


def test_an_instant_is_of_no_zone(connection: Connection) -> None:
    here = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=TWO_HOURS)
    connection.execute(insert(TABLE), [{"instant": here}])
    kept = connection.execute(select(TABLE.c.instant)).scalar_one()
    assert (kept, kept.tzinfo) == (here, dt.UTC)


def test_an_instant_needs_a_zone(connection: Connection) -> None:
    with pytest.raises(StatementError, match="time zone"):
        connection.execute(insert(TABLE), [{"instant": dt.datetime(2026, 1, 2)}])  # noqa: DTZ001


def test_the_database_has_a_clock(connection: Connection) -> None:
    connection.execute(insert(TABLE), [{"string": "x"}])
    made_at = connection.execute(select(TABLE.c.made_at)).scalar_one()
    assert abs(made_at - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=5)


@pytest.mark.usefixtures("connection")
def test_references_are_watched(settings: Settings) -> None:
    """In a new connection: one that has emptied the tables has switched them off and on."""
    with (
        application(settings) as caller,
        caller.engine.connect() as connection,
        pytest.raises(IntegrityError),
    ):
        connection.execute(insert(TABLE), [{"other": 7}])


def test_texts_are_in_the_order_of_code_points(connection: Connection) -> None:
    texts = ["", "A", "B", "a", "a ", "aa", "b", "\u00e9", "\u20ac", "\U0001f600"]
    connection.execute(insert(TABLE), [{"string": text} for text in reversed(texts)])
    query = select(TABLE.c.string).order_by(TABLE.c.string)
    assert list(connection.execute(query).scalars()) == texts
    for text in ("a", "a ", "A"):
        found = connection.execute(select(TABLE.c.string).where(TABLE.c.string == text))
        assert list(found.scalars()) == [text]


def test_words_are_found_in_any_case(connection: Connection) -> None:
    connection.execute(insert(TABLE), [{"string": "Caf\u00c9 \u00fcber"}])
    string: Any = TABLE.c.string
    for word, count in (("caf\u00e9", 1), ("\u00dcBER", 1), ("cafe", 0), ("%", 0)):
        found = connection.execute(select(string).where(contains(string, word)))
        assert len(found.all()) == count, word


def test_decimals_are_in_the_order_of_numbers(connection: Connection) -> None:
    numbers = [Decimal(text) for text in ("-10.0000", "-9.0000", "0.0000", "9.5000", "10.0000")]
    connection.execute(insert(TABLE), [{"decimal": each} for each in reversed(numbers)])
    query = select(TABLE.c.decimal).order_by(TABLE.c.decimal)
    assert list(connection.execute(query).scalars()) == numbers


def test_ids_are_in_the_order_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for milliseconds in (1_000, 1_001, 2**40):
        monkeypatch.setattr("time.time_ns", lambda now=milliseconds: now * 1_000_000)
        made.append(uuid7())
    assert made == sorted(made)
    assert {each.version for each in made} == {7}
    assert len({uuid7() for _ in range(1000)}) == 1000
