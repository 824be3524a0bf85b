"""Who asks, as far as the request itself tells: for the rate limit and the access log."""

from django.http import HttpRequest, HttpResponse

from app.core.middleware import GetResponse
from app.users.tokens import read_access_token


class Identify:
    """Refuses nobody, and does not ask the database."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            request.user_id = read_access_token(token)  # type: ignore[attr-defined] # a request has room for more
        return self.get_response(request)
