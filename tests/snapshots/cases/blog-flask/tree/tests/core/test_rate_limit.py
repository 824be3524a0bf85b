import logging
from typing import Any

import pytest
from limits.storage import MemoryStorage

from app.config import Settings
from tests.support.callers import Caller, application
from tests.support.operations import PATH
from tests.users.samples import signed_in


def limited(settings: Settings, **changes: Any) -> Settings:
    return settings.model_copy(update={"rate_limit_default": "2/minute"} | changes)


def ask(caller: Caller, **headers: str) -> int:
    """422 for what it says, or 429 for being one too many."""
    return caller.post(PATH, json=[], headers=headers).status_code


def test_one_too_many(settings: Settings) -> None:
    with application(limited(settings)) as caller:
        assert [ask(caller) for _ in range(3)] == [422, 422, 429]
        response = caller.post(PATH, json=[])
        assert response.get_json()["type"] == "urn:problem:rate-limited"
        assert 1 <= int(response.headers["Retry-After"]) <= 60
        assert response.headers["RateLimit-Limit"] == "2"
        assert response.headers["RateLimit-Remaining"] == "0"
        assert 1 <= int(response.headers["RateLimit-Reset"]) <= 60
        for path in ("/healthz", "/readyz", "/metrics", "/openapi.json", "/docs"):
            assert caller.get(path).status_code == 200


def test_a_new_window_is_a_new_chance(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    with application(limited(settings, rate_limit_default="1/second")) as caller:
        assert [ask(caller) for _ in range(2)] == [422, 429]
        monkeypatch.setattr("app.core.rate_limit.time.monotonic", lambda: 2.0**40)
        assert ask(caller) == 422


def test_a_forwarded_address_counts_only_from_a_proxy(settings: Settings) -> None:
    for proxies, last in (((), 429), (("127.0.0.1",), 422)):
        with application(limited(settings, trusted_proxies=proxies)) as caller:
            addresses = [f"192.0.2.{n}" for n in range(3)]
            statuses = [ask(caller, **{"X-Forwarded-For": each}) for each in addresses]
            assert statuses == [422, 422, last]


def test_without_redis_requests_pass(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    away = limited(settings, redis_url="redis://127.0.0.1:1")
    with application(away) as caller, caplog.at_level(logging.WARNING):
        assert [ask(caller) for _ in range(4)] == [422] * 4
    assert [r.message for r in caplog.records].count("Redis is away: requests are not limited") == 1


def test_processes_share_their_counts_in_redis(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = MemoryStorage()
    monkeypatch.setattr("app.core.rate_limit.RedisStorage", lambda *_args, **_options: shared)
    with_redis = limited(settings, redis_url="redis://127.0.0.1:1")
    with application(with_redis) as one, application(with_redis) as other:
        assert [ask(one), ask(other), ask(one), ask(other)] == [
            422,
            422,
            429,
            429,
        ]


def test_users_are_counted_for_themselves(settings: Settings, anonymous: Caller) -> None:
    with application(limited(settings)) as caller:
        alice, bob = signed_in(caller), signed_in(caller)
        assert [ask(alice) for _ in range(3)] == [422, 422, 429]
        assert ask(bob) == 422
        assert ask(caller) == 422
    assert ask(anonymous) == 422


@pytest.mark.parametrize("operation", ["login", "register", "refresh"])
def test_who_guesses_is_stopped_sooner(settings: Settings, operation: str) -> None:
    with application(limited(settings, rate_limit_auth="1/minute")) as caller:
        url = f"/api/v1/auth/{operation}"
        statuses = [caller.post(url, json=[]).status_code for _ in range(2)]
        assert statuses == [422, 429]
        response = caller.post(url, json=[])
        assert response.headers["RateLimit-Limit"] in {"1", "2"}


def test_ten_guesses_a_minute() -> None:
    assert Settings.model_fields["rate_limit_auth"].default == "10/minute"


def test_six_hundred_requests_a_minute() -> None:
    assert Settings.model_fields["rate_limit_default"].default == "600/minute"
