import datetime as dt
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator

from app.auth.schema import Password
from app.core.fields import UNSENT, Body, Chars, Date, Email, OneOf, Read, ShownDecimal
from app.users.model import Role, UserTheme

READONLY = frozenset({"id", "role", "credit", "created_at", "updated_at"})

Address = Annotated[Email, AfterValidator(str.lower)]


class Registration(Body):
    __readonly__ = READONLY

    email: Address
    password: Password
    nickname: Annotated[str, Chars(max=40)] | None = None
    birthday: Date | None = None
    theme: OneOf[UserTheme] = UserTheme.LIGHT
    recovery_hint: Annotated[str, Chars(max=100)] | None = None


class UserUpdate(Body):
    __readonly__ = READONLY

    email: Address = UNSENT
    nickname: Annotated[str, Chars(max=40)] | None = UNSENT
    birthday: Date | None = UNSENT
    theme: OneOf[UserTheme] = UNSENT
    recovery_hint: Annotated[str, Chars(max=100)] | None = UNSENT


class UserRead(Read):
    id: UUID
    email: str
    role: Role
    nickname: str | None
    birthday: dt.date | None
    theme: UserTheme
    credit: ShownDecimal
    created_at: dt.datetime
    updated_at: dt.datetime
