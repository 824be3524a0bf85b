"""Passwords are hashed by Argon2id."""

import threading

from django.contrib.auth.hashers import check_password, make_password

from app.users.models import User

# Each hash takes 100 MiB, so only a few are computed at a time.
_places = threading.BoundedSemaphore(4)


def hash_password(password: str) -> str:
    with _places:
        return make_password(password)


def is_password_of(user: User | None, password: str) -> bool:
    """Takes as long when there is no such user."""
    with _places:
        if user is None:
            make_password(password)
            return False
        return check_password(password, user.password)
