"""What may be asked of a list of comments."""

from app.comments.models import Comment
from app.core import filters
from app.core.listing import ListParameters

LISTING = ListParameters(
    Comment,
    columns={
        "id": filters.UUID,
        "owner_id": filters.UUID,
        "body": filters.TEXT,
        "post_id": filters.UUID,
        "reply_to_id": filters.UUID,
        "created_at": filters.DATETIME,
        "updated_at": filters.DATETIME,
    },
    sort="-created_at",
)
