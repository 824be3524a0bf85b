from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.access import Access
from app.core.columns import Owned
from app.core.model import Base, Timestamps, UuidKey
from app.core.types import ExactText, UUIDType

if TYPE_CHECKING:
    from app.posts.model import Post


class Comment(UuidKey, Owned, Timestamps, Base):
    __tablename__ = "comments"
    __access__ = Access(
        list="public",
        read="public",
        create="authenticated",
        update="owner",
        delete="owner",
    )

    body: Mapped[str] = mapped_column(ExactText())
    post_id: Mapped[UUID] = mapped_column(
        UUIDType,
        sa.ForeignKey("posts.id", ondelete="CASCADE"),
        index=True,
    )
    reply_to_id: Mapped[UUID | None] = mapped_column(
        UUIDType,
        sa.ForeignKey("comments.id", ondelete="CASCADE"),
        index=True,
    )

    post: Mapped["Post"] = relationship(foreign_keys=post_id, lazy="raise")
    reply_to: Mapped["Comment | None"] = relationship(
        foreign_keys=reply_to_id,
        remote_side="Comment.id",
        lazy="raise",
    )


sa.Index("ix_comments_created_at_id", Comment.created_at.desc(), Comment.id)
