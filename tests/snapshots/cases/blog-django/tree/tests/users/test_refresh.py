import datetime as dt
from functools import partial
from typing import Any

import pytest

from app.users.models import RefreshToken
from tests.support.callers import Caller, at_once
from tests.users.accounts import bearing, log_in, problems, register

URL = "/api/v1/auth/refresh"


def refresh(anonymous: Caller, pair: dict[str, Any]) -> Any:
    return anonymous.post(URL, json={"refresh_token": pair["refresh_token"]})


def test_rotates(anonymous: Caller) -> None:
    user = register(anonymous)
    old = log_in(anonymous)
    response = refresh(anonymous, old)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    new = response.json()
    assert set(new) == {"access_token", "refresh_token", "token_type", "expires_in"}
    assert new["refresh_token"] != old["refresh_token"]
    me = anonymous.get("/api/v1/auth/me", headers=bearing(new["access_token"]))
    assert me.json() == user
    assert refresh(anonymous, new).status_code == 200


def test_a_token_used_again_revokes_its_family(anonymous: Caller) -> None:
    register(anonymous)
    other = log_in(anonymous)
    old = log_in(anonymous)
    new = refresh(anonymous, old).json()
    assert refresh(anonymous, old).status_code == 401
    assert refresh(anonymous, new).status_code == 401
    assert refresh(anonymous, other).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_of_two_that_race_one_gets_a_pair(anonymous: Caller) -> None:
    register(anonymous)
    for _ in range(3):  # the first opens the connections that the next ones race on
        pair = log_in(anonymous)
        race = [partial(refresh, anonymous, pair) for _ in range(4)]
        statuses = sorted([response.status_code for response in at_once(race)])
        assert statuses in ([200, 401, 401, 401], [401] * 4)


def test_expires(anonymous: Caller) -> None:
    register(anonymous)
    pair = log_in(anonymous)
    now = dt.datetime.now(dt.UTC)
    left = RefreshToken.objects.get().expires_at - now
    assert dt.timedelta(days=29) < left <= dt.timedelta(days=30)
    RefreshToken.objects.update(expires_at=now - dt.timedelta(seconds=1))
    assert refresh(anonymous, pair).status_code == 401


def test_is_not_kept_as_it_is(anonymous: Caller) -> None:
    register(anonymous)
    pair = log_in(anonymous)
    kept = RefreshToken.objects.get().token_hash
    assert pair["refresh_token"] not in kept
    assert len(pair["refresh_token"]) >= 43  # 256 bits in base 64


@pytest.mark.parametrize("token", ["", "x", "x" * 1000])
def test_what_is_no_token(anonymous: Caller, token: str) -> None:
    response = anonymous.post(URL, json={"refresh_token": token})
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"


def test_refuses(anonymous: Caller) -> None:
    response = anonymous.post(URL, json={"refresh_token": 1})
    assert problems(response) == {("body.refresh_token", "type")}
    assert problems(anonymous.post(URL, json={})) == {("body.refresh_token", "required")}


def test_logout_revokes_the_family(anonymous: Caller) -> None:
    register(anonymous)
    first = log_in(anonymous)
    second = refresh(anonymous, first).json()
    for token in (second["refresh_token"], first["refresh_token"], "unknown"):
        response = anonymous.post("/api/v1/auth/logout", json={"refresh_token": token})
        assert (response.status_code, response.content) == (204, b"")
    assert refresh(anonymous, second).status_code == 401
    assert RefreshToken.objects.count() == 0
