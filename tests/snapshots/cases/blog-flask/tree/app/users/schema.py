import datetime as dt
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator

from app.auth.schema import Password
from app.core.fields import UNSENT, Body, Email, Read
from app.users.model import Role

READONLY = frozenset({"id", "role", "created_at", "updated_at"})

Address = Annotated[Email, AfterValidator(str.lower)]


class Registration(Body):
    __readonly__ = READONLY

    email: Address
    password: Password


class UserUpdate(Body):
    __readonly__ = READONLY

    email: Address = UNSENT


class UserRead(Read):
    id: UUID
    email: str
    role: Role
    created_at: dt.datetime
    updated_at: dt.datetime
