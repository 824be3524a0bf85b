import datetime as dt
from typing import Annotated
from uuid import UUID

from app.core.fields import UNSENT, Body, Chars, Paged, Read, Uuid

READONLY = frozenset({"id", "owner_id", "created_at", "updated_at"})


class CustomerCreate(Body):
    __readonly__ = READONLY

    account_id: Uuid
    name: Annotated[str, Chars(max=120)]
    phone: Annotated[str, Chars(max=30)] | None = None
    billing_id: Uuid | None = None
    shipping_id: Uuid | None = None


class CustomerUpdate(Body):
    __readonly__ = READONLY

    account_id: Uuid = UNSENT
    name: Annotated[str, Chars(max=120)] = UNSENT
    phone: Annotated[str, Chars(max=30)] | None = UNSENT
    billing_id: Uuid | None = UNSENT
    shipping_id: Uuid | None = UNSENT


class CustomerRead(Read):
    id: UUID
    owner_id: UUID
    account_id: UUID
    name: str
    phone: str | None
    billing_id: UUID | None
    shipping_id: UUID | None
    created_at: dt.datetime
    updated_at: dt.datetime


class CustomerPage(Paged):
    items: list[CustomerRead]
