from typing import Annotated
from uuid import UUID

from app.core.fields import UNSENT, Body, Chars, Paged, Read

READONLY = frozenset({"id", "owner_id"})


class BlogTagCreate(Body):
    __readonly__ = READONLY

    name: Annotated[str, Chars(max=40)]


class BlogTagUpdate(Body):
    __readonly__ = READONLY

    name: Annotated[str, Chars(max=40)] = UNSENT


class BlogTagRead(Read):
    id: int
    owner_id: UUID
    name: str


class BlogTagPage(Paged):
    items: list[BlogTagRead]
