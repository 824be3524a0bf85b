import datetime as dt
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.core.fields import (
    UNSENT,
    BigInt,
    Body,
    Bool,
    Chars,
    Exact,
    Ids,
    Paged,
    Read,
    ShownDecimal,
    Text,
    Uuid,
    Whole,
)

READONLY = frozenset({"id", "created_at", "updated_at"})


class ProductCreate(Body):
    __readonly__ = READONLY

    sku: Annotated[str, Chars(max=20, pattern="^[A-Z]{2}-[0-9]{4}$")]
    name: Annotated[str, Chars(max=120)]
    description: Text | None = None
    price: Annotated[Decimal, Exact(10, 2, min="0.00")]
    stock: Annotated[int, Whole(min=0)] = 0
    discontinued: Bool = False
    category_id: Uuid
    tag_ids: Ids[BigInt] = Field(default_factory=list)
    related_ids: Ids[Uuid] = Field(default_factory=list)


class ProductUpdate(Body):
    __readonly__ = READONLY

    sku: Annotated[str, Chars(max=20, pattern="^[A-Z]{2}-[0-9]{4}$")] = UNSENT
    name: Annotated[str, Chars(max=120)] = UNSENT
    description: Text | None = UNSENT
    price: Annotated[Decimal, Exact(10, 2, min="0.00")] = UNSENT
    stock: Annotated[int, Whole(min=0)] = UNSENT
    discontinued: Bool = UNSENT
    category_id: Uuid = UNSENT
    tag_ids: Ids[BigInt] = UNSENT
    related_ids: Ids[Uuid] = UNSENT


class ProductRead(Read):
    id: UUID
    sku: str
    name: str
    description: str | None
    price: ShownDecimal
    stock: int
    discontinued: bool
    category_id: UUID
    tag_ids: list[int]
    related_ids: list[UUID]
    created_at: dt.datetime
    updated_at: dt.datetime


class ProductPage(Paged):
    items: list[ProductRead]
