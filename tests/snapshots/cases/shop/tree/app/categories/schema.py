import datetime as dt
from typing import Annotated
from uuid import UUID

from app.core.fields import UNSENT, Body, Chars, Paged, Read, Uuid

READONLY = frozenset({"id", "created_at", "updated_at"})


class CategoryCreate(Body):
    __readonly__ = READONLY

    name: Annotated[str, Chars(max=80)]
    parent_id: Uuid | None = None
    featured_id: Uuid | None = None


class CategoryUpdate(Body):
    __readonly__ = READONLY

    name: Annotated[str, Chars(max=80)] = UNSENT
    parent_id: Uuid | None = UNSENT
    featured_id: Uuid | None = UNSENT


class CategoryRead(Read):
    id: UUID
    name: str
    parent_id: UUID | None
    featured_id: UUID | None
    created_at: dt.datetime
    updated_at: dt.datetime


class CategoryPage(Paged):
    items: list[CategoryRead]
