from app.core import filters
from app.core.listing import ListParameters
from app.core.repository import BaseRepository
from app.tags.model import Tag

LISTING = ListParameters(
    Tag,
    columns={
        "id": filters.UUID,
        "name": filters.STRING,
        "created_at": filters.DATETIME,
        "updated_at": filters.DATETIME,
    },
    sort="-created_at",
)


class TagRepository(BaseRepository[Tag]):
    model = Tag
