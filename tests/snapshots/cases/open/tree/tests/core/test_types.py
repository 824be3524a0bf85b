"""Column types keep what they are given, on the database of the tests."""

import datetime as dt
from collections.abc import AsyncIterator
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, insert, select
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from app.config import Settings
from app.core.columns import EnumString
from app.core.filters import contains
from app.core.ids import uuid7
from app.core.types import ExactDecimal, ExactString, ExactText, JSONType, Time, UTCDateTime, utcnow
from tests.support.callers import application


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
async def connection(app: FastAPI) -> AsyncIterator[AsyncConnection]:
    engine = app.state.database.engine
    async with engine.begin() as connection:
        await connection.run_sync(TABLE.metadata.create_all)
    async with engine.connect() as connection:
        yield connection
    async with engine.begin() as connection:
        await connection.run_sync(TABLE.metadata.drop_all)


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
async def test_keeps(connection: AsyncConnection, column: str, value: Any) -> None:
    await connection.execute(insert(TABLE), [{column: value}])
    kept = (await connection.execute(select(TABLE.c[column]))).scalar_one()
    assert kept == value
    assert type(kept) is type(value)
    if column != "json":
        found = await connection.execute(select(TABLE.c.id).where(TABLE.c[column] == value))
        assert len(found.all()) == 1


async def test_an_instant_is_of_no_zone(connection: AsyncConnection) -> None:
    here = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=TWO_HOURS)
    await connection.execute(insert(TABLE), [{"instant": here}])
    kept = (await connection.execute(select(TABLE.c.instant))).scalar_one()
    assert (kept, kept.tzinfo) == (here, dt.UTC)


async def test_an_instant_needs_a_zone(connection: AsyncConnection) -> None:
    with pytest.raises(StatementError, match="time zone"):
        await connection.execute(insert(TABLE), [{"instant": dt.datetime(2026, 1, 2)}])  # noqa: DTZ001


async def test_the_database_has_a_clock(connection: AsyncConnection) -> None:
    await connection.execute(insert(TABLE), [{"string": "x"}])
    made_at = (await connection.execute(select(TABLE.c.made_at))).scalar_one()
    assert abs(made_at - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=5)


@pytest.mark.usefixtures("connection")
async def test_references_are_watched(settings: Settings) -> None:
    """In a new connection: one that has emptied the tables has switched them off and on."""
    async with application(settings) as caller:
        engine: AsyncEngine = caller.app.state.database.engine
        async with engine.connect() as connection:
            with pytest.raises(IntegrityError):
                await connection.execute(insert(TABLE), [{"other": 7}])


async def test_texts_are_in_the_order_of_code_points(connection: AsyncConnection) -> None:
    texts = ["", "A", "B", "a", "a ", "aa", "b", "\u00e9", "\u20ac", "\U0001f600"]
    await connection.execute(insert(TABLE), [{"string": text} for text in reversed(texts)])
    query = select(TABLE.c.string).order_by(TABLE.c.string)
    assert list((await connection.execute(query)).scalars()) == texts
    for text in ("a", "a ", "A"):
        found = await connection.execute(select(TABLE.c.string).where(TABLE.c.string == text))
        assert list(found.scalars()) == [text]


async def test_words_are_found_in_any_case(connection: AsyncConnection) -> None:
    await connection.execute(insert(TABLE), [{"string": "Caf\u00c9 \u00fcber"}])
    string: Any = TABLE.c.string
    for word, count in (("caf\u00e9", 1), ("\u00dcBER", 1), ("cafe", 0), ("%", 0)):
        found = await connection.execute(select(string).where(contains(string, word)))
        assert len(found.all()) == count, word


async def test_decimals_are_in_the_order_of_numbers(connection: AsyncConnection) -> None:
    numbers = [Decimal(text) for text in ("-10.0000", "-9.0000", "0.0000", "9.5000", "10.0000")]
    await connection.execute(insert(TABLE), [{"decimal": each} for each in reversed(numbers)])
    query = select(TABLE.c.decimal).order_by(TABLE.c.decimal)
    assert list((await connection.execute(query)).scalars()) == numbers


def test_ids_are_in_the_order_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for milliseconds in (1_000, 1_001, 2**40):
        monkeypatch.setattr("time.time_ns", lambda now=milliseconds: now * 1_000_000)
        made.append(uuid7())
    assert made == sorted(made)
    assert {each.version for each in made} == {7}
    assert len({uuid7() for _ in range(1000)}) == 1000
