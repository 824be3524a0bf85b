import datetime as dt
from typing import Annotated
from uuid import UUID

from app.core.fields import UNSENT, Body, Chars, Paged, Read

READONLY = frozenset({"id", "owner_id", "created_at", "updated_at"})


class AddressCreate(Body):
    __readonly__ = READONLY

    street: Annotated[str, Chars(max=120)]
    city: Annotated[str, Chars(max=80)]
    postcode: Annotated[str, Chars(max=12)]
    country: Annotated[str, Chars(min=2, max=2)]


class AddressUpdate(Body):
    __readonly__ = READONLY

    street: Annotated[str, Chars(max=120)] = UNSENT
    city: Annotated[str, Chars(max=80)] = UNSENT
    postcode: Annotated[str, Chars(max=12)] = UNSENT
    country: Annotated[str, Chars(min=2, max=2)] = UNSENT


class AddressRead(Read):
    id: UUID
    owner_id: UUID
    street: str
    city: str
    postcode: str
    country: str
    created_at: dt.datetime
    updated_at: dt.datetime


class AddressPage(Paged):
    items: list[AddressRead]
