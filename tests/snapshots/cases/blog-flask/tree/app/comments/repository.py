from app.comments.model import Comment
from app.core import filters
from app.core.listing import ListParameters
from app.core.repository import BaseRepository, ToOne
from app.posts.model import Post

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


class CommentRepository(BaseRepository[Comment]):
    model = Comment
    to_one = (ToOne("post_id", Post), ToOne("reply_to_id", Comment))
