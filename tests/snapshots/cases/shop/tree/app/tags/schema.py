from typing import Annotated

from app.core.fields import UNSENT, Body, Chars, Paged, Read

READONLY = frozenset({"id"})


class TagCreate(Body):
    __readonly__ = READONLY

    name: Annotated[str, Chars(max=40)]


class TagUpdate(Body):
    __readonly__ = READONLY

    name: Annotated[str, Chars(max=40)] = UNSENT


class TagRead(Read):
    id: int
    name: str


class TagPage(Paged):
    items: list[TagRead]
