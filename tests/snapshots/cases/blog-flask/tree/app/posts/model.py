import datetime as dt
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.access import Access
from app.core.columns import EnumString, Owned
from app.core.model import Base, Timestamps, UuidKey
from app.core.types import ExactString, ExactText, UTCDateTime, UUIDType

if TYPE_CHECKING:
    from app.tags.model import Tag


class PostStatus(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"


posts_tags = sa.Table(
    "posts_tags",
    Base.metadata,
    sa.Column("post_id", UUIDType, sa.ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True),
    sa.Column(
        "tag_id",
        UUIDType,
        sa.ForeignKey("tags.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
)


class Post(UuidKey, Owned, Timestamps, Base):
    __tablename__ = "posts"
    __access__ = Access(
        list="public",
        read="public",
        create="authenticated",
        update="owner",
        delete="owner",
    )
    __table_args__ = (
        sa.CheckConstraint(sa.column("status").in_(["draft", "published"]), name="ck_posts_status"),
        sa.Index("ix_posts_status_published_at", "status", "published_at"),
    )

    title: Mapped[str] = mapped_column(ExactString(200), index=True)
    slug: Mapped[str] = mapped_column(ExactString(255), unique=True)
    body: Mapped[str] = mapped_column(ExactText())
    status: Mapped[PostStatus] = mapped_column(
        EnumString(PostStatus),
        default=PostStatus.DRAFT,
        server_default="draft",
    )
    published_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime())

    tags: Mapped[list["Tag"]] = relationship(
        secondary=posts_tags,
        lazy="raise",
        passive_deletes=True,
    )

    @cached_property
    def tag_ids(self) -> list[UUID]:
        return sorted(each.id for each in self.tags)


sa.Index("ix_posts_created_at_id", Post.created_at.desc(), Post.id)
