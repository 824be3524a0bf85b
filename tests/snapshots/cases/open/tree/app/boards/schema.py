import datetime as dt
from typing import Annotated
from uuid import UUID

from app.core.fields import UNSENT, Body, Chars, Paged, Read, Text

READONLY = frozenset({"id", "created_at", "updated_at"})


class BoardCreate(Body):
    __readonly__ = READONLY

    name: Annotated[str, Chars(max=80)]
    description: Text | None = None


class BoardUpdate(Body):
    __readonly__ = READONLY

    name: Annotated[str, Chars(max=80)] = UNSENT
    description: Text | None = UNSENT


class BoardRead(Read):
    id: UUID
    name: str
    description: str | None
    created_at: dt.datetime
    updated_at: dt.datetime


class BoardPage(Paged):
    items: list[BoardRead]
