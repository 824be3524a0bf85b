from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.access import Access
from app.core.columns import Owned
from app.core.model import Base, Timestamps, UuidKey
from app.core.types import ExactDecimal, UUIDType

if TYPE_CHECKING:
    from app.products.model import Product
    from app.purchases.model import Purchase


class PurchaseLine(UuidKey, Owned, Timestamps, Base):
    __tablename__ = "purchase_lines"
    __access__ = Access(
        list="owner",
        read="owner",
        create="authenticated",
        update="owner",
        delete="owner",
    )
    __table_args__ = (
        sa.CheckConstraint(
            sa.column("quantity", sa.Integer()).between(1, 1000),
            name="ck_purchase_lines_quantity_range",
        ),
        sa.CheckConstraint(
            sa.column("unit_price", ExactDecimal(10, 2)) >= Decimal("0.00"),
            name="ck_purchase_lines_unit_price_range",
        ),
        sa.UniqueConstraint("purchase_id", "product_id"),
    )

    purchase_id: Mapped[UUID] = mapped_column(
        UUIDType,
        sa.ForeignKey("purchases.id", ondelete="CASCADE"),
        index=True,
    )
    product_id: Mapped[UUID] = mapped_column(
        UUIDType,
        sa.ForeignKey("products.id", ondelete="RESTRICT"),
        index=True,
    )
    quantity: Mapped[int] = mapped_column(sa.Integer(), default=1, server_default="1")
    unit_price: Mapped[Decimal] = mapped_column(ExactDecimal(10, 2))

    purchase: Mapped["Purchase"] = relationship(foreign_keys=purchase_id, lazy="raise")
    product: Mapped["Product"] = relationship(foreign_keys=product_id, lazy="raise")


sa.Index("ix_purchase_lines_created_at_id", PurchaseLine.created_at.desc(), PurchaseLine.id)
