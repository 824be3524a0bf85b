import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.access import Access
from app.core.columns import Owned
from app.core.model import Base, Timestamps, UuidKey
from app.core.types import ExactString


class Person(UuidKey, Owned, Timestamps, Base):
    """Named by an irregular plural, and kept in a table of another name."""

    __tablename__ = "persons"
    __access__ = Access(
        list="authenticated",
        read="authenticated",
        create="authenticated",
        update="owner",
        delete="owner",
    )

    name: Mapped[str] = mapped_column(ExactString(80))


sa.Index("ix_persons_created_at_id", Person.created_at.desc(), Person.id)
