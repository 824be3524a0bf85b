import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.access import Access
from app.core.model import Base, Timestamps, UuidKey
from app.core.types import ExactString


class Tag(UuidKey, Timestamps, Base):
    __tablename__ = "tags"
    __access__ = Access(
        list="public",
        read="public",
        create="admin",
        update="admin",
        delete="admin",
    )

    name: Mapped[str] = mapped_column(ExactString(40), unique=True)


sa.Index("ix_tags_created_at_id", Tag.created_at.desc(), Tag.id)
