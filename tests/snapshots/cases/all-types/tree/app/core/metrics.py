"""Request durations for Prometheus."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import PlainTextResponse
from fastapi.routing import iter_route_contexts
from prometheus_client import CollectorRegistry, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from starlette.types import Scope

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

router = APIRouter(tags=["operations"])


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


def patterns(app: FastAPI) -> Mapping[Any, str]:
    """The whole pattern of each endpoint: `/api/v1/posts/{post_id}`."""
    contexts = iter_route_contexts(app.routes)
    return {each.endpoint: each.path or "" for each in contexts if each.endpoint}


def route_of(scope: Scope) -> str:
    known: Mapping[Any, str] = scope["app"].state.patterns
    return known.get(scope.get("endpoint"), "unmatched")


@router.get("/metrics", response_class=PlainTextResponse)
async def metrics(request: Request) -> Response:
    registry: CollectorRegistry = request.app.state.metrics.registry
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_PLAIN_0_0_4)
