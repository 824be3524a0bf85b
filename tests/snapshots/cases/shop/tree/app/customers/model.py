from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.access import Access
from app.core.columns import Owned
from app.core.model import Base, Timestamps, UuidKey
from app.core.types import ExactString, UUIDType

if TYPE_CHECKING:
    from app.addresses.model import Address
    from app.users.model import User


class Customer(UuidKey, Owned, Timestamps, Base):
    __tablename__ = "customers"
    __access__ = Access(
        list="owner",
        read="owner",
        create="authenticated",
        update="owner",
        delete="owner",
    )

    account_id: Mapped[UUID] = mapped_column(
        UUIDType,
        sa.ForeignKey("users.id", ondelete="CASCADE"),
        unique=True,
    )
    name: Mapped[str] = mapped_column(ExactString(120))
    phone: Mapped[str | None] = mapped_column(ExactString(30))
    billing_id: Mapped[UUID | None] = mapped_column(
        UUIDType,
        sa.ForeignKey("addresses.id", ondelete="SET NULL"),
        index=True,
    )
    shipping_id: Mapped[UUID | None] = mapped_column(
        UUIDType,
        sa.ForeignKey("addresses.id", ondelete="SET NULL"),
        index=True,
    )

    account: Mapped["User"] = relationship(foreign_keys=account_id, lazy="raise")
    billing: Mapped["Address | None"] = relationship(foreign_keys=billing_id, lazy="raise")
    shipping: Mapped["Address | None"] = relationship(foreign_keys=shipping_id, lazy="raise")


sa.Index("ix_customers_created_at_id", Customer.created_at.desc(), Customer.id)
