"""What happens around every request; `main.py` registers it."""

import logging
import re
import time
import uuid

from flask import Flask, Response, current_app, g, request

from app.core import docs
from app.core import logging as logs
from app.core.metrics import Metrics, route
from app.core.openapi import PREFIX

access_log = logging.getLogger("app.access")

SANE_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,128}")

SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
}
NO_CONTENT = "default-src 'none'; frame-ancestors 'none'"
HSTS = "max-age=31536000; includeSubDomains"


def register_hooks(app: Flask) -> None:
    """What comes after a request runs from the last to the first."""
    app.before_request(name_request)
    app.before_request(answer_preflight)
    app.after_request(record_request)
    app.after_request(secure)


def name_request() -> None:
    sent = request.headers.get("X-Request-ID", "")
    g.started = time.perf_counter()
    g.request_id = sent if SANE_REQUEST_ID.fullmatch(sent) else uuid.uuid4().hex
    logs.request_id.set(g.request_id)


def answer_preflight() -> Response | None:
    """Flask-CORS adds what is allowed; a browser that may do nothing needs no more than silence."""
    asked = {"Origin", "Access-Control-Request-Method"} <= set(request.headers.keys())
    return Response(status=204) if request.method == "OPTIONS" and asked else None


def record_request(response: Response) -> Response:
    """One access line and one measurement."""
    seconds = time.perf_counter() - g.started
    measurements: Metrics = current_app.extensions["metrics"]
    measurements.observe(request.method, route(), response.status_code, seconds)
    user_id = g.get("user_id")
    line = {
        "method": request.method,
        "route": route(),
        "status": response.status_code,
        "duration_ms": round(seconds * 1000, 2),
        "user_id": None if user_id is None else str(user_id),
    }
    access_log.info("request", extra=line)
    response.headers["X-Request-ID"] = g.request_id
    return response


def secure(response: Response) -> Response:
    response.headers.update(SECURITY_HEADERS)
    shows_docs = request.endpoint == "openapi.docs"
    response.headers["Content-Security-Policy"] = docs.POLICY if shows_docs else NO_CONTENT
    response.vary.add("Origin")
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = HSTS
    if "Authorization" in request.headers or request.path.startswith(f"{PREFIX}/auth/"):
        response.headers["Cache-Control"] = "no-store"
    return response
