"""Accounts, and the sessions that a login begins."""

import datetime as dt
from uuid import UUID, uuid4

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
from app.config import Settings
from app.core.access import ANONYMOUS, Actor
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

    def register(self, data: Registration, *, role: Role = Role.USER) -> User:
        sent_values = dict(data)
        password_hash = hash_password(sent_values.pop("password"))
        values = self._users.resolve(sent_values, ANONYMOUS)
        user = User(**values, password_hash=password_hash, role=role)
        self._users.add(user)
        self._users.commit()
        return user

    def get(self, actor: Actor) -> User:
        user = self._users.get(actor.id)
        if user is None:
            raise Unauthorized
        return user

    def update(self, actor: Actor, data: UserUpdate) -> User:
        user = self.get(actor)
        self._users.change(user, self._users.resolve(sent(data), actor))
        self._users.commit()
        return user

    def log_in(self, data: Login) -> TokenPair:
        query = select(User.id, User.password_hash).where(User.email == data.email.lower())
        found = self._session.execute(query).one_or_none()
        self._session.rollback()
        is_right = verify_password(data.password, found and found.password_hash)
        unchanged = User.password_hash == (found and found.password_hash)
        if found is None or not is_right or not self._stands(User.id == found.id, unchanged):
            raise Unauthorized("The e-mail address or the password is wrong")
        self._forget(RefreshToken.user_id == found.id, RefreshToken.expires_at < now())
        return self._issue(found.id, family_id=uuid4())

    def refresh(self, sent_token: str) -> TokenPair:
        """The lock lets only one of two that race find the token unused."""
        owner_id = select(RefreshToken.user_id).where(_is(sent_token)).scalar_subquery()
        stands = self._stands(User.id == owner_id)
        query = select(RefreshToken).where(_is(sent_token))
        token = self._session.scalar(query.with_for_update())
        if token is not None and (token.used_at or token.expires_at <= now()):
            self._revoke_family(token)
        elif token is not None and stands:
            token.used_at = now()
            return self._issue(token.user_id, token.family_id)
        raise Unauthorized("The refresh token is not valid")

    def log_out(self, sent_token: str) -> None:
        token = self._session.scalar(select(RefreshToken).where(_is(sent_token)))
        if token is not None:
            self._revoke_family(token)

    def change_password(self, actor: Actor, data: PasswordChange) -> None:
        is_me = User.id == actor.id
        password_hash = self._session.scalar(select(User.password_hash).where(is_me))
        self._session.rollback()
        if not verify_password(data.current_password, password_hash):
            wrong = FieldError("body.current_password", "invalid", "Is not the current password")
            raise Invalid(errors=[wrong])
        new_hash = hash_password(data.new_password)
        self._session.execute(update(User).where(is_me).values(password_hash=new_hash))
        self._forget(RefreshToken.user_id == actor.id)
        self._session.commit()

    def _stands(self, *is_user: ColumnElement[bool]) -> bool:
        """Locks the user: a new password waits for what is issued, and then revokes it."""
        query = select(User.id).where(User.is_active, *is_user)
        return self._session.scalar(query.with_for_update(read=True)) is not None

    def _issue(self, user_id: UUID, family_id: UUID) -> TokenPair:
        token = create_refresh_token()
        self._session.add(
            RefreshToken(
                user_id=user_id,
                family_id=family_id,
                token_hash=hash_refresh_token(token),
                expires_at=now() + REFRESH_TOKEN_LIFE,
            )
        )
        self._session.commit()
        return TokenPair(
            access_token=create_access_token(self._settings, user_id), refresh_token=token
        )

    def _revoke_family(self, token: RefreshToken) -> None:
        self._forget(RefreshToken.family_id == token.family_id)
        self._session.commit()

    def _forget(self, *which: ColumnElement[bool]) -> None:
        self._session.execute(delete(RefreshToken).where(*which))


def _is(token: str) -> ColumnElement[bool]:
    return RefreshToken.token_hash == hash_refresh_token(token)
