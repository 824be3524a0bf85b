"""Rate limits: asked of a service with small ones; the order of these tests matters."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.contract.cases import only, with_users
from tests.contract.client import Answer, Api
from tests.contract.problems import done, refused
from tests.contract.world import AUTH, World

pytestmark = [pytest.mark.limits, only(lambda service: bool(service.resources))]

WINDOW = 60


def until_limited(ask: Callable[[], Answer], limit: int) -> Answer:
    """The first 429; a new window may begin meanwhile, so it can take twice the limit."""
    for _ in range(2 * limit + 1):
        answer = ask()
        if answer.status == 429:
            return answer
    raise AssertionError(f"no 429 after {2 * limit + 1} requests")


def assert_limited(answer: Answer, limit: int) -> None:
    refused(answer, 429)
    assert 1 <= int(answer.headers["retry-after"]) <= WINDOW, answer.headers
    assert answer.headers["ratelimit-limit"] == str(limit)
    assert answer.headers["ratelimit-remaining"] == "0"
    assert 1 <= int(answer.headers["ratelimit-reset"]) <= WINDOW


def limits(world: World) -> tuple[int, int]:
    """The default limit, and that of logging in."""
    options = world.options
    assert options.rate_limit_default
    assert options.rate_limit_auth
    return options.rate_limit_default, options.rate_limit_auth


def forwarded(api: Api, path: str, address: str) -> Answer:
    return api.get(path, headers={"X-Forwarded-For": address})


@with_users
def test_users_are_limited_one_by_one(world: World) -> None:
    default, _ = limits(world)
    path = world.service.resources[0].path
    one, two = world.user.api, world.other.api
    assert_limited(until_limited(lambda: one.get(path), default), default)
    assert two.get(path).status != 429
    assert world.anonymous.get(path).status != 429


@with_users
def test_logging_in_is_limited_more(world: World) -> None:
    """Each of the three has its count; all of them are requests of the address as well."""
    default, auth = limits(world)
    assert 4 * auth + 10 < default, "the limits given do not let the tests tell them apart"
    for name in ("login", "register", "refresh"):
        path = f"{AUTH}/{name}"
        assert_limited(until_limited(lambda path=path: world.anonymous.post(path, {}), auth), auth)  # type: ignore[misc]
    assert world.anonymous.get(world.service.resources[0].path).status != 429


def test_the_api_is_limited_by_address(world: World) -> None:
    default, _ = limits(world)
    for resource in world.service.resources:
        answer = until_limited(lambda path=resource.path: world.anonymous.get(path), default)  # type: ignore[misc]
        assert_limited(answer, default)


def test_a_forwarded_address_counts_only_from_a_trusted_proxy(world: World) -> None:
    default, _ = limits(world)
    path = world.service.resources[0].path
    until_limited(lambda: forwarded(world.anonymous, path, "203.0.113.1"), default)
    other = forwarded(world.anonymous, path, "203.0.113.2")
    if world.options.trusted_proxy:
        assert other.status != 429
    else:
        assert_limited(other, default)


def test_the_rest_of_the_surface_is_not_limited(world: World) -> None:
    default, _ = limits(world)
    for path in ("/healthz", "/readyz", "/openapi.json"):
        for _ in range(default + 1):
            done(world.anonymous.get(path))
