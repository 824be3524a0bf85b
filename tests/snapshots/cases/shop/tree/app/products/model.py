from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.access import Access
from app.core.columns import Versioned
from app.core.model import Base, Timestamps, UuidKey
from app.core.types import ExactDecimal, ExactString, ExactText, UUIDType

if TYPE_CHECKING:
    from app.categories.model import Category
    from app.tags.model import Tag


products_tags = sa.Table(
    "products_tags",
    Base.metadata,
    sa.Column(
        "product_id",
        UUIDType,
        sa.ForeignKey("products.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column(
        "tag_id",
        sa.BigInteger(),
        sa.ForeignKey("tags.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
)


products_related = sa.Table(
    "products_related",
    Base.metadata,
    sa.Column(
        "product_id",
        UUIDType,
        sa.ForeignKey("products.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column(
        "related_id",
        UUIDType,
        sa.ForeignKey("products.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
)


class Product(UuidKey, Timestamps, Versioned, Base):
    __tablename__ = "products"
    __access__ = Access(
        list="public",
        read="public",
        create="admin",
        update="admin",
        delete="admin",
    )
    __table_args__ = (
        sa.CheckConstraint(
            sa.column("price", ExactDecimal(10, 2)) >= Decimal("0.00"),
            name="ck_products_price_range",
        ),
        sa.CheckConstraint(sa.column("stock", sa.Integer()) >= 0, name="ck_products_stock_range"),
        sa.Index("ix_products_category_id_price", "category_id", "price"),
    )

    sku: Mapped[str] = mapped_column(ExactString(20), unique=True)
    name: Mapped[str] = mapped_column(ExactString(120), index=True)
    description: Mapped[str | None] = mapped_column(ExactText())
    price: Mapped[Decimal] = mapped_column(ExactDecimal(10, 2))
    stock: Mapped[int] = mapped_column(sa.Integer(), default=0, server_default="0")
    discontinued: Mapped[bool] = mapped_column(sa.Boolean(), default=False, server_default="0")
    category_id: Mapped[UUID] = mapped_column(
        UUIDType,
        sa.ForeignKey("categories.id", ondelete="RESTRICT"),
        index=True,
    )

    category: Mapped["Category"] = relationship(foreign_keys=category_id, lazy="raise")
    tags: Mapped[list["Tag"]] = relationship(
        secondary=products_tags,
        lazy="raise",
        passive_deletes=True,
    )
    related: Mapped[list["Product"]] = relationship(
        secondary=products_related,
        primaryjoin=lambda: Product.id == products_related.c.product_id,
        secondaryjoin=lambda: Product.id == products_related.c.related_id,
        lazy="raise",
        passive_deletes=True,
    )

    @cached_property
    def tag_ids(self) -> list[int]:
        return sorted(each.id for each in self.tags)

    @cached_property
    def related_ids(self) -> list[UUID]:
        return sorted(each.id for each in self.related)


sa.Index("ix_products_created_at_id", Product.created_at.desc(), Product.id)
