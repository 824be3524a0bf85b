"""Users of the tests."""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from app.auth.security import create_access_token
from app.core.fields import sent
from app.users.model import User
from app.users.schema import Registration
from tests.support.callers import Caller
from tests.support.samples import Field, body, capacity

FIELDS: tuple[Field, ...] = ()
CAPACITY = capacity(FIELDS)


def create_user(api: Caller, **values: Any) -> User:
    """Without the time that a password takes: this user has none, and comes in by a token."""
    account = {"email": f"{uuid4().hex}@example.com", "password": "never hashed"}
    data = sent(Registration.model_validate(body(FIELDS) | account))
    del data["password"]
    user = User(**(data | {"password_hash": ""} | values))
    with api.session() as session:
        session.add(user)
        session.commit()
    return user


def create(api: Caller, _owner_id: str | None = None) -> str:
    return str(create_user(api).id)


def remove(api: Caller, user_id: str) -> int:
    """As if there were an operation for it: the status that it would have."""
    try:
        with api.session() as session:
            session.execute(delete(User).where(User.id == UUID(user_id)))
            session.commit()
    except IntegrityError:
        return 409
    return 204


def signed_in(anonymous: Caller, **values: Any) -> Caller:
    user = create_user(anonymous, **values)
    token = create_access_token(anonymous.settings, user.id)
    return Caller(anonymous.app, user.id, Authorization=f"Bearer {token}")
