import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.access import Access
from app.core.columns import EnumString, Owned, SoftDeleted
from app.core.model import Base, Timestamps, UuidKey
from app.core.types import ExactString, ExactText, UTCDateTime, UUIDType

if TYPE_CHECKING:
    from app.customers.model import Customer
    from app.users.model import User


class PurchaseStatus(StrEnum):
    OPEN = "open"
    PAID = "paid"
    SHIPPED = "shipped"
    CANCELLED = "cancelled"


class Purchase(UuidKey, Owned, Timestamps, SoftDeleted, Base):
    __tablename__ = "purchases"
    __access__ = Access(
        list="owner",
        read="owner",
        create="authenticated",
        update="admin",
        delete="admin",
    )
    __table_args__ = (
        sa.CheckConstraint(
            sa.column("status").in_(["open", "paid", "shipped", "cancelled"]),
            name="ck_purchases_status",
        ),
        sa.Index("ix_purchases_status_paid_at", "status", "paid_at"),
    )

    number: Mapped[str] = mapped_column(ExactString(20), unique=True)
    customer_id: Mapped[UUID] = mapped_column(
        UUIDType,
        sa.ForeignKey("customers.id", ondelete="RESTRICT"),
        index=True,
    )
    status: Mapped[PurchaseStatus] = mapped_column(
        EnumString(PurchaseStatus),
        default=PurchaseStatus.OPEN,
        server_default="open",
    )
    paid_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime())
    note: Mapped[str | None] = mapped_column(ExactText())
    handled_by_id: Mapped[UUID | None] = mapped_column(
        UUIDType,
        sa.ForeignKey("users.id", ondelete="SET NULL"),
        index=True,
    )

    customer: Mapped["Customer"] = relationship(foreign_keys=customer_id, lazy="raise")
    handled_by: Mapped["User | None"] = relationship(foreign_keys=handled_by_id, lazy="raise")


sa.Index("ix_purchases_created_at_id", Purchase.created_at.desc(), Purchase.id)
