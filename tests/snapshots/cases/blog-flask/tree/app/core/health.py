"""What those who watch the process ask: whether it lives, and whether it can work."""

import logging
from collections.abc import Callable
from typing import Any, Literal

from apiflask import APIBlueprint
from pydantic import BaseModel
from sqlalchemy import text

from app.core.extensions import db
from app.core.rate_limit import rate_limiter

logger = logging.getLogger(__name__)

health = APIBlueprint("health", __name__, tag="operations")

Answer = Literal["ok", "error"]


class Health(BaseModel):
    status: Literal["ok"] = "ok"


class Readiness(BaseModel):
    status: Answer
    checks: dict[str, Answer]


NOT_READY: dict[int | str, dict[str, Any]] = {
    503: {
        "description": "Not ready",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Readiness"}}},
    }
}


@health.get("/healthz")
@health.output(Health)
@health.doc(operation_id="healthz")
def healthz() -> Health:
    return Health()


@health.get("/readyz")
@health.output(Readiness)
@health.doc(operation_id="readyz", responses=NOT_READY)
def readyz() -> tuple[Readiness, int]:
    asked: dict[str, Callable[[], Any]] = {"database": lambda: db.session.execute(text("SELECT 1"))}
    redis = rate_limiter().redis
    if redis is not None:
        asked["redis"] = redis.ping
    checks = {name: _answer(ask) for name, ask in asked.items()}
    status: Answer = "error" if "error" in checks.values() else "ok"
    return Readiness(status=status, checks=checks), 200 if status == "ok" else 503


def _answer(ask: Callable[[], Any]) -> Answer:
    try:
        ask()
    except Exception as error:  # noqa: BLE001 - whatever it is, there is no answer
        logger.warning("not ready", extra={"cause": repr(error)})
        return "error"
    return "ok"
