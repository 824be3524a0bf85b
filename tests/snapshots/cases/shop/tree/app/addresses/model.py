import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.access import Access
from app.core.columns import Owned
from app.core.model import Base, Timestamps, UuidKey
from app.core.types import ExactString


class Address(UuidKey, Owned, Timestamps, Base):
    __tablename__ = "addresses"
    __access__ = Access(
        list="owner",
        read="owner",
        create="authenticated",
        update="owner",
        delete="owner",
    )

    street: Mapped[str] = mapped_column(ExactString(120))
    city: Mapped[str] = mapped_column(ExactString(80))
    postcode: Mapped[str] = mapped_column(ExactString(12))
    country: Mapped[str] = mapped_column(ExactString(2))


sa.Index("ix_addresses_created_at_id", Address.created_at.desc(), Address.id)
