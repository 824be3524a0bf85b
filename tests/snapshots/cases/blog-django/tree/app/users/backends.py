"""Login to the admin site."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from app.users.models import User
from app.users.passwords import is_password_of


class EmailBackend(BaseBackend):
    def authenticate(
        self,
        request: HttpRequest | None,  # noqa: ARG002 - Django's signature
        username: str = "",
        password: str = "",
        **_more: Any,
    ) -> User | None:
        user = User.objects.filter(email=username.lower(), is_active=True).first()
        return user if is_password_of(user, password) else None

    def get_user(self, user_id: Any) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()
