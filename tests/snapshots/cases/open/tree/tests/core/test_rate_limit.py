import logging
from typing import Any

import pytest
from limits.aio.storage import MemoryStorage

from app.config import Settings
from tests.support.callers import Caller, application
from tests.support.operations import PATH


def limited(settings: Settings, **changes: Any) -> Settings:
    return settings.model_copy(update={"rate_limit_default": "2/minute"} | changes)


async def ask(caller: Caller, **headers: str) -> int:
    """422 for what it says, or 429 for being one too many."""
    return (await caller.post(PATH, json=[], headers=headers)).status_code


async def test_one_too_many(settings: Settings) -> None:
    async with application(limited(settings)) as caller:
        assert [await ask(caller) for _ in range(3)] == [422, 422, 429]
        response = await caller.post(PATH, json=[])
        assert response.json()["type"] == "urn:problem:rate-limited"
        assert 1 <= int(response.headers["Retry-After"]) <= 60
        assert response.headers["RateLimit-Limit"] == "2"
        assert response.headers["RateLimit-Remaining"] == "0"
        assert 1 <= int(response.headers["RateLimit-Reset"]) <= 60
        for path in ("/healthz", "/readyz", "/metrics", "/openapi.json", "/docs"):
            assert (await caller.get(path)).status_code == 200


async def test_a_new_window_is_a_new_chance(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with application(limited(settings, rate_limit_default="1/second")) as caller:
        assert [await ask(caller) for _ in range(2)] == [422, 429]
        monkeypatch.setattr("app.core.rate_limit.time.monotonic", lambda: 2.0**40)
        assert await ask(caller) == 422


async def test_a_forwarded_address_counts_only_from_a_proxy(settings: Settings) -> None:
    for proxies, last in (((), 429), (("127.0.0.1",), 422)):
        async with application(limited(settings, trusted_proxies=proxies)) as caller:
            addresses = [f"192.0.2.{n}" for n in range(3)]
            statuses = [await ask(caller, **{"X-Forwarded-For": each}) for each in addresses]
            assert statuses == [422, 422, last]


async def test_without_redis_requests_pass(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    async with application(limited(settings, redis_url="redis://127.0.0.1:1")) as caller:
        with caplog.at_level(logging.WARNING):
            assert [await ask(caller) for _ in range(4)] == [422] * 4
    assert [r.message for r in caplog.records].count("Redis is away: requests are not limited") == 1


async def test_processes_share_their_counts_in_redis(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = MemoryStorage()
    monkeypatch.setattr("app.core.rate_limit.RedisStorage", lambda *_args, **_options: shared)
    with_redis = limited(settings, redis_url="redis://127.0.0.1:1")
    async with application(with_redis) as one, application(with_redis) as other:
        assert [await ask(one), await ask(other), await ask(one), await ask(other)] == [
            422,
            422,
            429,
            429,
        ]


def test_six_hundred_requests_a_minute() -> None:
    assert Settings.model_fields["rate_limit_default"].default == "600/minute"
