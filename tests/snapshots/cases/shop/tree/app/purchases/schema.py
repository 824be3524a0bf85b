import datetime as dt
from typing import Annotated
from uuid import UUID

from app.core.fields import UNSENT, Body, Chars, DateTime, OneOf, Paged, Read, Text, Uuid
from app.purchases.model import PurchaseStatus

READONLY = frozenset({"id", "owner_id", "created_at", "updated_at"})


class PurchaseCreate(Body):
    __readonly__ = READONLY

    number: Annotated[str, Chars(max=20)]
    customer_id: Uuid
    status: OneOf[PurchaseStatus] = PurchaseStatus.OPEN
    paid_at: DateTime | None = None
    note: Text | None = None
    handled_by_id: Uuid | None = None


class PurchaseUpdate(Body):
    __readonly__ = READONLY

    number: Annotated[str, Chars(max=20)] = UNSENT
    customer_id: Uuid = UNSENT
    status: OneOf[PurchaseStatus] = UNSENT
    paid_at: DateTime | None = UNSENT
    note: Text | None = UNSENT
    handled_by_id: Uuid | None = UNSENT


class PurchaseRead(Read):
    id: UUID
    owner_id: UUID
    number: str
    customer_id: UUID
    status: PurchaseStatus
    paid_at: dt.datetime | None
    note: str | None
    handled_by_id: UUID | None
    created_at: dt.datetime
    updated_at: dt.datetime


class PurchasePage(Paged):
    items: list[PurchaseRead]
