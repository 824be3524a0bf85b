"""Users of the tests."""

from typing import Any
from uuid import uuid4

from django.db.models import ProtectedError

from app.users.models import User
from app.users.serializers import RegistrationSerializer
from app.users.tokens import create_access_token
from tests.support.callers import Caller
from tests.support.samples import Field, body, capacity

FIELDS: tuple[Field, ...] = ()
CAPACITY = capacity(FIELDS)


def create_user(**values: Any) -> User:
    """Without the time that a password takes: this user has none, and comes in by a token."""
    account = {"email": f"{uuid4().hex}@example.com", "password": "never hashed"}
    data = RegistrationSerializer.read(body(FIELDS) | account)
    user = User(**(data | {"password": "!"} | values))
    user.save()
    return user


def create(_api: Caller, _owner_id: str | None = None) -> str:
    return str(create_user().pk)


def remove(_api: Caller, user_id: str) -> int:
    """As if there were an operation for it: the status that it would have."""
    try:
        User.objects.get(pk=user_id).delete()
    except ProtectedError:
        return 409
    return 204


def signed_in(_anonymous: Caller, **values: Any) -> Caller:
    user = create_user(**values)
    return Caller(user.pk, Authorization=f"Bearer {create_access_token(user.pk)}")
