from typing import Any

import pytest

from tests.support.callers import Caller
from tests.users.accounts import PASSWORD, bearing, log_in, problems, register

ME, PASSWORDS = "/api/v1/auth/me", "/api/v1/auth/password"


def test_changes_the_address(anonymous: Caller) -> None:
    before = register(anonymous)
    headers = bearing(log_in(anonymous)["access_token"])
    response = anonymous.patch(ME, json={"email": "Grace@example.com"}, headers=headers)
    after = response.json()
    assert (response.status_code, after["email"]) == (200, "grace@example.com")
    assert after == before | {"email": after["email"], "updated_at": after["updated_at"]}
    assert anonymous.get(ME, headers=headers).json() == after
    log_in(anonymous, email="grace@example.com")


def test_an_empty_patch_changes_nothing(alice: Caller) -> None:
    before = alice.get(ME).json()
    response = alice.patch(ME, json={})
    assert (response.status_code, response.json()) == (200, before)


def test_the_address_of_another_is_taken(alice: Caller, anonymous: Caller) -> None:
    register(anonymous)
    response = alice.patch(ME, json={"email": "ADA@example.com"})
    assert (response.status_code, problems(response)) == (409, {("body.email", "duplicate")})


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"email": "nobody"}, "email", "format"),
        ({"email": None}, "email", "type"),
        ({"role": "admin"}, "role", "readonly"),
        ({"id": "018f0000-0000-7000-8000-00000000dead"}, "id", "readonly"),
        ({"updated_at": "2026-01-02T03:04:05Z"}, "updated_at", "readonly"),
        ({"password": PASSWORD}, "password", "unknown"),
        ({"is_active": False}, "is_active", "unknown"),
    ],
)
def test_refuses(alice: Caller, change: Any, field: str, code: str) -> None:
    before = alice.get(ME).json()
    assert problems(alice.patch(ME, json=change)) == {(f"body.{field}", code)}
    assert alice.get(ME).json() == before


def test_needs_a_user(anonymous: Caller) -> None:
    change = {"current_password": PASSWORD, "new_password": PASSWORD}
    assert anonymous.get(ME).status_code == 401
    assert anonymous.patch(ME, json={}).status_code == 401
    assert anonymous.post(PASSWORDS, json=change).status_code == 401


def test_a_new_password_ends_every_session(anonymous: Caller) -> None:
    register(anonymous)
    register(anonymous, email="bob@example.com")
    pairs = [log_in(anonymous), log_in(anonymous)]
    bobs = log_in(anonymous, email="bob@example.com")
    headers = bearing(pairs[0]["access_token"])
    change = {"current_password": PASSWORD, "new_password": "another good one"}
    response = anonymous.post(PASSWORDS, json=change, headers=headers)
    assert (response.status_code, response.content) == (204, b"")
    for pair, status in ((pairs[0], 401), (pairs[1], 401), (bobs, 200)):
        token = {"refresh_token": pair["refresh_token"]}
        assert anonymous.post("/api/v1/auth/refresh", json=token).status_code == status
    old = {"email": "ada@example.com", "password": PASSWORD}
    assert anonymous.post("/api/v1/auth/login", json=old).status_code == 401
    log_in(anonymous, password="another good one")


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"current_password": "wrong"}, "current_password", "invalid"),
        ({"new_password": "short"}, "new_password", "too_short"),
        ({"new_password": "x" * 129}, "new_password", "too_long"),
        ({"new_password": None}, "new_password", "type"),
    ],
)
def test_a_password_is_refused(anonymous: Caller, change: Any, field: str, code: str) -> None:
    register(anonymous)
    headers = bearing(log_in(anonymous)["access_token"])
    body = {"current_password": PASSWORD, "new_password": "another good one"} | change
    response = anonymous.post(PASSWORDS, json=body, headers=headers)
    assert problems(response) == {(f"body.{field}", code)}
    log_in(anonymous)
