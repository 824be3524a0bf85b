"""Who is asking."""

from apiflask import HTTPTokenAuth
from flask import g, request
from sqlalchemy import bindparam, select

from app.auth.security import read_access_token
from app.config import current_settings
from app.core.access import ANONYMOUS, Actor
from app.core.errors import Unauthorized
from app.core.extensions import db
from app.core.rate_limit import client_address, rate_limiter
from app.users.model import User

# Asked with every token, so it is composed once, and of the table: the ORM would have no part in it.
users = User.__table__
STANDING = select(users.c.role, users.c.is_active).where(users.c.id == bindparam("user_id"))


def identify() -> None:
    """Comes first, for the rate limit and the access log, and refuses nobody."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        g.user_id = read_access_token(current_settings(), token)


def current_actor() -> Actor:
    """Anonymous without a token; with one, a user who is still there and active."""
    if "actor" not in g:
        g.actor = _actor()
    actor: Actor = g.actor
    return actor


def _actor() -> Actor:
    if "Authorization" not in request.headers:
        return ANONYMOUS
    user_id = g.get("user_id")
    if user_id is None:
        raise Unauthorized
    user = db.session.execute(STANDING, {"user_id": user_id}).one_or_none()
    if user is None or not user.is_active:
        raise Unauthorized
    return Actor(user_id, user.role)


def check_token() -> None:
    """Where anyone may ask, a token that is sent must still be good."""
    current_actor()


class BearerAuth(HTTPTokenAuth):
    """For `auth_required`: refuses who is anonymous."""

    def get_auth(self) -> None:
        """`identify` has read the header; Werkzeug's own reading fails on some that are none."""

    def authenticate(self, *_: object) -> Actor:
        actor = current_actor()
        if actor.id is None:
            raise Unauthorized
        return actor


bearer = BearerAuth(name="bearer")


def limit_logins() -> None:
    key = (request.path, client_address())
    rate_limiter().hit(current_settings().rate_limit_auth, *key)
