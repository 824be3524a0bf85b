"""Cursors of lists that are alike."""

from typing import Any

import pytest
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.core import filters
from app.core.errors import Invalid
from app.core.listing import ListParameters, ListQuery
from app.main import Application


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


def ask(app: Application, listing: ListParameters, **parameters: Any) -> ListQuery:
    with app.test_request_context(query_string=parameters):
        return listing.read()


def test_a_cursor_is_of_one_resource(app: Application) -> None:
    cursor = ask(app, APPLES).cursors.after(Apple(id=7))
    assert ask(app, APPLES, cursor=cursor).position == [7]
    with pytest.raises(Invalid):
        ask(app, PEARS, cursor=cursor)
