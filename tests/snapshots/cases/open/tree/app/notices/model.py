import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.access import OPEN
from app.core.columns import EnumString
from app.core.model import Base, Timestamps, UuidKey
from app.core.types import ExactDecimal, ExactString, ExactText, UUIDType

if TYPE_CHECKING:
    from app.boards.model import Board


class NoticeKind(StrEnum):
    OFFER = "offer"
    WANTED = "wanted"
    LOST = "lost"
    FOUND = "found"


class Notice(UuidKey, Timestamps, Base):
    __tablename__ = "notices"
    __access__ = OPEN
    __table_args__ = (
        sa.CheckConstraint(
            sa.column("kind").in_(["offer", "wanted", "lost", "found"]),
            name="ck_notices_kind",
        ),
        sa.CheckConstraint(
            sa.column("price", ExactDecimal(8, 2)) >= Decimal("0.00"),
            name="ck_notices_price_range",
        ),
    )

    title: Mapped[str] = mapped_column(ExactString(120), index=True)
    body: Mapped[str] = mapped_column(ExactText())
    kind: Mapped[NoticeKind] = mapped_column(
        EnumString(NoticeKind),
        default=NoticeKind.OFFER,
        server_default="offer",
    )
    price: Mapped[Decimal | None] = mapped_column(ExactDecimal(8, 2))
    expires_on: Mapped[dt.date | None] = mapped_column(sa.Date())
    contact: Mapped[str] = mapped_column(ExactString(254))
    board_id: Mapped[UUID] = mapped_column(
        UUIDType,
        sa.ForeignKey("boards.id", ondelete="CASCADE"),
        index=True,
    )

    board: Mapped["Board"] = relationship(foreign_keys=board_id, lazy="raise")


sa.Index("ix_notices_created_at_id", Notice.created_at.desc(), Notice.id)
