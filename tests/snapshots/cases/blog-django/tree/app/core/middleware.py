"""What happens around every request; `config/settings.py` puts it in order."""

import ipaddress
import logging
import re
import threading
import time
import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, UnreadablePostError

from app.core import errors
from app.core import logging as logs
from app.core.metrics import observe, route_of
from app.core.openapi import PREFIX
from app.core.problems import problem, refusal

access_log = logging.getLogger("app.access")

GetResponse = Callable[[HttpRequest], HttpResponse]

SANE_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,128}")
USERS_OF_THE_DATABASE = (PREFIX, "/admin/")
NO_CONTENT = "default-src 'none'; frame-ancestors 'none'"


class Forwarded:
    """Believes what trusted proxies say of the client, and nobody else."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.trusted = [ipaddress.ip_network(each) for each in settings.TRUSTED_PROXIES]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._trusts(request.META.get("REMOTE_ADDR", "")):
            self._rewrite(request)
        return self.get_response(request)

    def _rewrite(self, request: HttpRequest) -> None:
        if request.headers.get("X-Forwarded-Proto", "").strip() == "https":
            request.environ["wsgi.url_scheme"] = "https"  # type: ignore[attr-defined] # of WSGI
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
        clients = [hop for hop in hops if hop and not self._trusts(hop)]
        if clients:
            request.META["REMOTE_ADDR"] = clients[-1]

    def _trusts(self, text: str) -> bool:
        try:
            address = ipaddress.ip_address(text)
        except ValueError:
            return False
        return any(address in network for network in self.trusted)


class RequestRecord:
    """Names the request, and writes one access line and one measurement when it is over."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        request_id = _request_id(request)
        request.request_id = request_id  # type: ignore[attr-defined] # a request has room for more
        token = logs.request_id.set(request_id)
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = request_id
            self._write(request, response.status_code, time.perf_counter() - started)
        finally:
            logs.request_id.reset(token)
        return response

    def _write(self, request: HttpRequest, status: int, seconds: float) -> None:
        method, route = request.method or "", route_of(request)
        observe(method, route, status, seconds)
        line = {
            "method": method,
            "route": route,
            "status": status,
            "duration_ms": round(seconds * 1000, 2),
            "user_id": getattr(request, "user_id", None),
        }
        access_log.info("request", extra=line)


def _request_id(request: HttpRequest) -> str:
    sent = request.headers.get("X-Request-ID", "")
    return sent if SANE_REQUEST_ID.fullmatch(sent) else uuid.uuid4().hex


class ContentSecurity:
    """Pages have policies of their own: CONTENT_SECURITY of the settings, by the start of the path."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Content-Security-Policy"] = _policy(request.path)
        if "Authorization" in request.headers or request.path.startswith(f"{PREFIX}/auth/"):
            response["Cache-Control"] = "no-store"
        return response


def _policy(path: str) -> str:
    policies: dict[str, str] = settings.CONTENT_SECURITY
    return next((each for start, each in policies.items() if path.startswith(start)), NO_CONTENT)


class BodyLimit:
    """`config/wsgi.py` has measured the bodies that come without a length."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        limit: Any = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        declared = request.META.get("CONTENT_LENGTH") or "0"
        if declared.isdecimal() and int(declared) > limit:
            return problem(request, 413, f"The request body is over {limit} bytes")
        return self.get_response(request)


class DatabasePlaces:
    """As many requests as there are connections may use the database at a time.

    A body is received before: no connection waits for a client that is slow to send.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.places = threading.BoundedSemaphore(settings.DB_POOL_SIZE)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(USERS_OF_THE_DATABASE):
            return self.get_response(request)
        if not _is_whole(request):
            return refusal(request, errors.BadRequest("The request body broke off"))
        if not self.places.acquire(timeout=settings.DB_TIMEOUT_SECONDS):
            return refusal(request, errors.Unavailable())
        try:
            return self.get_response(request)
        finally:
            self.places.release()


def _is_whole(request: HttpRequest) -> bool:
    try:
        return len(request.body) >= int(request.META.get("CONTENT_LENGTH") or 0)
    except UnreadablePostError:
        return False
