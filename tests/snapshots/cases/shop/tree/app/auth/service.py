"""Accounts, and the sessions that a login begins."""

import datetime as dt
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import Depends
from sqlalchemy import ColumnElement, delete, select, update

from app.auth.model import RefreshToken
from app.auth.schema import Login, PasswordChange, TokenPair
from app.auth.security import (
    create_access_token,
    create_refresh_token,
    hash_password,
    hash_refresh_token,
    verify_password,
)
from app.config import Settings, SettingsDep
from app.core.access import ANONYMOUS, Actor
from app.core.database import SessionDep
from app.core.errors import FieldError, Invalid, Unauthorized
from app.core.fields import sent
from app.core.model import now
from app.users.model import Role, User
from app.users.repository import UserRepository
from app.users.schema import Registration, UserUpdate

REFRESH_TOKEN_LIFE = dt.timedelta(days=30)


class AuthService:
    """No transaction is open while a password is hashed, which takes long on purpose."""

    def __init__(self, users: UserRepository, settings: Settings) -> None:
        self._users = users
        self._session = users.session
        self._settings = settings

    async def register(self, data: Registration, *, role: Role = Role.USER) -> User:
        sent_values = dict(data)
        password_hash = await hash_password(sent_values.pop("password"))
        values = await self._users.resolve(sent_values, ANONYMOUS)
        user = User(**values, password_hash=password_hash, role=role)
        self._users.add(user)
        await self._users.commit()
        return user

    async def get(self, actor: Actor) -> User:
        user = await self._users.get(actor.id)
        if user is None:
            raise Unauthorized
        return user

    async def update(self, actor: Actor, data: UserUpdate) -> User:
        user = await self.get(actor)
        self._users.change(user, await self._users.resolve(sent(data), actor))
        await self._users.commit()
        return user

    async def log_in(self, data: Login) -> TokenPair:
        query = select(User.id, User.password_hash).where(User.email == data.email.lower())
        found = (await self._session.execute(query)).one_or_none()
        await self._session.rollback()
        is_right = await verify_password(data.password, found and found.password_hash)
        unchanged = User.password_hash == (found and found.password_hash)
        if found is None or not is_right or not await self._stands(User.id == found.id, unchanged):
            raise Unauthorized("The e-mail address or the password is wrong")
        await self._forget(RefreshToken.user_id == found.id, RefreshToken.expires_at < now())
        return await self._issue(found.id, family_id=uuid4())

    async def refresh(self, sent_token: str) -> TokenPair:
        """The lock lets only one of two that race find the token unused."""
        owner_id = select(RefreshToken.user_id).where(_is(sent_token)).scalar_subquery()
        stands = await self._stands(User.id == owner_id)
        query = select(RefreshToken).where(_is(sent_token))
        token = await self._session.scalar(query.with_for_update())
        if token is not None and (token.used_at or token.expires_at <= now()):
            await self._revoke_family(token)
        elif token is not None and stands:
            token.used_at = now()
            return await self._issue(token.user_id, token.family_id)
        raise Unauthorized("The refresh token is not valid")

    async def log_out(self, sent_token: str) -> None:
        token = await self._session.scalar(select(RefreshToken).where(_is(sent_token)))
        if token is not None:
            await self._revoke_family(token)

    async def change_password(self, actor: Actor, data: PasswordChange) -> None:
        is_me = User.id == actor.id
        password_hash = await self._session.scalar(select(User.password_hash).where(is_me))
        await self._session.rollback()
        if not await verify_password(data.current_password, password_hash):
            wrong = FieldError("body.current_password", "invalid", "Is not the current password")
            raise Invalid(errors=[wrong])
        new_hash = await hash_password(data.new_password)
        await self._session.execute(update(User).where(is_me).values(password_hash=new_hash))
        await self._forget(RefreshToken.user_id == actor.id)
        await self._session.commit()

    async def _stands(self, *is_user: ColumnElement[bool]) -> bool:
        """Locks the user: a new password waits for what is issued, and then revokes it."""
        query = select(User.id).where(User.is_active, *is_user)
        return await self._session.scalar(query.with_for_update(read=True)) is not None

    async def _issue(self, user_id: UUID, family_id: UUID) -> TokenPair:
        token = create_refresh_token()
        self._session.add(
            RefreshToken(
                user_id=user_id,
                family_id=family_id,
                token_hash=hash_refresh_token(token),
                expires_at=now() + REFRESH_TOKEN_LIFE,
            )
        )
        await self._session.commit()
        return TokenPair(
            access_token=create_access_token(self._settings, user_id), refresh_token=token
        )

    async def _revoke_family(self, token: RefreshToken) -> None:
        await self._forget(RefreshToken.family_id == token.family_id)
        await self._session.commit()

    async def _forget(self, *which: ColumnElement[bool]) -> None:
        await self._session.execute(delete(RefreshToken).where(*which))


def _is(token: str) -> ColumnElement[bool]:
    return RefreshToken.token_hash == hash_refresh_token(token)


async def _auth_service(session: SessionDep, settings: SettingsDep) -> AuthService:
    return AuthService(UserRepository(session), settings)


AuthServiceDep = Annotated[AuthService, Depends(_auth_service)]
