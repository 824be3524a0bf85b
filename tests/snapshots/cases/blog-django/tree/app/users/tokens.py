"""Access tokens (JWT) and refresh tokens (random)."""

import datetime as dt
import hashlib
import secrets
import uuid

import jwt
from django.conf import settings

from config.environment import PROJECT

ALGORITHM = "HS256"


def create_access_token(user_id: uuid.UUID) -> str:
    issued_at = dt.datetime.now(dt.UTC)
    claims = {
        "sub": str(user_id),
        "iat": issued_at,
        "exp": issued_at + settings.ACCESS_TOKEN_LIFE,
        "jti": uuid.uuid4().hex,
        "iss": PROJECT,
        "aud": PROJECT,
    }
    return jwt.encode(claims, settings.SECRET_KEY, ALGORITHM)


def read_access_token(token: str) -> uuid.UUID | None:
    """The user's id, if the token is one of ours and has not expired."""
    try:
        claims = jwt.decode(
            token,
            settings.SECRET_KEY,
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
