import datetime as dt
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from app.core.fields import (
    UNSENT,
    Body,
    Chars,
    Date,
    Email,
    Exact,
    OneOf,
    Paged,
    Read,
    ShownDecimal,
    Text,
    Uuid,
)
from app.notices.model import NoticeKind

READONLY = frozenset({"id", "created_at", "updated_at"})


class NoticeCreate(Body):
    __readonly__ = READONLY

    title: Annotated[str, Chars(max=120)]
    body: Text
    kind: OneOf[NoticeKind] = NoticeKind.OFFER
    price: Annotated[Decimal, Exact(8, 2, min="0.00")] | None = None
    expires_on: Date | None = None
    contact: Email
    board_id: Uuid


class NoticeUpdate(Body):
    __readonly__ = READONLY

    title: Annotated[str, Chars(max=120)] = UNSENT
    body: Text = UNSENT
    kind: OneOf[NoticeKind] = UNSENT
    price: Annotated[Decimal, Exact(8, 2, min="0.00")] | None = UNSENT
    expires_on: Date | None = UNSENT
    contact: Email = UNSENT
    board_id: Uuid = UNSENT


class NoticeRead(Read):
    id: UUID
    title: str
    body: str
    kind: NoticeKind
    price: ShownDecimal | None
    expires_on: dt.date | None
    contact: str
    board_id: UUID
    created_at: dt.datetime
    updated_at: dt.datetime


class NoticePage(Paged):
    items: list[NoticeRead]
