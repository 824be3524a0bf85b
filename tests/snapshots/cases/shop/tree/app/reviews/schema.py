import datetime as dt
from typing import Annotated
from uuid import UUID

from app.core.fields import UNSENT, Body, Paged, Read, Text, Uuid, Whole

READONLY = frozenset({"id", "owner_id", "created_at", "updated_at"})


class ReviewCreate(Body):
    __readonly__ = READONLY

    product_id: Uuid
    stars: Annotated[int, Whole(min=1, max=5)]
    body: Text | None = None


class ReviewUpdate(Body):
    __readonly__ = READONLY

    product_id: Uuid = UNSENT
    stars: Annotated[int, Whole(min=1, max=5)] = UNSENT
    body: Text | None = UNSENT


class ReviewRead(Read):
    id: UUID
    owner_id: UUID
    product_id: UUID
    stars: int
    body: str | None
    created_at: dt.datetime
    updated_at: dt.datetime


class ReviewPage(Paged):
    items: list[ReviewRead]
