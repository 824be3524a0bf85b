from app.core.fields import Chars, DateTime, Ids, OneOf, Slug, Uuid
from app.core.serializers import Serializer
from app.posts.models import PostStatus


class PostSerializer(Serializer):
    readonly = frozenset({"id", "owner_id", "created_at", "updated_at"})

    id = Uuid(read_only=True)
    owner_id = Uuid(read_only=True)
    title = Chars(max=200)
    slug = Slug()
    body = Chars()
    status = OneOf(PostStatus, default=PostStatus.DRAFT)
    published_at = DateTime(allow_null=True, default=None)
    tag_ids = Ids(Uuid(), source="tags")
    created_at = DateTime(read_only=True)
    updated_at = DateTime(read_only=True)
