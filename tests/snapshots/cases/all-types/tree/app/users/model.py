import datetime as dt
from decimal import Decimal
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.columns import EnumString
from app.core.model import Base, Timestamps, UuidKey
from app.core.types import ExactDecimal, ExactString


class Role(StrEnum):
    USER = "user"
    ADMIN = "admin"


class UserTheme(StrEnum):
    LIGHT = "light"
    DARK = "dark"


class User(UuidKey, Timestamps, Base):
    __tablename__ = "users"
    __table_args__ = (
        sa.CheckConstraint(sa.column("role").in_(["user", "admin"]), name="ck_users_role"),
        sa.CheckConstraint(sa.column("theme").in_(["light", "dark"]), name="ck_users_theme"),
    )

    email: Mapped[str] = mapped_column(ExactString(254), unique=True)
    password_hash: Mapped[str] = mapped_column(sa.String(255))
    role: Mapped[Role] = mapped_column(EnumString(Role), default=Role.USER, server_default="user")
    is_active: Mapped[bool] = mapped_column(sa.Boolean(), default=True, server_default="1")
    nickname: Mapped[str | None] = mapped_column(ExactString(40), unique=True)
    birthday: Mapped[dt.date | None] = mapped_column(sa.Date())
    theme: Mapped[UserTheme] = mapped_column(
        EnumString(UserTheme),
        default=UserTheme.LIGHT,
        server_default="light",
    )
    credit: Mapped[Decimal] = mapped_column(
        ExactDecimal(10, 2),
        default=Decimal("0.00"),
        server_default=sa.literal(Decimal("0.00"), ExactDecimal(10, 2)),
    )
    recovery_hint: Mapped[str | None] = mapped_column(ExactString(100))
