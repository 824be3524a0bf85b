import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from app.auth import security
from app.auth.schema import TokenPair
from app.auth.service import AuthService
from tests.auth.accounts import PASSWORD, bearing, log_in, problems, register
from tests.support.callers import Caller
from tests.support.samples import readonly
from tests.users.samples import FIELDS

ME, PASSWORDS = "/api/v1/auth/me", "/api/v1/auth/password"
CHANGE = {"current_password": PASSWORD, "new_password": "another good one"}


def test_changes_the_address(anonymous: Caller) -> None:
    before = register(anonymous)
    headers = bearing(log_in(anonymous)["access_token"])
    response = anonymous.patch(ME, json={"email": "Grace@example.com"}, headers=headers)
    after = response.get_json()
    assert (response.status_code, after["email"]) == (200, "grace@example.com")
    assert after == before | {"email": after["email"], "updated_at": after["updated_at"]}
    assert anonymous.get(ME, headers=headers).get_json() == after
    log_in(anonymous, email="grace@example.com")


def test_an_empty_patch_changes_nothing(alice: Caller) -> None:
    before = alice.get(ME).get_json()
    response = alice.patch(ME, json={})
    assert (response.status_code, response.get_json()) == (200, before)


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
    before = alice.get(ME).get_json()
    assert problems(alice.patch(ME, json=change)) == {(f"body.{field}", code)}
    assert alice.get(ME).get_json() == before


def test_readonly_fields_are_not_writable(alice: Caller) -> None:
    for field in readonly(FIELDS):
        response = alice.patch(ME, json={field.key: field.example})
        assert problems(response) == {(f"body.{field.key}", "readonly")}


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
    response = anonymous.post(PASSWORDS, json=CHANGE, headers=headers)
    assert (response.status_code, response.data) == (204, b"")
    for pair, status in ((pairs[0], 401), (pairs[1], 401), (bobs, 200)):
        token = {"refresh_token": pair["refresh_token"]}
        assert anonymous.post("/api/v1/auth/refresh", json=token).status_code == status
    old = {"email": "ada@example.com", "password": PASSWORD}
    assert anonymous.post("/api/v1/auth/login", json=old).status_code == 401
    log_in(anonymous, password="another good one")
    log_in(anonymous, email="bob@example.com")


def test_a_new_password_ends_a_login_with_the_old_one(
    anonymous: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(anonymous)
    headers = bearing(log_in(anonymous)["access_token"])
    verify = security.verify_password

    def overtaken(password: str, password_hash: str | None) -> bool:
        monkeypatch.setattr("app.auth.service.verify_password", verify)
        assert anonymous.post(PASSWORDS, json=CHANGE, headers=headers).status_code == 204
        return verify(password, password_hash)

    monkeypatch.setattr("app.auth.service.verify_password", overtaken)
    old = {"email": "ada@example.com", "password": PASSWORD}
    assert anonymous.post("/api/v1/auth/login", json=old).status_code == 401


def test_a_new_password_ends_what_is_refreshed_meanwhile(
    anonymous: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(anonymous)
    pair = log_in(anonymous)
    headers = bearing(pair["access_token"])
    threads = ThreadPoolExecutor()
    issue, changes = AuthService._issue, []  # noqa: SLF001

    def overtaken(service: AuthService, user_id: UUID, family_id: UUID) -> TokenPair:
        change = partial(anonymous.post, PASSWORDS, json=CHANGE, headers=headers)
        changes.append(threads.submit(change))
        time.sleep(0.5)
        return issue(service, user_id, family_id)

    monkeypatch.setattr(AuthService, "_issue", overtaken)
    token = {"refresh_token": pair["refresh_token"]}
    new = anonymous.post("/api/v1/auth/refresh", json=token).get_json()
    assert [change.result().status_code for change in changes] == [204]
    token = {"refresh_token": new["refresh_token"]}
    assert anonymous.post("/api/v1/auth/refresh", json=token).status_code == 401


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
    response = anonymous.post(PASSWORDS, json=CHANGE | change, headers=headers)
    assert problems(response) == {(f"body.{field}", code)}
    log_in(anonymous)
