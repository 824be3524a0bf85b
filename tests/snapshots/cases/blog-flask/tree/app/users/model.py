from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.columns import EnumString
from app.core.model import Base, Timestamps, UuidKey
from app.core.types import ExactString


class Role(StrEnum):
    USER = "user"
    ADMIN = "admin"


class User(UuidKey, Timestamps, Base):
    __tablename__ = "users"
    __table_args__ = (
        sa.CheckConstraint(sa.column("role").in_(["user", "admin"]), name="ck_users_role"),
    )

    email: Mapped[str] = mapped_column(ExactString(254), unique=True)
    password_hash: Mapped[str] = mapped_column(sa.String(255))
    role: Mapped[Role] = mapped_column(EnumString(Role), default=Role.USER, server_default="user")
    is_active: Mapped[bool] = mapped_column(sa.Boolean(), default=True, server_default="1")
