import logging

import pytest
from limits.storage import MemoryStorage
from pytest_django import Settings

from app.core.rate_limit import rate_limiter
from config.environment import Environment
from tests.support.callers import Caller
from tests.support.operations import PATH
from tests.users.samples import signed_in


@pytest.fixture
def caller(anonymous: Caller, settings: Settings) -> Caller:
    settings.RATE_LIMIT_DEFAULT = "2/minute"
    return anonymous


def ask(caller: Caller, **headers: str) -> int:
    """422 for what it says, or 429 for being one too many."""
    return caller.post(PATH, json=[], headers=headers).status_code


def test_one_too_many(caller: Caller) -> None:
    assert [ask(caller) for _ in range(3)] == [422, 422, 429]
    response = caller.post(PATH, json=[])
    assert response.json()["type"] == "urn:problem:rate-limited"
    assert 1 <= int(response.headers["Retry-After"]) <= 60
    assert response.headers["RateLimit-Limit"] == "2"
    assert response.headers["RateLimit-Remaining"] == "0"
    assert 1 <= int(response.headers["RateLimit-Reset"]) <= 60
    for path in ("/healthz", "/readyz", "/metrics", "/openapi.json", "/docs"):
        assert caller.get(path).status_code == 200


def test_a_new_window_is_a_new_chance(
    caller: Caller, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.RATE_LIMIT_DEFAULT = "1/second"
    assert [ask(caller) for _ in range(2)] == [422, 429]
    monkeypatch.setattr("app.core.rate_limit.time.monotonic", lambda: 2.0**40)
    assert ask(caller) == 422


def test_old_windows_are_forgotten(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.rate_limit.CROWD", 1)
    rate_limiter.cache_clear()
    assert ask(caller) == 422
    monkeypatch.setattr("app.core.rate_limit.time.monotonic", lambda: 2.0**40)
    assert ask(caller, **{"X-Request-ID": "another"}) == 422


@pytest.mark.parametrize(("proxies", "last"), [([], 429), (["127.0.0.1"], 422)])
def test_a_forwarded_address_counts_only_from_a_proxy(
    caller: Caller, settings: Settings, proxies: list[str], last: int
) -> None:
    settings.TRUSTED_PROXIES = proxies
    addresses = [f"192.0.2.{n}" for n in range(3)]
    statuses = [ask(caller, **{"X-Forwarded-For": each}) for each in addresses]
    assert statuses == [422, 422, last]


def test_without_redis_requests_pass(
    caller: Caller, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1"
    with caplog.at_level(logging.WARNING):
        assert [ask(caller) for _ in range(4)] == [422] * 4
    assert [r.message for r in caplog.records].count("Redis is away: requests are not limited") == 1


def test_processes_share_their_counts_in_redis(
    caller: Caller, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = MemoryStorage()
    monkeypatch.setattr("app.core.rate_limit.RedisStorage", lambda *_args, **_options: shared)
    settings.REDIS_URL = "redis://127.0.0.1:1"
    statuses = []
    for _ in range(3):
        rate_limiter.cache_clear()  # as another process begins
        statuses.append(ask(caller))
    assert statuses == [422, 422, 429]


def test_users_are_counted_for_themselves(caller: Caller) -> None:
    alice, bob = signed_in(caller), signed_in(caller)
    assert [ask(alice) for _ in range(3)] == [422, 422, 429]
    assert ask(bob) == 422
    assert ask(caller) == 422


@pytest.mark.parametrize("operation", ["login", "register", "refresh"])
def test_who_guesses_is_stopped_sooner(caller: Caller, settings: Settings, operation: str) -> None:
    settings.RATE_LIMIT_AUTH = "1/minute"
    url = f"/api/v1/auth/{operation}"
    statuses = [caller.post(url, json=[]).status_code for _ in range(2)]
    assert statuses == [422, 429]
    response = caller.post(url, json=[])
    assert response.headers["RateLimit-Limit"] in {"1", "2"}


def test_ten_guesses_a_minute() -> None:
    assert Environment.model_fields["rate_limit_auth"].default == "10/minute"


def test_six_hundred_requests_a_minute() -> None:
    assert Environment.model_fields["rate_limit_default"].default == "600/minute"
