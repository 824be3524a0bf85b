"""What every table has in common."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.core.ids import uuid7
from app.core.types import BigIntPK, UTCDateTime, UUIDType, utcnow

NAMING_CONVENTION = {
    "pk": "pk_%(table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "%(constraint_name)s",  # so that one without a name is refused
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
}


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING_CONVENTION)


class UuidKey:
    id: Mapped[uuid.UUID] = mapped_column(UUIDType, primary_key=True, default=uuid7, sort_order=-2)


class IntKey:
    id: Mapped[int] = mapped_column(BigIntPK, primary_key=True, sort_order=-2)


def _as_created(context: Any) -> dt.datetime:
    """What was never changed was last changed when it was created."""
    created_at: dt.datetime = context.get_current_parameters()["created_at"]
    return created_at


class Timestamps:
    created_at: Mapped[dt.datetime] = mapped_column(
        UTCDateTime(), default=now, server_default=utcnow(), sort_order=1
    )
    updated_at: Mapped[dt.datetime] = mapped_column(
        UTCDateTime(), default=_as_created, onupdate=now, server_default=utcnow(), sort_order=2
    )
