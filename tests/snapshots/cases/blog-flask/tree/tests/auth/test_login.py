from typing import Any

import pytest

from app.auth import security
from tests.auth.accounts import PASSWORD, bearing, log_in, problems, register
from tests.support.callers import Caller

URL = "/api/v1/auth/login"


def test_gives_tokens(anonymous: Caller) -> None:
    user = register(anonymous)
    response = anonymous.post(URL, json={"email": "ADA@example.com", "password": PASSWORD})
    pair = response.get_json()
    assert set(pair) == {"access_token", "refresh_token", "token_type", "expires_in"}
    assert (pair["token_type"], pair["expires_in"]) == ("bearer", 900)
    assert response.headers["Cache-Control"] == "no-store"
    me = anonymous.get("/api/v1/auth/me", headers=bearing(pair["access_token"]))
    assert me.get_json() == user


def test_a_wrong_address_and_a_wrong_password_look_the_same(
    anonymous: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(anonymous)
    hashed: list[str] = []
    verify = security._hasher.verify  # noqa: SLF001

    def counted(password: str, password_hash: str) -> bool:
        hashed.append(password)
        return verify(password, password_hash)

    monkeypatch.setattr(security._hasher, "verify", counted)  # noqa: SLF001
    answers = []
    for email, password in (("ada@example.com", "wrong"), ("bob@example.com", PASSWORD)):
        response = anonymous.post(URL, json={"email": email, "password": password})
        assert response.headers["WWW-Authenticate"] == "Bearer"
        answers.append((response.status_code, response.get_json() | {"request_id": ""}))
    assert answers[0] == answers[1]
    assert answers[0][0] == 401
    assert hashed == ["wrong", PASSWORD]  # as much work, so as much time


@pytest.mark.parametrize("password", ["", "x", f"{PASSWORD} ", PASSWORD.upper(), "x" * 1000])
def test_only_the_password_itself_is_right(anonymous: Caller, password: str) -> None:
    register(anonymous)
    credentials = {"email": "ada@example.com", "password": password}
    assert anonymous.post(URL, json=credentials).status_code == 401


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({}, {("body.email", "required"), ("body.password", "required")}),
        ({"email": 1, "password": PASSWORD}, {("body.email", "type")}),
        ({"email": "a\x00", "password": PASSWORD}, {("body.email", "invalid")}),
        ({"email": "a", "password": "b", "x": 1}, {("body.x", "unknown")}),
        ([], {("body", "type")}),
    ],
)
def test_refuses(anonymous: Caller, body: Any, told: set[tuple[str, str]]) -> None:
    assert problems(anonymous.post(URL, json=body)) == told


def test_ignores_a_header_of_someone_else(anonymous: Caller) -> None:
    register(anonymous)
    credentials = {"email": "ada@example.com", "password": PASSWORD}
    response = anonymous.post(URL, json=credentials, headers=bearing("nonsense"))
    assert response.status_code == 200


def test_each_login_is_a_session_of_its_own(anonymous: Caller) -> None:
    register(anonymous)
    first, second = log_in(anonymous), log_in(anonymous)
    token = {"refresh_token": first["refresh_token"]}
    assert anonymous.post("/api/v1/auth/logout", json=token).status_code == 204
    token = {"refresh_token": second["refresh_token"]}
    assert anonymous.post("/api/v1/auth/refresh", json=token).status_code == 200
