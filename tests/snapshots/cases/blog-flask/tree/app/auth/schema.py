from typing import Annotated, Literal

from pydantic import BaseModel

from app.auth.security import ACCESS_TOKEN_SECONDS
from app.core.fields import Body, Chars, Text

Password = Annotated[str, Chars(min=8, max=128)]


class Login(Body):
    """Any string may be asked for: only the answer says whether it is right."""

    email: Text
    password: Text


class Token(Body):
    refresh_token: Text


class PasswordChange(Body):
    current_password: Text
    new_password: Password


class TokenPair(BaseModel):
    access_token: str
    refresh_token: str
    token_type: Literal["bearer"] = "bearer"
    expires_in: int = ACCESS_TOKEN_SECONDS
