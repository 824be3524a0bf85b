import datetime as dt
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.core.fields import UNSENT, Body, Chars, Exact, Paged, Read, ShownDecimal, Uuid

READONLY = frozenset({"id", "created_at", "updated_at"})


class LedgerCreate(Body):
    __readonly__ = READONLY

    title: Annotated[str, Chars(max=100), Field(description="Shown in lists")]
    amount: Annotated[Decimal, Exact(8, 3, min="0.000")]
    holder_id: Uuid


class LedgerUpdate(Body):
    __readonly__ = READONLY

    title: Annotated[str, Chars(max=100), Field(description="Shown in lists")] = UNSENT
    amount: Annotated[Decimal, Exact(8, 3, min="0.000")] = UNSENT
    holder_id: Uuid = UNSENT


class LedgerRead(Read):
    id: UUID
    title: Annotated[str, Field(description="Shown in lists")]
    amount: ShownDecimal
    holder_id: UUID
    created_at: dt.datetime
    updated_at: dt.datetime


class LedgerPage(Paged):
    items: list[LedgerRead]
