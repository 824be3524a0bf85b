from typing import Any

import pytest

from app.auth import security
from tests.auth.accounts import PASSWORD, bearing, log_in, problems, register
from tests.support.callers import Caller

URL = "/api/v1/auth/login"


async def test_gives_tokens(anonymous: Caller) -> None:
    user = await register(anonymous)
    response = await anonymous.post(URL, json={"email": "ADA@example.com", "password": PASSWORD})
    pair = response.json()
    assert set(pair) == {"access_token", "refresh_token", "token_type", "expires_in"}
    assert (pair["token_type"], pair["expires_in"]) == ("bearer", 900)
    assert response.headers["Cache-Control"] == "no-store"
    me = await anonymous.get("/api/v1/auth/me", headers=bearing(pair["access_token"]))
    assert me.json() == user


async def test_a_wrong_address_and_a_wrong_password_look_the_same(
    anonymous: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    await register(anonymous)
    hashed: list[str] = []
    verify = security._hasher.verify  # noqa: SLF001

    def counted(password: str, password_hash: str) -> bool:
        hashed.append(password)
        return verify(password, password_hash)

    monkeypatch.setattr(security._hasher, "verify", counted)  # noqa: SLF001
    answers = []
    for email, password in (("ada@example.com", "wrong"), ("bob@example.com", PASSWORD)):
        response = await anonymous.post(URL, json={"email": email, "password": password})
        assert response.headers["WWW-Authenticate"] == "Bearer"
        answers.append((response.status_code, response.json() | {"request_id": ""}))
    assert answers[0] == answers[1]
    assert answers[0][0] == 401
    assert hashed == ["wrong", PASSWORD]  # as much work, so as much time


@pytest.mark.parametrize("password", ["", "x", f"{PASSWORD} ", PASSWORD.upper(), "x" * 1000])
async def test_only_the_password_itself_is_right(anonymous: Caller, password: str) -> None:
    await register(anonymous)
    credentials = {"email": "ada@example.com", "password": password}
    assert (await anonymous.post(URL, json=credentials)).status_code == 401


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
async def test_refuses(anonymous: Caller, body: Any, told: set[tuple[str, str]]) -> None:
    assert problems(await anonymous.post(URL, json=body)) == told


async def test_ignores_a_header_of_someone_else(anonymous: Caller) -> None:
    await register(anonymous)
    credentials = {"email": "ada@example.com", "password": PASSWORD}
    response = await anonymous.post(URL, json=credentials, headers=bearing("nonsense"))
    assert response.status_code == 200


async def test_each_login_is_a_session_of_its_own(anonymous: Caller) -> None:
    await register(anonymous)
    first, second = await log_in(anonymous), await log_in(anonymous)
    token = {"refresh_token": first["refresh_token"]}
    assert (await anonymous.post("/api/v1/auth/logout", json=token)).status_code == 204
    token = {"refresh_token": second["refresh_token"]}
    assert (await anonymous.post("/api/v1/auth/refresh", json=token)).status_code == 200
