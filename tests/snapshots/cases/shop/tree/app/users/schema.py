import datetime as dt
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator

from app.auth.schema import Password
from app.core.fields import UNSENT, Body, Bool, Chars, Email, Read
from app.users.model import Role

READONLY = frozenset({"id", "role", "loyalty_points", "created_at", "updated_at"})

Address = Annotated[Email, AfterValidator(str.lower)]


class Registration(Body):
    __readonly__ = READONLY

    email: Address
    password: Password
    display_name: Annotated[str, Chars(max=80)] | None = None
    newsletter: Bool = False


class UserUpdate(Body):
    __readonly__ = READONLY

    email: Address = UNSENT
    display_name: Annotated[str, Chars(max=80)] | None = UNSENT
    newsletter: Bool = UNSENT


class UserRead(Read):
    id: UUID
    email: str
    role: Role
    display_name: str | None
    newsletter: bool
    loyalty_points: int
    created_at: dt.datetime
    updated_at: dt.datetime
