from app.comments.filters import LISTING
from app.comments.serializers import CommentSerializer
from app.comments.services import CommentService
from app.core.views import ResourceViewSet


class CommentViewSet(ResourceViewSet):
    service = CommentService
    serializer = CommentSerializer
    listing = LISTING
    lookup_url_kwarg = "comment_id"
