"""Who is asking."""

from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.security import HTTPBearer
from sqlalchemy import bindparam, select

from app.auth.security import read_access_token
from app.config import SettingsDep
from app.core.access import ANONYMOUS, Actor
from app.core.database import SessionDep
from app.core.errors import Unauthorized
from app.core.rate_limit import client_address
from app.users.model import User

# Only marks an operation in the OpenAPI document; the header is read by `identify`.
bearer = HTTPBearer(scheme_name="bearer", bearerFormat="JWT", auto_error=False)

# Asked with every token, so it is composed once, and of the table: the ORM would have no part in it.
users = User.__table__
STANDING = select(users.c.role, users.c.is_active).where(users.c.id == bindparam("user_id"))


async def identify(request: Request) -> None:
    """Comes first, for the rate limit and the access log, and refuses nobody."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        request.state.user_id = read_access_token(request.app.state.settings, token)


async def current_actor(request: Request, session: SessionDep) -> Actor:
    """Anonymous without a token; with one, a user who is still there and active."""
    if "authorization" not in request.headers:
        return ANONYMOUS
    user_id = getattr(request.state, "user_id", None)
    if user_id is None:
        raise Unauthorized
    user = (await session.execute(STANDING, {"user_id": user_id})).one_or_none()
    if user is None or not user.is_active:
        raise Unauthorized
    return Actor(user_id, user.role)


ActorDep = Annotated[Actor, Depends(current_actor)]


async def signed_in(actor: ActorDep, _scheme: Annotated[Any, Depends(bearer)]) -> Actor:
    if actor.id is None:
        raise Unauthorized
    return actor


SignedInDep = Annotated[Actor, Depends(signed_in)]


async def limit_logins(request: Request, settings: SettingsDep) -> None:
    key = (request.scope["path"], client_address(request))
    await request.app.state.rate_limiter.hit(settings.rate_limit_auth, *key)
