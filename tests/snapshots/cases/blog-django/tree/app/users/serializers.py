from app.core.fields import Chars, DateTime, Email, OneOf, Uuid
from app.core.serializers import Serializer
from app.users.models import Role

READONLY = frozenset({"id", "role", "created_at", "updated_at"})


class Address(Email):
    """Without case: one address, one account."""

    def to_internal_value(self, data: object) -> str:
        return super().to_internal_value(data).lower()


class Password(Chars):
    def __init__(self) -> None:
        super().__init__(min=8, max=128, write_only=True)


class RegistrationSerializer(Serializer):
    readonly = READONLY

    email = Address()
    password = Password()


class UserSerializer(Serializer):
    readonly = READONLY

    id = Uuid(read_only=True)
    email = Address()
    role = OneOf(Role, read_only=True)
    created_at = DateTime(read_only=True)
    updated_at = DateTime(read_only=True)


class LoginSerializer(Serializer):
    """Any string may be asked for: only the answer says whether it is right."""

    email = Chars()
    password = Chars()


class TokenSerializer(Serializer):
    refresh_token = Chars()


class PasswordChangeSerializer(Serializer):
    current_password = Chars()
    new_password = Password()
