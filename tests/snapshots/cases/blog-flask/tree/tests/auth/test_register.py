from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from app.users.model import User
from tests.auth.accounts import PASSWORD, log_in, problems, register, registration
from tests.support.callers import Caller, at_once, raw
from tests.support.samples import Field, accepted, readonly, refused
from tests.users.samples import FIELDS

URL = "/api/v1/auth/register"
SHOWN = {"id", "email", "role", "created_at", "updated_at"} | {
    field.key for field in FIELDS if not field.private
}


def test_makes_an_account(anonymous: Caller) -> None:
    sent = registration()
    user = register(anonymous, **sent)
    assert set(user) >= SHOWN
    assert not {"password", "password_hash", "is_active"} & set(user)
    assert not {field.key for field in FIELDS if field.private} & set(user)
    assert (user["email"], user["role"]) == ("ada@example.com", "user")
    plain = [field.key for field in FIELDS if field.key in sent and not field.private]
    assert {key: user[key] for key in plain} == {key: sent[key] for key in plain}
    assert log_in(anonymous)["token_type"] == "bearer"


def test_keeps_no_password(anonymous: Caller) -> None:
    register(anonymous)
    with anonymous.session() as session:
        user = session.scalars(select(User)).one()
    assert user.password_hash.startswith("$argon2id$")
    assert PASSWORD not in user.password_hash


def test_of_one_address_there_is_one_account(anonymous: Caller) -> None:
    register(anonymous)
    response = anonymous.post(URL, json=registration(email="ADA@example.COM"))
    assert (response.status_code, problems(response)) == (409, {("body.email", "duplicate")})


def test_of_two_that_race_one_gets_the_address(anonymous: Caller) -> None:
    race = [partial(anonymous.post, URL, json=registration()) for _ in range(2)]
    assert sorted([r.status_code for r in at_once(race)]) == [201, 409]


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"email": "nobody"}, "email", "format"),
        ({"email": None}, "email", "type"),
        ({"email": f"{'a' * 243}@example.com"}, "email", "too_long"),
        ({"password": "x" * 7}, "password", "too_short"),
        ({"password": "x" * 129}, "password", "too_long"),
        ({"password": 12345678}, "password", "type"),
        ({"password": "12345678\x00"}, "password", "invalid"),
        ({"role": "admin"}, "role", "readonly"),
        ({"id": "018f0000-0000-7000-8000-00000000dead"}, "id", "readonly"),
        ({"created_at": "2026-01-02T03:04:05Z"}, "created_at", "readonly"),
        ({"is_active": True}, "is_active", "unknown"),
        ({"password_hash": "x"}, "password_hash", "unknown"),
    ],
)
def test_refuses(anonymous: Caller, change: Any, field: str, code: str) -> None:
    response = anonymous.post(URL, json=registration(**change))
    assert problems(response) == {(f"body.{field}", code)}


@pytest.mark.parametrize("length", [8, 128])
def test_takes_passwords_to_the_limit(anonymous: Caller, length: int) -> None:
    register(anonymous, password="é" * length)
    log_in(anonymous, password="é" * length)


def test_tells_everything_wrong_at_once(anonymous: Caller) -> None:
    response = anonymous.post(URL, json={})
    required = {"body.email", "body.password"}
    assert required <= {field for field, code in problems(response) if code == "required"}


def test_fields_of_a_user_have_their_rules(anonymous: Caller) -> None:
    cases: list[tuple[Field, Any, str]] = refused(FIELDS)
    for field, value, code in cases:
        sent = registration() | {field.key: value}
        told = problems(anonymous.post(URL, **raw(sent)))
        allowed = {code, "pattern"} if field.pattern else {code}
        assert told <= {(f"body.{field.key}", each) for each in allowed}, (field.key, value)


def test_readonly_fields_of_a_user_are_not_writable(anonymous: Caller) -> None:
    for field in readonly(FIELDS):
        response = anonymous.post(URL, json=registration(**{field.key: field.example}))
        assert problems(response) == {(f"body.{field.key}", "readonly")}


def test_fields_of_a_user_take_what_is_valid(admin: Caller) -> None:
    for field, sent, shown in accepted(FIELDS):
        user = admin.patch("/api/v1/auth/me", json={field.key: sent}).get_json()
        assert user.get(field.key, "private") == ("private" if field.private else shown), field.key
