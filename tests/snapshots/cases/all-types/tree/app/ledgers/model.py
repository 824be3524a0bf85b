from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.access import Access
from app.core.model import Base, Timestamps, UuidKey
from app.core.types import ExactDecimal, ExactString, UUIDType

if TYPE_CHECKING:
    from app.people.model import Person


class Ledger(UuidKey, Timestamps, Base):
    __tablename__ = "ledgers"
    __access__ = Access(
        list="admin",
        read="admin",
        create="admin",
        update="admin",
        delete="admin",
    )
    __table_args__ = (
        sa.CheckConstraint(
            sa.column("amount", ExactDecimal(8, 3)) >= Decimal("0.000"),
            name="ck_ledgers_amount_range",
        ),
    )

    title: Mapped[str] = mapped_column(ExactString(100), index=True)
    amount: Mapped[Decimal] = mapped_column(ExactDecimal(8, 3))
    holder_id: Mapped[UUID] = mapped_column(
        UUIDType,
        sa.ForeignKey("persons.id", ondelete="RESTRICT"),
        index=True,
    )

    holder: Mapped["Person"] = relationship(foreign_keys=holder_id, lazy="raise")


sa.Index("ix_ledgers_created_at_id", Ledger.created_at.desc(), Ledger.id)
