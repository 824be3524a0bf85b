"""The posts of examples/blog.yaml in one file, as a good developer writes them by hand: as in bare.py, with Flask.

Validation, keyset paging, eager loading and one commit per write; no log, no metrics, no authentication, no
rate limit. It serves the database that the generated project has migrated.
"""

import datetime as dt
import os
import uuid
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from flask import Flask, abort, request
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import (
    Column,
    DateTime,
    Enum,
    ForeignKey,
    Select,
    String,
    Table,
    Text,
    Uuid,
    create_engine,
    event,
    select,
    tuple_,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    mapped_column,
    relationship,
    scoped_session,
    selectinload,
    sessionmaker,
)

URL = os.environ["DATABASE_URL"]
OWNER = uuid.UUID(os.environ["OWNER_ID"])
IS_SQLITE = URL.startswith("sqlite")

engine = create_engine(URL, pool_size=10, max_overflow=0)
session = scoped_session(sessionmaker(engine, expire_on_commit=False))
app = Flask(__name__)


if IS_SQLITE:

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _entry: object) -> None:
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Base(DeclarativeBase):
    pass


class Status(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"


posts_tags = Table(
    "posts_tags",
    Base.metadata,
    Column("post_id", ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True),
    Column("tag_id", ForeignKey("tags.id", ondelete="CASCADE"), primary_key=True),
)


class Tag(Base):
    __tablename__ = "tags"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)


class Post(Base):
    __tablename__ = "posts"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=uuid.uuid4)
    owner_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    title: Mapped[str] = mapped_column(String(200), index=True)
    slug: Mapped[str] = mapped_column(String(255), unique=True)
    body: Mapped[str] = mapped_column(Text)
    status: Mapped[Status] = mapped_column(
        Enum(Status, native_enum=False, values_callable=lambda members: list(members))
    )
    published_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
    created_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True), default=now)
    updated_at: Mapped[dt.datetime] = mapped_column(
        DateTime(timezone=True), default=now, onupdate=now
    )
    tags: Mapped[list[Tag]] = relationship(secondary=posts_tags)

    @property
    def tag_ids(self) -> list[uuid.UUID]:
        return [tag.id for tag in self.tags]


class PostCreate(BaseModel):
    model_config = ConfigDict(extra="forbid")

    title: str = Field(max_length=200)
    slug: str = Field(max_length=255, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    body: str
    status: Status = Status.DRAFT
    published_at: dt.datetime | None = None
    tag_ids: list[uuid.UUID] = Field(default_factory=list)


class PostRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    owner_id: uuid.UUID
    title: str
    slug: str
    body: str
    status: Status
    published_at: dt.datetime | None
    tag_ids: list[uuid.UUID]
    created_at: dt.datetime
    updated_at: dt.datetime


class PostPage(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    items: list[PostRead]
    next_cursor: str | None


def newest(limit: int, cursor: str | None) -> Select[Post]:
    """One more than asked for: whether there is a next page."""
    query = (
        select(Post)
        .order_by(Post.created_at.desc(), Post.id)
        .limit(limit + 1)
        .options(selectinload(Post.tags).load_only(Tag.id))
    )
    if cursor:
        created_at, _, post_id = cursor.partition("_")
        position = dt.datetime.fromisoformat(created_at), uuid.UUID(post_id)
        query = query.where(tuple_(Post.created_at, Post.id) < position)
    return query


def page(posts: Sequence[Post], limit: int) -> dict[str, Any]:
    return {"items": posts[:limit], "next_cursor": _next_cursor(posts, limit)}


def _next_cursor(posts: Sequence[Post], limit: int) -> str | None:
    if len(posts) <= limit:
        return None
    last = posts[limit - 1]
    return f"{last.created_at.isoformat()}_{last.id}"


@app.teardown_appcontext
def close_session(_error: BaseException | None) -> None:
    session.remove()


@app.get("/readyz")
def readyz() -> str:
    """For whoever waits until it serves."""
    return ""


@app.get("/api/v1/posts")
def list_posts() -> dict[str, Any]:
    limit = request.args.get("limit", 20, type=int)
    if not 1 <= limit <= 100:
        abort(422)
    posts = session.scalars(newest(limit, request.args.get("cursor"))).all()
    return PostPage.model_validate(page(posts, limit)).model_dump(mode="json")


@app.post("/api/v1/posts")
def create_post() -> tuple[dict[str, Any], int, dict[str, str]]:
    try:
        data = PostCreate.model_validate_json(request.get_data())
    except ValidationError as error:
        abort(422, str(error))
    values = data.model_dump(exclude={"tag_ids"})
    tags = session.scalars(select(Tag).where(Tag.id.in_(data.tag_ids)))
    post = Post(**values, owner_id=OWNER, tags=list(tags))
    if len(post.tags) != len(data.tag_ids):
        abort(422, "there is no such tag")
    session.add(post)
    try:
        session.commit()
    except IntegrityError:
        abort(409, "the slug is taken")
    headers = {"Location": f"/api/v1/posts/{post.id}"}
    return PostRead.model_validate(post).model_dump(mode="json"), 201, headers
