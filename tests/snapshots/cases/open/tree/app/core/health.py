"""What those who watch the process ask: whether it lives, and whether it can work."""

import asyncio
import logging
from collections.abc import Awaitable
from typing import Any, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel
from sqlalchemy import text

from app.core.database import Database

logger = logging.getLogger(__name__)

router = APIRouter(tags=["operations"])

Answer = Literal["ok", "error"]


class Health(BaseModel):
    status: Literal["ok"] = "ok"


class Readiness(BaseModel):
    status: Answer
    checks: dict[str, Answer]


@router.get("/healthz")
async def healthz() -> Health:
    return Health()


@router.get("/readyz", responses={503: {"model": Readiness, "description": "Not ready"}})
async def readyz(request: Request, response: Response) -> Readiness:
    state = request.app.state
    checks: dict[str, Awaitable[Any]] = {"database": _ask(state.database)}
    if state.rate_limiter.redis is not None:
        checks["redis"] = state.rate_limiter.redis.ping()
    seconds = state.settings.db_timeout_seconds
    answers = await asyncio.gather(*(_answer(check, seconds) for check in checks.values()))
    status: Answer = "error" if "error" in answers else "ok"
    response.status_code = 200 if status == "ok" else 503
    return Readiness(status=status, checks=dict(zip(checks, answers, strict=True)))


async def _ask(database: Database) -> None:
    async with database.reading() as session:
        await session.execute(text("SELECT 1"))


async def _answer(check: Awaitable[Any], seconds: float) -> Answer:
    try:
        await asyncio.wait_for(check, seconds)
    except Exception as error:  # noqa: BLE001 - whatever it is, there is no answer
        logger.warning("not ready", extra={"cause": repr(error)})
        return "error"
    return "ok"
