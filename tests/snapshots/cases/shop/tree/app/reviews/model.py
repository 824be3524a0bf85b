from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.access import Access
from app.core.columns import Owned
from app.core.model import Base, Timestamps, UuidKey
from app.core.types import ExactText, UUIDType

if TYPE_CHECKING:
    from app.products.model import Product


class Review(UuidKey, Owned, Timestamps, Base):
    __tablename__ = "reviews"
    __access__ = Access(
        list="public",
        read="public",
        create="authenticated",
        update="owner",
        delete="owner",
    )
    __table_args__ = (
        sa.CheckConstraint(
            sa.column("stars", sa.Integer()).between(1, 5),
            name="ck_reviews_stars_range",
        ),
    )

    product_id: Mapped[UUID] = mapped_column(
        UUIDType,
        sa.ForeignKey("products.id", ondelete="CASCADE"),
        index=True,
    )
    stars: Mapped[int] = mapped_column(sa.Integer())
    body: Mapped[str | None] = mapped_column(ExactText())

    product: Mapped["Product"] = relationship(foreign_keys=product_id, lazy="raise")


sa.Index("ix_reviews_created_at_id", Review.created_at.desc(), Review.id)
