"""Cursors of lists that are alike."""

from typing import Any
from urllib.parse import urlencode

import pytest
from fastapi import FastAPI, Request
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.core import filters
from app.core.errors import Invalid
from app.core.listing import ListParameters, ListQuery


class Base(DeclarativeBase):
    """Of tables that no database has."""


class Apple(Base):
    __tablename__ = "apples"
    id: Mapped[int] = mapped_column(primary_key=True)


class Pear(Base):
    __tablename__ = "pears"
    id: Mapped[int] = mapped_column(primary_key=True)


APPLES, PEARS = [
    ListParameters(model, columns={"id": filters.INT}, sort="id") for model in (Apple, Pear)
]


async def ask(app: FastAPI, listing: ListParameters, **parameters: Any) -> ListQuery:
    query = urlencode(parameters).encode()
    return await listing(Request({"type": "http", "app": app, "query_string": query}))


async def test_a_cursor_is_of_one_resource(app: FastAPI) -> None:
    cursor = (await ask(app, APPLES)).cursors.after(Apple(id=7))
    assert (await ask(app, APPLES, cursor=cursor)).position == [7]
    with pytest.raises(Invalid):
        await ask(app, PEARS, cursor=cursor)
