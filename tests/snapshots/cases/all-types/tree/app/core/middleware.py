"""What happens around every request, in pure ASGI; `main.py` puts it in order."""

import logging
import re
import time
import uuid
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core import logging as logs
from app.core.metrics import Metrics, route_of
from app.core.openapi import PREFIX
from app.core.problems import problem

access_log = logging.getLogger("app.access")
error_log = logging.getLogger("app.error")

CLIENT_LEFT = 499
SANE_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,128}")

SECURITY_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
)
NO_CONTENT = b"default-src 'none'; frame-ancestors 'none'"
HSTS = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")
NO_STORE = (b"cache-control", b"no-store")


class RequestRecord:
    """Names the request, and writes one access line and one measurement when it is over."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        status = CLIENT_LEFT
        request_id = _request_id(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        logs.request_id.set(request_id)

        async def named(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _add(message, (b"x-request-id", request_id.encode()))
            await send(message)

        try:
            await self.app(scope, receive, named)
        finally:
            self._write(scope, status, time.perf_counter() - started)

    def _write(self, scope: Scope, status: int, seconds: float) -> None:
        method, route = scope["method"], route_of(scope)
        self.metrics.observe(method, route, status, seconds)
        line = {
            "method": method,
            "route": route,
            "status": status,
            "duration_ms": round(seconds * 1000, 2),
            "user_id": scope["state"].get("user_id"),
        }
        access_log.info("request", extra=line)


def _request_id(scope: Scope) -> str:
    sent = Headers(scope=scope).get("x-request-id", "")
    return sent if SANE_REQUEST_ID.fullmatch(sent) else uuid.uuid4().hex


class SecurityHeaders:
    def __init__(self, app: ASGIApp, content_security: dict[str, bytes]) -> None:
        """`content_security` holds the policies of paths that show a page."""
        self.app = app
        self.content_security = content_security

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = [*SECURITY_HEADERS, self._policy(scope)]
        if scope["scheme"] == "https":
            headers.append(HSTS)
        if _is_private(scope):
            headers.append(NO_STORE)

        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add(message, *headers)
            await send(message)

        await self.app(scope, receive, secured)

    def _policy(self, scope: Scope) -> tuple[bytes, bytes]:
        return b"content-security-policy", self.content_security.get(scope["path"], NO_CONTENT)


def _is_private(scope: Scope) -> bool:
    names_a_user = any(name == b"authorization" for name, _ in scope["headers"])
    return names_a_user or scope["path"].startswith(f"{PREFIX}/auth/")


class CrossOrigin(CORSMiddleware):
    """Starlette refuses a preflight in plain text; a browser needs no more than silence."""

    def preflight_response(self, request_headers: Headers) -> Response:
        response = super().preflight_response(request_headers)
        if response.status_code < HTTPStatus.BAD_REQUEST:
            return response
        return Response(status_code=204, headers={"Vary": "Origin"})


class UnexpectedErrors:
    """The last resort: the client gets the request id, the log the traceback."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception:
            if begun or scope["type"] != "http":
                raise
            error_log.exception("unexpected error")
            await problem(scope, 500, "An unexpected error; it has been logged")(
                scope, receive, send
            )


class BodyLimit:
    """FastAPI's own `max_body_size` answers in plain text."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app = app
        self.limit = limit
        self.detail = f"The request body is over {limit} bytes"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length", "")
        if declared.isdecimal() and int(declared) > self.limit:
            await problem(scope, 413, self.detail)(scope, receive, send)
            return
        size = 0

        async def counted() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            if size > self.limit:
                raise HTTPException(413, self.detail)
            return message

        await self.app(scope, counted, send)


def _add(message: Message, *headers: tuple[bytes, bytes]) -> None:
    message["headers"] = [*message.get("headers", ()), *headers]
