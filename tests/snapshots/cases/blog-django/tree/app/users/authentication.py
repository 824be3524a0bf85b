from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from app.core.access import Actor
from app.core.errors import Unauthorized
from app.users.models import User


class BearerAuthentication(BaseAuthentication):
    """Nobody without a token; with one, a user who is still there and active."""

    def authenticate(self, request: Request) -> tuple[Actor, None] | None:
        if "Authorization" not in request.headers:
            return None
        user_id = getattr(request._request, "user_id", None)
        user = user_id and User.objects.filter(pk=user_id, is_active=True).only("role").first()
        if not user:
            raise Unauthorized
        return Actor(user_id, user.role), None
