from sqlalchemy.orm import Mapped, mapped_column

from app.core.access import Access
from app.core.model import Base, IntKey
from app.core.types import ExactString


class Tag(IntKey, Base):
    __tablename__ = "tags"
    __access__ = Access(
        list="public",
        read="public",
        create="admin",
        update="admin",
        delete="admin",
    )

    name: Mapped[str] = mapped_column(ExactString(40), unique=True)
