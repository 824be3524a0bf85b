import asyncio
from pathlib import Path

from app.config import Settings
from tests.support.callers import Caller, application
from tests.support.operations import PATH
from tests.support.statements import migrate, settings_for


async def test_alive(anonymous: Caller) -> None:
    response = await anonymous.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


async def test_ready(anonymous: Caller) -> None:
    response = await anonymous.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "checks": {"database": "ok"}}


async def assert_up(caller: Caller) -> None:
    assert (await caller.get("/readyz")).status_code == 200
    response = await caller.post(PATH, json={"email": "a", "password": "b"})
    assert response.status_code == 401


async def assert_down(caller: Caller) -> None:
    response = await caller.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"status": "error", "checks": {"database": "error"}}
    response = await caller.post(PATH, json={"email": "a", "password": "b"})
    assert response.status_code == 503
    assert response.json()["type"] == "urn:problem:unavailable"
    assert int(response.headers["Retry-After"]) >= 1
    assert (await caller.get("/healthz")).status_code == 200


async def test_the_database_goes_and_comes_back(tmp_path: Path) -> None:
    place = tmp_path / "later"
    url = f"sqlite:///{place.as_posix()}/away.db"
    async with application(settings_for(url)) as caller:
        await assert_down(caller)
        place.mkdir()
        await asyncio.to_thread(migrate, url)
        await assert_up(caller)


async def test_redis_is_asked_where_there_is_one(settings: Settings) -> None:
    with_redis = settings.model_copy(update={"redis_url": "redis://127.0.0.1:1"})
    async with application(with_redis) as caller:
        response = await caller.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"status": "error", "checks": {"database": "ok", "redis": "error"}}
