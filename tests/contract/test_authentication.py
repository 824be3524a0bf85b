"""Authentication: registering, logging in, rotating, logging out, one's own account."""

from __future__ import annotations

import re
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from typing import Any

import pytest

from tests.contract.cases import each, only, with_users
from tests.contract.client import Answer, Api
from tests.contract.domain import Field, Service
from tests.contract.problems import done, refused
from tests.contract.rules import bad_values
from tests.contract.test_resources import INSTANT, UUID
from tests.contract.values import shown
from tests.contract.world import AUTH, PASSWORD, Row, World

pytestmark = with_users

SET_BY_THE_SERVICE = ("id", "role", "created_at", "updated_at")


def user_fields(service: Service) -> list[Field]:
    return [f for f in service.user_fields if f.writable]


def register(world: World, **changes: Any) -> Answer:
    return world.anonymous.post(f"{AUTH}/register", world.registration(**changes))


def refresh(api: Api, token: str) -> Answer:
    return api.post(f"{AUTH}/refresh", {"refresh_token": token})


# Registering


def test_registering_answers_the_user(world: World) -> None:
    body = world.registration()
    user = done(world.anonymous.post(f"{AUTH}/register", body), 201)
    visible = {f.key for f in world.service.user_fields if not f.private}
    assert set(user) == {*SET_BY_THE_SERVICE, "email", *visible}
    assert (user["email"], user["role"]) == (body["email"], "user")
    assert UUID.fullmatch(user["id"])
    assert INSTANT.fullmatch(user["created_at"])
    assert INSTANT.fullmatch(user["updated_at"])
    defaults = {f.key: shown(f, f.default) for f in world.service.user_fields if f.key in visible}
    assert {key: user[key] for key in visible} == {
        key: body.get(key, default) for key, default in defaults.items()
    }


def test_an_email_is_taken_whatever_its_case(world: World) -> None:
    email = f"Ada.{world.supply.code()}@Example.COM"
    user = done(register(world, email=email), 201)
    assert user["email"] == email.lower()
    for same in (email, email.lower(), email.upper()):
        refused(register(world, email=same), 409, "body.email duplicate")
        assert world.login(same)["token_type"] == "bearer"


@pytest.mark.parametrize("length", [8, 128])
def test_the_shortest_and_the_longest_password(world: World, length: int) -> None:
    for password in ("é" * length, "\N{GRINNING FACE}" * length):
        email = world.email()
        done(register(world, email=email, password=password), 201)
        world.login(email, password)


def test_a_password_has_8_to_128_characters(world: World) -> None:
    for password, code in (("x" * 7, "too_short"), ("", "too_short"), ("x" * 129, "too_long")):
        refused(register(world, password=password), 422, f"body.password {code}")
    for strange in (None, 12345678, ["x" * 8]):
        refused(register(world, password=strange), 422, "body.password type")
    refused(register(world, password="12345678\0"), 422, "body.password invalid")


def test_a_password_is_taken_as_it_is(world: World) -> None:
    email = world.email()
    done(register(world, email=email, password="  spaced out  "), 201)
    world.login(email, "  spaced out  ")
    for other in ("spaced out", "  SPACED OUT  ", "  spaced out"):
        wrong_login(world, email, other)


def test_an_email_must_be_one(world: World) -> None:
    wrong = [bad for bad in bad_values(Field("email", "email")) if "surrogate" not in bad.why]
    for bad in wrong:
        refused(register(world, email=bad.value), 422, f"body.email {bad.code}")


def test_nobody_makes_an_administrator(world: World) -> None:
    for key in SET_BY_THE_SERVICE:
        refused(register(world, **{key: "admin"}), 422, f"body.{key} readonly")
    for key in ("is_active", "is_admin", "password_hash"):
        refused(register(world, **{key: True}), 422, f"body.{key} unknown")


def test_everything_wrong_is_reported_at_once(world: World) -> None:
    body = {"email": "x", "password": "x", "nope": 1}
    required = [f"body.{f.key} required" for f in world.service.user_fields if f.required]
    refused(
        world.anonymous.post(f"{AUTH}/register", body),
        422,
        "body.email format",
        "body.password too_short",
        "body.nope unknown",
        *required,
    )
    missing = ("body.email required", "body.password required", *required)
    refused(world.anonymous.post(f"{AUTH}/register", {}), 422, *missing)


@each("field", user_fields)
def test_a_field_of_the_user(world: World, field: Field) -> None:
    value = world.supply.value(field)
    user = done(register(world, **{field.key: value}), 201)
    if field.private:
        assert field.key not in user
    else:
        assert user[field.key] == shown(field, value)
    for bad in bad_values(field):
        if "surrogate" not in bad.why:
            answer = register(world, **{field.key: bad.value})
            refused(answer, 422, f"body.{field.key}{bad.at} {bad.code}")


@each("field", lambda s: [f for f in s.user_fields if f.unique and f.writable])
def test_a_unique_field_of_the_user(world: World, field: Field) -> None:
    value = world.supply.value(field)
    done(register(world, **{field.key: value}), 201)
    refused(register(world, **{field.key: value}), 409, f"body.{field.key} duplicate")
    refused(
        world.other.api.patch(f"{AUTH}/me", {field.key: value}), 409, f"body.{field.key} duplicate"
    )


# Logging in


def test_logging_in_answers_a_pair_of_tokens(world: World) -> None:
    tokens = world.login(world.user.email)
    assert set(tokens) == {"access_token", "refresh_token", "token_type", "expires_in"}
    assert (tokens["token_type"], tokens["expires_in"]) == ("bearer", 900)
    # 256 random bits, as text
    assert len(tokens["refresh_token"]) >= 43
    assert tokens["refresh_token"] != world.login(world.user.email)["refresh_token"]


def wrong_login(world: World, email: str, password: str) -> Row:
    answer = world.anonymous.post(f"{AUTH}/login", {"email": email, "password": password})
    problem = refused(answer, 401)
    assert answer.headers["www-authenticate"].startswith("Bearer")
    return {key: problem[key] for key in problem if key != "request_id"}


def test_a_wrong_email_and_a_wrong_password_are_the_same(world: World) -> None:
    wrong = wrong_login(world, world.user.email, "not the password")
    assert wrong_login(world, world.email(), PASSWORD) == wrong
    assert wrong_login(world, "no e-mail at all", "") == wrong
    assert wrong_login(world, world.user.email, PASSWORD + " ") == wrong
    assert wrong_login(world, "x" * 5000, "x" * 5000) == wrong


def test_a_wrong_email_takes_as_long_as_a_wrong_password(world: World) -> None:
    def seconds(email: str) -> float:
        start = time.perf_counter()
        wrong_login(world, email, "not the password")
        return time.perf_counter() - start

    pairs = [(seconds(world.user.email), seconds(world.email())) for _ in range(7)]
    known, unknown = (median(times) for times in zip(*pairs, strict=True))
    assert 1 / 3 < unknown / known < 3, (known, unknown)


def test_login_says_what_is_malformed(anonymous: Api) -> None:
    path = f"{AUTH}/login"
    refused(anonymous.post(path, {}), 422, "body.email required", "body.password required")
    body = {"email": 1, "password": None, "nope": 1}
    errors = ("body.email type", "body.password type", "body.nope unknown")
    refused(anonymous.post(path, body), 422, *errors)
    refused(
        anonymous.post(path, {"email": "a@b.co", "password": "\0"}), 422, "body.password invalid"
    )
    refused(anonymous.post(path, []), 422, "body type")


def test_authentication_does_not_look_at_the_header(world: World) -> None:
    bad = world.with_token("nonsense")
    done(bad.post(f"{AUTH}/login", {"email": world.user.email, "password": PASSWORD}))
    done(bad.post(f"{AUTH}/register", world.registration()), 201)
    done(refresh(bad, world.login(world.user.email)["refresh_token"]))
    done(bad.post(f"{AUTH}/logout", {"refresh_token": "x"}), 204)


# Refresh tokens


def test_refreshing_rotates(world: World) -> None:
    first = world.login(world.user.email)
    second = done(refresh(world.anonymous, first["refresh_token"]))
    assert set(second) == set(first)
    assert second["refresh_token"] != first["refresh_token"]
    done(world.with_token(second["access_token"]).get(f"{AUTH}/me"))
    third = done(refresh(world.anonymous, second["refresh_token"]))
    assert len({pair["refresh_token"] for pair in (first, second, third)}) == 3
    assert len({pair["access_token"] for pair in (first, second, third)}) == 3


def test_a_dead_token_used_again_revokes_its_family(world: World) -> None:
    anonymous = world.anonymous
    bystander = world.login(world.user.email)
    first = world.login(world.user.email)
    second = done(refresh(anonymous, first["refresh_token"]))
    third = done(refresh(anonymous, second["refresh_token"]))
    refused(refresh(anonymous, first["refresh_token"]), 401)
    for tokens in (first, second, third):
        refused(refresh(anonymous, tokens["refresh_token"]), 401)
    done(refresh(anonymous, bystander["refresh_token"]))


def test_what_is_no_refresh_token_is_401(world: World) -> None:
    tokens = world.login(world.user.email)
    real = tokens["refresh_token"]
    for wrong in ("", "x", real[:-1], real + "x", real.swapcase(), tokens["access_token"], "é"):
        answer = refresh(world.anonymous, wrong)
        refused(answer, 401)
        assert answer.headers["www-authenticate"].startswith("Bearer")
    done(refresh(world.anonymous, real))


@pytest.mark.parametrize("name", ["refresh", "logout"])
def test_a_refresh_token_must_be_a_string(anonymous: Api, name: str) -> None:
    path = f"{AUTH}/{name}"
    refused(anonymous.post(path, {}), 422, "body.refresh_token required")
    refused(anonymous.post(path, {"refresh_token": 1}), 422, "body.refresh_token type")
    refused(anonymous.post(path, {"refresh_token": "x", "a": 1}), 422, "body.a unknown")
    refused(anonymous.post(path, {"refresh_token": "\0"}), 422, "body.refresh_token invalid")


def test_a_refresh_token_is_no_access_token(world: World) -> None:
    token = world.login(world.user.email)["refresh_token"]
    refused(world.with_token(token).get(f"{AUTH}/me"), 401)


def test_of_parallel_refreshes_at_most_one_wins(world: World) -> None:
    token = world.login(world.user.email)["refresh_token"]
    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(lambda _: refresh(world.anonymous, token), range(6)))
    statuses = [answer.status for answer in answers]
    assert statuses.count(200) <= 1, statuses
    assert statuses.count(401) >= 5, statuses


def test_logging_out_revokes_the_family(world: World) -> None:
    kept = world.login(world.user.email)
    first = world.login(world.user.email)
    second = done(refresh(world.anonymous, first["refresh_token"]))
    done(world.anonymous.post(f"{AUTH}/logout", {"refresh_token": second["refresh_token"]}), 204)
    refused(refresh(world.anonymous, second["refresh_token"]), 401)
    done(refresh(world.anonymous, kept["refresh_token"]))


def test_logging_out_tells_nothing(world: World) -> None:
    tokens = world.login(world.user.email)
    for token in ("x", tokens["refresh_token"], tokens["refresh_token"]):
        done(world.anonymous.post(f"{AUTH}/logout", {"refresh_token": token}), 204)


# One's own account


def test_me(world: World) -> None:
    user = done(register(world, email=(email := world.email())), 201)
    api = world.with_token(world.login(email)["access_token"])
    assert done(api.get(f"{AUTH}/me")) == user
    refused(world.anonymous.get(f"{AUTH}/me"), 401)
    refused(world.anonymous.patch(f"{AUTH}/me", {}), 401)
    refused(world.anonymous.post(f"{AUTH}/password", {}), 401)


def test_changing_the_email(world: World) -> None:
    person = world.register()
    before = done(person.api.get(f"{AUTH}/me"))
    assert done(person.api.patch(f"{AUTH}/me", {})) == before
    email = f"New-{world.supply.code()}@Example.com"
    after = done(person.api.patch(f"{AUTH}/me", {"email": email}))
    assert after["email"] == email.lower()
    assert after["updated_at"] > before["updated_at"]
    assert after["id"] == before["id"]
    assert world.login(email)["expires_in"] == 900
    wrong_login(world, person.email, PASSWORD)
    taken = {"email": world.user.email.upper()}
    refused(person.api.patch(f"{AUTH}/me", taken), 409, "body.email duplicate")
    assert done(person.api.get(f"{AUTH}/me")) == after
    refused(person.api.patch(f"{AUTH}/me", {"email": None}), 422, "body.email type")
    refused(person.api.patch(f"{AUTH}/me", {"email": "x"}), 422, "body.email format")


def test_what_nobody_changes_of_themselves(world: World) -> None:
    api = world.other.api
    before = done(api.get(f"{AUTH}/me"))
    for key in (*SET_BY_THE_SERVICE, *(f.key for f in world.service.user_fields if f.readonly)):
        refused(api.patch(f"{AUTH}/me", {key: "admin"}), 422, f"body.{key} readonly")
    for key in ("is_active", "password", "password_hash"):
        refused(api.patch(f"{AUTH}/me", {key: "x" * 9}), 422, f"body.{key} unknown")
    assert done(api.get(f"{AUTH}/me")) == before


@each("field", user_fields)
def test_changing_a_field_of_oneself(world: World, field: Field) -> None:
    api = world.other.api
    value = world.supply.value(field)
    after = done(api.patch(f"{AUTH}/me", {field.key: value}))
    assert done(api.get(f"{AUTH}/me")) == after
    if field.private:
        assert field.key not in after
    else:
        assert after[field.key] == shown(field, value)
    if field.optional:
        assert done(api.patch(f"{AUTH}/me", {field.key: None})).get(field.key) is None
    else:
        refused(api.patch(f"{AUTH}/me", {field.key: None}), 422, f"body.{field.key} type")


@each("field", lambda s: [f for f in s.user_fields if not f.writable])
def test_a_readonly_field_of_the_user(world: World, field: Field) -> None:
    refused(register(world, **{field.key: field.default}), 422, f"body.{field.key} readonly")


def change_password(api: Api, current: Any, new: Any) -> Answer:
    return api.post(f"{AUTH}/password", {"current_password": current, "new_password": new})


def test_a_new_password_ends_every_session(world: World) -> None:
    person = world.register()
    sessions = [world.login(person.email) for _ in range(2)]
    done(change_password(person.api, PASSWORD, "another password"), 204)
    for tokens in sessions:
        refused(refresh(world.anonymous, tokens["refresh_token"]), 401)
    wrong_login(world, person.email, PASSWORD)
    done(refresh(world.anonymous, world.login(person.email, "another password")["refresh_token"]))
    done(person.api.get(f"{AUTH}/me"))


def test_a_new_password_needs_the_current_one(world: World) -> None:
    person = world.register()
    session = world.login(person.email)
    wrong = change_password(person.api, "not the password", "another password")
    refused(wrong, 422, "body.current_password invalid")
    for new, code in (("x" * 7, "too_short"), ("x" * 129, "too_long"), (7, "type")):
        refused(change_password(person.api, PASSWORD, new), 422, f"body.new_password {code}")
    missing = ("body.current_password required", "body.new_password required")
    refused(person.api.post(f"{AUTH}/password", {}), 422, *missing)
    done(refresh(world.anonymous, session["refresh_token"]))


# Administrators, and people who may no longer


@only(lambda service: service.admin_needed)
def test_the_administrator_is_one(world: World) -> None:
    assert done(world.admin.api.get(f"{AUTH}/me"))["role"] == "admin"
    assert done(world.user.api.get(f"{AUTH}/me"))["role"] == "user"


@pytest.mark.disable
def test_a_disabled_user_is_401_at_once(world: World) -> None:
    person = world.register()
    tokens = world.login(person.email)
    assert world.options.disable_command
    world.run(world.options.disable_command, email=person.email)
    refused(person.api.get(f"{AUTH}/me"), 401)
    refused(refresh(world.anonymous, tokens["refresh_token"]), 401)
    wrong_login(world, person.email, PASSWORD)


def test_of_parallel_registrations_one_wins(world: World) -> None:
    body = world.registration()
    with ThreadPoolExecutor(4) as threads:
        answers = list(
            threads.map(lambda _: world.anonymous.post(f"{AUTH}/register", body), range(4))
        )
    assert sorted(answer.status for answer in answers) == [201, 409, 409, 409], answers


def test_ids_of_users_are_uuids_of_version_7(world: World) -> None:
    assert uuid.UUID(world.user.id).version == 7
    assert re.fullmatch(r"[0-9a-f-]{36}", world.user.id)
