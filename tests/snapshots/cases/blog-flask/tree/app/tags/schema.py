import datetime as dt
from typing import Annotated
from uuid import UUID

from app.core.fields import UNSENT, Body, Chars, Paged, Read

READONLY = frozenset({"id", "created_at", "updated_at"})


class TagCreate(Body):
    __readonly__ = READONLY

    name: Annotated[str, Chars(max=40)]


class TagUpdate(Body):
    __readonly__ = READONLY

    name: Annotated[str, Chars(max=40)] = UNSENT


class TagRead(Read):
    id: UUID
    name: str
    created_at: dt.datetime
    updated_at: dt.datetime


class TagPage(Paged):
    items: list[TagRead]
