import datetime as dt
from typing import Annotated
from uuid import UUID

from app.core.fields import UNSENT, Body, Chars, Paged, Read

READONLY = frozenset({"id", "owner_id", "created_at", "updated_at"})


class PersonCreate(Body):
    __readonly__ = READONLY

    name: Annotated[str, Chars(max=80)]


class PersonUpdate(Body):
    __readonly__ = READONLY

    name: Annotated[str, Chars(max=80)] = UNSENT


class PersonRead(Read):
    id: UUID
    owner_id: UUID
    name: str
    created_at: dt.datetime
    updated_at: dt.datetime


class PersonPage(Paged):
    items: list[PersonRead]
