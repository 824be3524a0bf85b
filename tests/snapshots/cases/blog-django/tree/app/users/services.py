"""Accounts, and the sessions that a login begins."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from app.core.errors import FieldError, Invalid, Unauthorized
from app.core.integrity import saving
from app.core.services import Service
from app.users.models import RefreshToken, Role, User
from app.users.passwords import hash_password, is_password_of
from app.users.tokens import create_access_token, create_refresh_token, hash_refresh_token


@dataclass(frozen=True)
class TokenPair:
    access_token: str
    refresh_token: str
    expires_in: int
    token_type: str = "bearer"  # noqa: S105 - a kind of token, and no secret


class UserService(Service[User]):
    """No transaction is open while a password is hashed, which takes long on purpose."""

    model = User

    def register(self, values: Mapping[str, Any], role: Role = Role.USER) -> User:
        hashed = hash_password(values["password"])
        return self.create({**values, "password": hashed, "role": role})

    def me(self) -> User:
        return self.get(self.actor.id)

    def update_me(self, values: Mapping[str, Any]) -> User:
        with saving(User):
            user = self._to_change(self.actor.id, "update")
            self.change(user, values)
        return user

    def log_in(self, email: str, password: str) -> TokenPair:
        user = User.objects.filter(email=email.lower(), is_active=True).first()
        is_right = is_password_of(user, password)
        with transaction.atomic():
            if user is None or not is_right or not _stands(pk=user.pk, password=user.password):
                raise Unauthorized("The e-mail address or the password is wrong")
            RefreshToken.objects.filter(user=user, expires_at__lt=timezone.now()).delete()
            return _issue(user.pk, family_id=uuid4())

    def refresh(self, sent: str) -> TokenPair:
        """The lock lets only one of two that race find the token unused."""
        with transaction.atomic():
            stands = _stands(refresh_tokens__in=_holding(sent))
            token = _holding(sent).select_for_update().first()
            pair = _next(token) if token and stands else None
        if pair is None:
            raise Unauthorized("The refresh token is not valid")
        return pair

    def log_out(self, sent: str) -> None:
        token = _holding(sent).first()
        if token is not None:
            _revoke_family(token)

    def change_password(self, current: str, new: str) -> None:
        user = self.me()
        if not is_password_of(user, current):
            wrong = FieldError("body.current_password", "invalid", "Is not the current password")
            raise Invalid(errors=[wrong])
        hashed = hash_password(new)
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(password=hashed)
            RefreshToken.objects.filter(user=user).delete()


def _stands(**is_user: Any) -> bool:
    """Locks the user: a new password waits for what is issued, and then revokes it."""
    return User.objects.select_for_update().filter(is_active=True, **is_user).first() is not None


def _next(token: RefreshToken) -> TokenPair | None:
    """What is used again, or too late, ends the whole family."""
    if token.used_at or token.expires_at <= timezone.now():
        _revoke_family(token)
        return None
    token.used_at = timezone.now()
    token.save(update_fields=["used_at"])
    return _issue(token.user_id, token.family_id)


def _issue(user_id: UUID, family_id: UUID) -> TokenPair:
    token = create_refresh_token()
    RefreshToken.objects.create(
        user_id=user_id,
        family_id=family_id,
        token_hash=hash_refresh_token(token),
        expires_at=timezone.now() + settings.REFRESH_TOKEN_LIFE,
    )
    seconds = int(settings.ACCESS_TOKEN_LIFE.total_seconds())
    return TokenPair(create_access_token(user_id), token, seconds)


def _holding(token: str) -> Any:
    return RefreshToken.objects.filter(token_hash=hash_refresh_token(token))


def _revoke_family(token: RefreshToken) -> None:
    RefreshToken.objects.filter(family_id=token.family_id).delete()
