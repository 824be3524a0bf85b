"""Passwords (Argon2id), access tokens (JWT) and refresh tokens (random)."""

import datetime as dt
import hashlib
import secrets
import threading
import uuid

import jwt
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from app.config import PROJECT, Settings

ALGORITHM = "HS256"
ACCESS_TOKEN_SECONDS = 15 * 60

_hasher = PasswordHash((Argon2Hasher(),))
_nobodys_hash = _hasher.hash(secrets.token_urlsafe())
# Each hash takes 64 MiB, so only a few are computed at a time.
_turns = threading.BoundedSemaphore(4)


def hash_password(password: str) -> str:
    with _turns:
        return _hasher.hash(password)


def verify_password(password: str, password_hash: str | None) -> bool:
    """Takes as long when there is no such user."""
    with _turns:
        matches = _hasher.verify(password, password_hash or _nobodys_hash)
    return matches and password_hash is not None


def create_access_token(settings: Settings, user_id: uuid.UUID) -> str:
    issued_at = dt.datetime.now(dt.UTC)
    claims = {
        "sub": str(user_id),
        "iat": issued_at,
        "exp": issued_at + dt.timedelta(seconds=ACCESS_TOKEN_SECONDS),
        "jti": uuid.uuid4().hex,
        "iss": PROJECT,
        "aud": PROJECT,
    }
    return jwt.encode(claims, settings.secret_key.get_secret_value(), ALGORITHM)


def read_access_token(settings: Settings, token: str) -> uuid.UUID | None:
    """The user's id, if the token is one of ours and has not expired."""
    try:
        claims = jwt.decode(
            token,
            settings.secret_key.get_secret_value(),
            algorithms=[ALGORITHM],
            issuer=PROJECT,
            audience=PROJECT,
            options={"require": ["sub", "iat", "exp", "jti", "iss", "aud"]},
        )
        return uuid.UUID(claims["sub"])
    except (jwt.InvalidTokenError, ValueError):
        return None


def create_refresh_token() -> str:
    return secrets.token_urlsafe(32)


def hash_refresh_token(token: str) -> str:
    """Without a salt: what has 256 random bits cannot be guessed from its hash."""
    return hashlib.sha256(token.encode()).hexdigest()
