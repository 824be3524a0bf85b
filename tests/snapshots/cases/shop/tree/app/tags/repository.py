from app.core import filters
from app.core.listing import ListParameters
from app.core.repository import BaseRepository
from app.tags.model import Tag

LISTING = ListParameters(
    Tag,
    columns={
        "id": filters.ID,
        "name": filters.STRING,
    },
    sort="-id",
)


class TagRepository(BaseRepository[Tag]):
    model = Tag
