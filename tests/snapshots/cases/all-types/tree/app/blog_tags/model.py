from sqlalchemy.orm import Mapped, mapped_column

from app.core.access import Access
from app.core.columns import Owned
from app.core.model import Base, IntKey
from app.core.types import ExactString


class BlogTag(IntKey, Owned, Base):
    __tablename__ = "blog_tags"
    __access__ = Access(
        list="authenticated",
        read="authenticated",
        create="authenticated",
        update="owner",
        delete="owner",
    )

    name: Mapped[str] = mapped_column(ExactString(40), unique=True)
