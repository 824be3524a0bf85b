"""Request durations for Prometheus."""

import re
from functools import lru_cache
from typing import Any

from apiflask import APIBlueprint
from flask import Response, current_app, request
from prometheus_client import CollectorRegistry, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

metrics = APIBlueprint("metrics", __name__, tag="operations")

PLAIN_TEXT: dict[int | str, dict[str, Any]] = {
    200: {"description": "OK", "content": {"text/plain": {"schema": {"type": "string"}}}},
}


class Metrics:
    """Labels hold patterns and known methods only: what a client sends makes no new series."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._durations = Histogram(
            "http_server_request_duration_seconds",
            "Time to answer a request",
            ["method", "route", "status"],
            registry=self.registry,
        )
        ProcessCollector(registry=self.registry)

    def observe(self, method: str, route: str, status: int, seconds: float) -> None:
        known = method if method in METHODS else "OTHER"
        self._durations.labels(known, route, status).observe(seconds)


def route() -> str:
    """The pattern of the current request: `/api/v1/posts/{post_id}`."""
    return _in_braces(request.url_rule.rule) if request.url_rule else "unmatched"


@lru_cache
def _in_braces(rule: str) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule)


@metrics.get("/metrics")
@metrics.doc(operation_id="metrics", responses=PLAIN_TEXT)
def show_metrics() -> Response:
    measurements: Metrics = current_app.extensions["metrics"]
    return Response(generate_latest(measurements.registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)
