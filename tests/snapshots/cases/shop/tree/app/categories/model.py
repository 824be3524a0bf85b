from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.access import Access
from app.core.model import Base, Timestamps, UuidKey
from app.core.types import ExactString, UUIDType

if TYPE_CHECKING:
    from app.products.model import Product


class Category(UuidKey, Timestamps, Base):
    """A shelf of the shop, within another one or at the top."""

    __tablename__ = "categories"
    __access__ = Access(
        list="public",
        read="public",
        create="admin",
        update="admin",
        delete="admin",
    )

    name: Mapped[str] = mapped_column(ExactString(80), unique=True)
    parent_id: Mapped[UUID | None] = mapped_column(
        UUIDType,
        sa.ForeignKey("categories.id", ondelete="SET NULL"),
        index=True,
    )
    featured_id: Mapped[UUID | None] = mapped_column(
        UUIDType,
        sa.ForeignKey("products.id", ondelete="SET NULL"),
        index=True,
    )

    parent: Mapped["Category | None"] = relationship(
        foreign_keys=parent_id,
        remote_side="Category.id",
        lazy="raise",
    )
    featured: Mapped["Product | None"] = relationship(foreign_keys=featured_id, lazy="raise")


sa.Index("ix_categories_created_at_id", Category.created_at.desc(), Category.id)
