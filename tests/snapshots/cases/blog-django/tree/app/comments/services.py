"""What can be done with comments beyond what all resources share."""

from app.comments.models import Comment
from app.core.services import Service


class CommentService(Service[Comment]):
    model = Comment
