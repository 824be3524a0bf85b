"""Columns that the service keeps of itself, and the column of an enum."""

import datetime as dt
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Dialect, ForeignKey, Integer
from sqlalchemy.orm import Mapped, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

from app.core.types import ExactString, UTCDateTime

LONGEST_CHOICE = 40


class EnumString(TypeDecorator[StrEnum]):
    """A member of an enum, stored as its text; a CHECK of the table lists the values."""

    impl = ExactString
    cache_ok = True

    def __init__(self, members: type[StrEnum]) -> None:
        self.members = members
        super().__init__(LONGEST_CHOICE)

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        return dialect.type_descriptor(ExactString(LONGEST_CHOICE))

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:  # noqa: ARG002
        return None if value is None else self.members(value)


class Owned:
    """Belongs to the user who created it."""

    owner_id: Mapped[UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True, sort_order=-1
    )


class SoftDeleted:
    """Deleting leaves the row, and hides it from every query."""

    deleted_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime(), sort_order=3)


class Versioned:
    """Counts the changes of a row; a change of an older version than the current one fails."""

    version: Mapped[int] = mapped_column(Integer(), server_default="1", sort_order=4)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805
        return {"version_id_col": cls.version}
