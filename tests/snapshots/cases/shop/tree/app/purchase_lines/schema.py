import datetime as dt
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from app.core.fields import UNSENT, Body, Exact, Paged, Read, ShownDecimal, Uuid, Whole

READONLY = frozenset({"id", "owner_id", "created_at", "updated_at"})


class PurchaseLineCreate(Body):
    __readonly__ = READONLY

    purchase_id: Uuid
    product_id: Uuid
    quantity: Annotated[int, Whole(min=1, max=1000)] = 1
    unit_price: Annotated[Decimal, Exact(10, 2, min="0.00")]


class PurchaseLineUpdate(Body):
    __readonly__ = READONLY

    purchase_id: Uuid = UNSENT
    product_id: Uuid = UNSENT
    quantity: Annotated[int, Whole(min=1, max=1000)] = UNSENT
    unit_price: Annotated[Decimal, Exact(10, 2, min="0.00")] = UNSENT


class PurchaseLineRead(Read):
    id: UUID
    owner_id: UUID
    purchase_id: UUID
    product_id: UUID
    quantity: int
    unit_price: ShownDecimal
    created_at: dt.datetime
    updated_at: dt.datetime


class PurchaseLinePage(Paged):
    items: list[PurchaseLineRead]
