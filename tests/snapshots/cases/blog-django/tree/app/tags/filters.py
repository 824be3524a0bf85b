"""What may be asked of a list of tags."""

from app.core import filters
from app.core.listing import ListParameters
from app.tags.models import Tag

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
