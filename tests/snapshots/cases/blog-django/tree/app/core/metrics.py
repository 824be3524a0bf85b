"""Request durations for Prometheus."""

import re

from django.http import HttpRequest, HttpResponse
from prometheus_client import CollectorRegistry, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")

REGISTRY = CollectorRegistry()
DURATIONS = Histogram(
    "http_server_request_duration_seconds",
    "Time to answer a request",
    ["method", "route", "status"],
    registry=REGISTRY,
)
ProcessCollector(registry=REGISTRY)


def observe(method: str, route: str, status: int, seconds: float) -> None:
    """Labels hold patterns and known methods only: what a client sends makes no new series."""
    known = method if method in METHODS else "OTHER"
    DURATIONS.labels(known, route, status).observe(seconds)


def route_of(request: HttpRequest) -> str:
    """The pattern, as OpenAPI has it: `/api/v1/posts/{post_id}`."""
    match = request.resolver_match
    return "unmatched" if match is None else "/" + PARAMETER.sub(r"{\1}", match.route)


def exposition() -> HttpResponse:
    return HttpResponse(generate_latest(REGISTRY), content_type=CONTENT_TYPE_PLAIN_0_0_4)
