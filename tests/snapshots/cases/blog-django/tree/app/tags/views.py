from app.core.views import ResourceViewSet
from app.tags.filters import LISTING
from app.tags.serializers import TagSerializer
from app.tags.services import TagService


class TagViewSet(ResourceViewSet):
    service = TagService
    serializer = TagSerializer
    listing = LISTING
    lookup_url_kwarg = "tag_id"
