"""Routers that are quick to say that a path is not theirs."""

from fastapi import APIRouter
from starlette.routing import Match
from starlette.types import Scope


class Router(APIRouter):
    """Tries its routes one by one only on a path that holds its prefix: there may be hundreds of routes."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if self.prefix not in scope["path"]:
            return Match.NONE, {}
        return super().matches(scope)
