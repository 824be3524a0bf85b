from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.response import Response

from app.core.access import ANONYMOUS
from app.core.errors import Unauthorized
from app.core.openapi import STRING, Operation, Schema, shown, written
from app.core.rate_limit import client_address, rate_limiter
from app.core.views import ApiView
from app.users.serializers import (
    LoginSerializer,
    PasswordChangeSerializer,
    RegistrationSerializer,
    TokenSerializer,
    UserSerializer,
)
from app.users.services import UserService

TOKEN_PAIR = Schema(
    "TokenPair",
    {
        "type": "object",
        "properties": {
            "access_token": STRING,
            "refresh_token": STRING,
            "token_type": {"type": "string", "const": "bearer", "default": "bearer"},
            "expires_in": {
                "type": "integer",
                "default": int(settings.ACCESS_TOKEN_LIFE.total_seconds()),
            },
        },
        "required": ["access_token", "refresh_token"],
    },
)
USER = shown(UserSerializer, "UserRead")


class Public(ApiView):
    """An operation that does not ask who is there."""

    authentication_classes = ()


class Login(Public):
    """One that could be used to guess, and is limited more than others."""

    def limit_rate(self, request: HttpRequest) -> None:
        super().limit_rate(request)
        key = (request.path, client_address(request))
        rate_limiter().hit(settings.RATE_LIMIT_AUTH, *key)


class SignedIn(ApiView):
    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not self.actor.is_authenticated:
            raise Unauthorized

    @property
    def users(self) -> UserService:
        return UserService(self.actor)


class Register(Login):
    @classmethod
    def operations(cls, _callback: object) -> Mapping[str, Operation]:
        body = written(RegistrationSerializer, "Registration")
        problems = frozenset({409})
        return {
            "post": Operation(
                id="register", tag="auth", status=201, body=body, answer=USER, problems=problems
            )
        }

    def post(self, _request: Request) -> Response:
        values = RegistrationSerializer.read(self.body)
        return Response(UserSerializer(UserService(ANONYMOUS).register(values)).data, 201)


class LogIn(Login):
    @classmethod
    def operations(cls, _callback: object) -> Mapping[str, Operation]:
        body = written(LoginSerializer, "Login")
        problems = frozenset({401})
        return {
            "post": Operation(
                id="logIn", tag="auth", body=body, answer=TOKEN_PAIR, problems=problems
            )
        }

    def post(self, _request: Request) -> Response:
        values = LoginSerializer.read(self.body)
        return Response(asdict(UserService(ANONYMOUS).log_in(**values)))


class Refresh(Login):
    @classmethod
    def operations(cls, _callback: object) -> Mapping[str, Operation]:
        body = written(TokenSerializer, "Token")
        problems = frozenset({401})
        return {
            "post": Operation(
                id="refresh", tag="auth", body=body, answer=TOKEN_PAIR, problems=problems
            )
        }

    def post(self, _request: Request) -> Response:
        values = TokenSerializer.read(self.body)
        return Response(asdict(UserService(ANONYMOUS).refresh(values["refresh_token"])))


class LogOut(Public):
    @classmethod
    def operations(cls, _callback: object) -> Mapping[str, Operation]:
        body = written(TokenSerializer, "Token")
        return {"post": Operation(id="logOut", tag="auth", status=204, body=body)}

    def post(self, _request: Request) -> Response:
        values = TokenSerializer.read(self.body)
        UserService(ANONYMOUS).log_out(values["refresh_token"])
        return Response(status=204)


class Me(SignedIn):
    @classmethod
    def operations(cls, _callback: object) -> Mapping[str, Operation]:
        body = written(UserSerializer, "UserUpdate", partial=True)
        problems = frozenset({409})
        return {
            "get": Operation(id="readMe", tag="auth", answer=USER, secured=True),
            "patch": Operation(
                id="updateMe", tag="auth", body=body, answer=USER, problems=problems, secured=True
            ),
        }

    def get(self, _request: Request) -> Response:
        return Response(UserSerializer(self.users.me()).data)

    def patch(self, _request: Request) -> Response:
        values = UserSerializer.read(self.body, partial=True)
        return Response(UserSerializer(self.users.update_me(values)).data)


class Password(SignedIn):
    @classmethod
    def operations(cls, _callback: object) -> Mapping[str, Operation]:
        body = written(PasswordChangeSerializer, "PasswordChange")
        return {
            "post": Operation(id="changePassword", tag="auth", status=204, body=body, secured=True)
        }

    def post(self, _request: Request) -> Response:
        values = PasswordChangeSerializer.read(self.body)
        self.users.change_password(values["current_password"], values["new_password"])
        return Response(status=204)
