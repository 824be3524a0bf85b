from app.core.views import ResourceViewSet
from app.posts.filters import LISTING
from app.posts.serializers import PostSerializer
from app.posts.services import PostService


class PostViewSet(ResourceViewSet):
    service = PostService
    serializer = PostSerializer
    listing = LISTING
    lookup_url_kwarg = "post_id"
