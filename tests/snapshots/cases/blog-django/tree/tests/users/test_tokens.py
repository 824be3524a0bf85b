"""Access tokens, and what is not one."""

import base64
import datetime as dt
import json
from typing import Any

import jwt
import pytest
from django.conf import settings

from app.users.models import User
from config.environment import PROJECT
from tests.support.callers import Caller
from tests.users.accounts import bearing, log_in, register

ME = "/api/v1/auth/me"


def claims(user_id: str | None, **changes: Any) -> dict[str, Any]:
    now = dt.datetime.now(dt.UTC)
    standard = {
        "sub": user_id,
        "iat": now,
        "exp": now + dt.timedelta(minutes=15),
        "jti": "1",
        "iss": PROJECT,
        "aud": PROJECT,
    }
    return {key: value for key, value in (standard | changes).items() if value is not None}


def signed(payload: dict[str, Any], algorithm: str = "HS256") -> str:
    return jwt.encode(payload, settings.SECRET_KEY, algorithm)


def test_say_who_and_for_how_long(anonymous: Caller) -> None:
    user = register(anonymous)
    token = log_in(anonymous)["access_token"]
    secret = settings.SECRET_KEY
    read = jwt.decode(token, secret, algorithms=["HS256"], issuer=PROJECT, audience=PROJECT)
    assert set(read) == {"sub", "iat", "exp", "jti", "iss", "aud"}
    assert (read["sub"], read["exp"] - read["iat"]) == (user["id"], 900)
    again = log_in(anonymous)["access_token"]
    assert jwt.decode(again, secret, algorithms=["HS256"], audience=PROJECT)["jti"] != read["jti"]


def test_a_valid_one_is_taken(alice: Caller, anonymous: Caller) -> None:
    headers = bearing(signed(claims(alice.user_id)))
    assert anonymous.get(ME, headers=headers).status_code == 200


LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "change",
    [
        {"exp": dt.datetime.now(dt.UTC) - dt.timedelta(seconds=1)},
        {"exp": LONG_AGO, "iat": LONG_AGO},
        {"exp": None},
        {"iat": None},
        {"jti": None},
        {"iss": None},
        {"iss": "someone-else"},
        {"aud": None},
        {"aud": "someone-else"},
        {"sub": None},
        {"sub": "nobody"},
        {"sub": "018f0000-0000-7000-8000-00000000dead"},
    ],
    ids=str,
)
def test_claims_that_are_wrong(alice: Caller, anonymous: Caller, change: dict[str, Any]) -> None:
    headers = bearing(signed(claims(alice.user_id, **change)))
    response = anonymous.get(ME, headers=headers)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert response.json()["type"] == "urn:problem:unauthorized"


def test_signatures_that_are_wrong(alice: Caller, anonymous: Caller) -> None:
    right = claims(alice.user_id)
    head, payload, signature = signed(right).split(".")
    unsigned = base64.urlsafe_b64encode(json.dumps({"alg": "none"}).encode()).decode().rstrip("=")
    for token in (
        jwt.encode(right, "another secret of thirty-two characters or more", "HS256"),
        signed(right, "HS384"),
        signed(right, "HS512"),
        f"{unsigned}.{payload}.",
        f"{unsigned}.{payload}.{signature}",
        f"{head}.{payload}.{signature[:-4]}AAAA",
        f"{head}.{payload}",
        "",
        "nonsense",
    ):
        assert anonymous.get(ME, headers=bearing(token)).status_code == 401, token


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic YTpi", "Bearer \xe9", "Bearer a b", "\xff"]
)
def test_headers_that_are_wrong(anonymous: Caller, header: str) -> None:
    response = anonymous.get(ME, headers={"Authorization": header})
    assert response.status_code == 401


def test_a_token_comes_in_a_scheme_of_its_own(alice: Caller, anonymous: Caller) -> None:
    _, token = alice.headers["Authorization"].split()
    for scheme, status in (("Bearer", 200), ("bearer", 200), ("Basic", 401), ("Token", 401)):
        response = anonymous.get(ME, headers={"Authorization": f"{scheme} {token}"})
        assert response.status_code == status, scheme


def test_no_header_is_nobody(anonymous: Caller) -> None:
    response = anonymous.get(ME)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"


def test_a_disabled_user_is_out_at_once(anonymous: Caller) -> None:
    register(anonymous)
    pair = log_in(anonymous)
    User.objects.update(is_active=False)
    assert anonymous.get(ME, headers=bearing(pair["access_token"])).status_code == 401
    token = {"refresh_token": pair["refresh_token"]}
    assert anonymous.post("/api/v1/auth/refresh", json=token).status_code == 401
    credentials = {"email": "ada@example.com", "password": "correct horse battery"}
    assert anonymous.post("/api/v1/auth/login", json=credentials).status_code == 401


def test_a_deleted_user_is_out_at_once(alice: Caller) -> None:
    User.objects.all().delete()
    assert alice.get(ME).status_code == 401


def test_a_role_is_read_anew(alice: Caller) -> None:
    User.objects.update(role="admin")
    assert alice.get(ME).json()["role"] == "admin"
