import datetime as dt
from typing import Annotated
from uuid import UUID

from app.core.fields import UNSENT, Body, Chars, Paged, Read, Uuid

READONLY = frozenset({"id", "owner_id", "created_at", "updated_at"})


class CommentCreate(Body):
    __readonly__ = READONLY

    body: Annotated[str, Chars(min=1)]
    post_id: Uuid
    reply_to_id: Uuid | None = None


class CommentUpdate(Body):
    __readonly__ = READONLY

    body: Annotated[str, Chars(min=1)] = UNSENT
    post_id: Uuid = UNSENT
    reply_to_id: Uuid | None = UNSENT


class CommentRead(Read):
    id: UUID
    owner_id: UUID
    body: str
    post_id: UUID
    reply_to_id: UUID | None
    created_at: dt.datetime
    updated_at: dt.datetime


class CommentPage(Paged):
    items: list[CommentRead]
