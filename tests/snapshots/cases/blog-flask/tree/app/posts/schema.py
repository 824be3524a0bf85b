import datetime as dt
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.core.fields import UNSENT, Body, Chars, DateTime, Ids, OneOf, Paged, Read, Slug, Text, Uuid
from app.posts.model import PostStatus

READONLY = frozenset({"id", "owner_id", "created_at", "updated_at"})


class PostCreate(Body):
    __readonly__ = READONLY

    title: Annotated[str, Chars(max=200)]
    slug: Slug
    body: Text
    status: OneOf[PostStatus] = PostStatus.DRAFT
    published_at: DateTime | None = None
    tag_ids: Ids[Uuid] = Field(default_factory=list)


class PostUpdate(Body):
    __readonly__ = READONLY

    title: Annotated[str, Chars(max=200)] = UNSENT
    slug: Slug = UNSENT
    body: Text = UNSENT
    status: OneOf[PostStatus] = UNSENT
    published_at: DateTime | None = UNSENT
    tag_ids: Ids[Uuid] = UNSENT


class PostRead(Read):
    id: UUID
    owner_id: UUID
    title: str
    slug: str
    body: str
    status: PostStatus
    published_at: dt.datetime | None
    tag_ids: list[UUID]
    created_at: dt.datetime
    updated_at: dt.datetime


class PostPage(Paged):
    items: list[PostRead]
