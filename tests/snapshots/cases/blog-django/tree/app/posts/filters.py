"""What may be asked of a list of posts."""

from app.core import filters
from app.core.listing import ListParameters
from app.posts.models import Post, PostStatus

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
        "tag_ids": filters.Every("tags", filters.UUID),
    },
    search=["title", "body"],
    sort="-created_at",
)
