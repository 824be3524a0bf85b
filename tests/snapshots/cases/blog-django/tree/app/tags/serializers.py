from app.core.fields import Chars, DateTime, Uuid
from app.core.serializers import Serializer


class TagSerializer(Serializer):
    readonly = frozenset({"id", "created_at", "updated_at"})

    id = Uuid(read_only=True)
    name = Chars(max=40)
    created_at = DateTime(read_only=True)
    updated_at = DateTime(read_only=True)
