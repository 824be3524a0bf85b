from app.blog_tags.model import BlogTag
from app.core import filters
from app.core.listing import ListParameters
from app.core.repository import BaseRepository

LISTING = ListParameters(
    BlogTag,
    columns={
        "id": filters.ID,
        "owner_id": filters.UUID,
        "name": filters.STRING,
    },
    sort="-id",
)


class BlogTagRepository(BaseRepository[BlogTag]):
    model = BlogTag
