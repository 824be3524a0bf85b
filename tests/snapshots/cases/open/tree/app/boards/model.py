import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.access import OPEN
from app.core.model import Base, Timestamps, UuidKey
from app.core.types import ExactString, ExactText


class Board(UuidKey, Timestamps, Base):
    __tablename__ = "boards"
    __access__ = OPEN

    name: Mapped[str] = mapped_column(ExactString(80), unique=True)
    description: Mapped[str | None] = mapped_column(ExactText())


sa.Index("ix_boards_created_at_id", Board.created_at.desc(), Board.id)
