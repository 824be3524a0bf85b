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

FIELDS: tuple[Field, ...] = (
    Field(
        key="nickname",
        type="string",
        example="Example nickname",
        other="Other nickname",
        default=None,
        optional=True,
        varies=True,
        length=40,
    ),
    Field(
        key="birthday",
        type="date",
        example="2026-01-02",
        other="2026-03-04",
        default=None,
        optional=True,
    ),
    Field(
        key="theme",
        type="enum",
        example="light",
        other="dark",
        default="light",
        values=(
            "light",
            "dark",
        ),
    ),
    Field(
        key="credit",
        type="decimal",
        example="1.50",
        other="2.50",
        default="0.00",
        readonly=True,
        precision=10,
        scale=2,
    ),
    Field(
        key="recovery_hint",
        type="string",
        example="Example recovery hint",
        other="Other recovery hint",
        default=None,
        optional=True,
        private=True,
        length=100,
    ),
)
CAPACITY = capacity(FIELDS)


async def create_user(api: Caller, **values: Any) -> User:
    """Without the time that a password takes: this user has none, and comes in by a token."""
    account = {"email": f"{uuid4().hex}@example.com", "password": "never hashed"}
    data = sent(Registration.model_validate(body(FIELDS) | account))
    del data["password"]
    user = User(**(data | {"password_hash": ""} | values))
    async with api.session() as session:
        session.add(user)
        await session.commit()
    return user


async def create(api: Caller, _owner_id: str | None = None) -> str:
    return str((await create_user(api)).id)


async def remove(api: Caller, user_id: str) -> int:
    """As if there were an operation for it: the status that it would have."""
    try:
        async with api.session() as session:
            await session.execute(delete(User).where(User.id == UUID(user_id)))
            await session.commit()
    except IntegrityError:
        return 409
    return 204


async def signed_in(anonymous: Caller, **values: Any) -> Caller:
    user = await create_user(anonymous, **values)
    token = create_access_token(anonymous.app.state.settings, user.id)
    return Caller(anonymous.app, user.id, Authorization=f"Bearer {token}")
