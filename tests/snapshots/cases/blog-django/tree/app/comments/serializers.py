from app.core.fields import Chars, DateTime, Uuid
from app.core.serializers import Serializer


class CommentSerializer(Serializer):
    readonly = frozenset({"id", "owner_id", "created_at", "updated_at"})

    id = Uuid(read_only=True)
    owner_id = Uuid(read_only=True)
    body = Chars(min=1)
    post_id = Uuid()
    reply_to_id = Uuid(allow_null=True, default=None)
    created_at = DateTime(read_only=True)
    updated_at = DateTime(read_only=True)
