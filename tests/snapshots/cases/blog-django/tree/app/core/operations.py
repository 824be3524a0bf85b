"""What those who run the service ask: whether it lives, whether it can work, how long it takes."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render
from rest_framework.request import Request
from rest_framework.response import Response

from app.core import metrics
from app.core.openapi import STRING, Operation, Schema, document
from app.core.rate_limit import rate_limiter
from app.core.views import View

logger = logging.getLogger(__name__)

ANSWER = {"type": "string", "enum": ["ok", "error"]}
HEALTH = Schema(
    "Health",
    {
        "type": "object",
        "properties": {"status": {"const": "ok", "default": "ok", "type": "string"}},
    },
)
READINESS = Schema(
    "Readiness",
    {
        "type": "object",
        "properties": {
            "status": ANSWER,
            "checks": {"type": "object", "additionalProperties": ANSWER},
        },
        "required": ["status", "checks"],
    },
)
NOT_READY = {
    "description": "Not ready",
    "content": {"application/json": {"schema": READINESS.reference}},
}


class Healthz(View):
    authentication_classes = ()

    @classmethod
    def operations(cls, _callback: Callable[..., Any]) -> Mapping[str, Operation]:
        return {"get": Operation(id="healthz", tag="operations", answer=HEALTH)}

    def get(self, _request: Request) -> Response:
        return Response({"status": "ok"})


class Readyz(View):
    authentication_classes = ()

    @classmethod
    def operations(cls, _callback: Callable[..., Any]) -> Mapping[str, Operation]:
        also = {"503": NOT_READY}
        return {"get": Operation(id="readyz", tag="operations", answer=READINESS, also=also)}

    def get(self, _request: Request) -> Response:
        checks: dict[str, Callable[[], object]] = {"database": _ask_database}
        if redis := rate_limiter().redis:
            checks["redis"] = redis.ping
        answers = {name: _answer(check) for name, check in checks.items()}
        status = "error" if "error" in answers.values() else "ok"
        return Response({"status": status, "checks": answers}, 200 if status == "ok" else 503)


class Metrics(View):
    authentication_classes = ()

    @classmethod
    def operations(cls, _callback: Callable[..., Any]) -> Mapping[str, Operation]:
        text = Schema("Metrics", STRING)
        return {
            "get": Operation(id="metrics", tag="operations", answer=text, media_type="text/plain")
        }

    def get(self, _request: Request) -> HttpResponse:
        return metrics.exposition()


class OpenApi(View):
    authentication_classes = ()

    def get(self, _request: Request) -> Response:
        return Response(document())


class Docs(View):
    """Its scripts come from a package: no other host is asked for anything."""

    authentication_classes = ()

    def get(self, request: Request) -> HttpResponse:
        return render(request._request, "docs.html", {"title": settings.TITLE})


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _answer(check: Callable[[], object]) -> str:
    try:
        check()
    except Exception as error:  # noqa: BLE001 - whatever it is, there is no answer
        logger.warning("not ready", extra={"cause": repr(error)})
        return "error"
    return "ok"
