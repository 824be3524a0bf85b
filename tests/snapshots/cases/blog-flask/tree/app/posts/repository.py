from sqlalchemy.orm import selectinload

from app.core import filters
from app.core.listing import ListParameters
from app.core.repository import BaseRepository, ToMany
from app.posts.model import Post, PostStatus, posts_tags
from app.tags.model import Tag

LISTING = ListParameters(
    Post,
    columns={
        "id": filters.UUID,
        "owner_id": filters.UUID,
        "title": filters.STRING,
        "slug": filters.SLUG,
        "body": filters.TEXT,
        "status": filters.choice(PostStatus),
        "published_at": filters.DATETIME,
        "created_at": filters.DATETIME,
        "updated_at": filters.DATETIME,
    },
    many={
        "tag_ids": filters.Every(posts_tags.c.post_id, posts_tags.c.tag_id, filters.UUID),
    },
    search=["title", "body"],
    sort="-created_at",
)


class PostRepository(BaseRepository[Post]):
    model = Post
    options = (selectinload(Post.tags).load_only(Tag.id),)
    to_many = (ToMany("tag_ids", "tags", Tag),)
