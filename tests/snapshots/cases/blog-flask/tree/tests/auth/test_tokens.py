"""Access tokens, and what is not one."""

import base64
import datetime as dt
import json
from typing import Any

import jwt
import pytest
from sqlalchemy import delete, update

from app.config import PROJECT, Settings
from app.users.model import User
from tests.auth.accounts import bearing, log_in, register
from tests.support.callers import Caller, application
from tests.users.samples import signed_in

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


def signed(settings: Settings, payload: dict[str, Any], algorithm: str = "HS256") -> str:
    return jwt.encode(payload, settings.secret_key.get_secret_value(), algorithm)


def test_say_who_and_for_how_long(anonymous: Caller, settings: Settings) -> None:
    user = register(anonymous)
    token = log_in(anonymous)["access_token"]
    secret = settings.secret_key.get_secret_value()
    read = jwt.decode(token, secret, algorithms=["HS256"], issuer=PROJECT, audience=PROJECT)
    assert set(read) == {"sub", "iat", "exp", "jti", "iss", "aud"}
    assert (read["sub"], read["exp"] - read["iat"]) == (user["id"], 900)
    again = log_in(anonymous)["access_token"]
    assert jwt.decode(again, secret, algorithms=["HS256"], audience=PROJECT)["jti"] != read["jti"]


def test_a_valid_one_is_taken(alice: Caller, anonymous: Caller, settings: Settings) -> None:
    headers = bearing(signed(settings, claims(alice.user_id)))
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
def test_claims_that_are_wrong(
    alice: Caller, anonymous: Caller, settings: Settings, change: dict[str, Any]
) -> None:
    headers = bearing(signed(settings, claims(alice.user_id, **change)))
    response = anonymous.get(ME, headers=headers)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert response.get_json()["type"] == "urn:problem:unauthorized"


def test_signatures_that_are_wrong(alice: Caller, anonymous: Caller, settings: Settings) -> None:
    right = claims(alice.user_id)
    head, payload, signature = signed(settings, right).split(".")
    unsigned = base64.urlsafe_b64encode(json.dumps({"alg": "none"}).encode()).decode().rstrip("=")
    for token in (
        jwt.encode(right, "another secret of thirty-two characters or more", "HS256"),
        signed(settings, right, "HS384"),
        signed(settings, right, "HS512"),
        f"{unsigned}.{payload}.",
        f"{unsigned}.{payload}.{signature}",
        f"{head}.{payload}.{signature[:-4]}AAAA",
        f"{head}.{payload}",
        "",
        "nonsense",
    ):
        assert anonymous.get(ME, headers=bearing(token)).status_code == 401, token


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Basic YTpi", "Basic \xe9", "Bearer \xe9", "Bearer a b", "\xff"],
)
def test_headers_that_are_wrong(anonymous: Caller, header: str) -> None:
    response = anonymous.get(ME, headers={"Authorization": header})
    assert response.status_code == 401


def test_a_token_comes_in_a_scheme_of_its_own(alice: Caller, anonymous: Caller) -> None:
    _, token = alice.headers["Authorization"].split()
    for scheme, status in (("Bearer", 200), ("bearer", 200), ("Basic", 401), ("Token", 401)):
        response = anonymous.get(ME, headers={"Authorization": f"{scheme} {token}"})
        assert response.status_code == status, scheme


def test_the_log_names_who_asked(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    talkative = settings.model_copy(update={"log_level": "info"})
    with application(talkative) as anonymous:
        alice = signed_in(anonymous)
        capsys.readouterr()
        alice.get(ME)
    [line] = capsys.readouterr().out.splitlines()
    assert json.loads(line)["user_id"] == alice.user_id


def test_no_header_is_nobody(anonymous: Caller) -> None:
    response = anonymous.get(ME)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"


def test_a_disabled_user_is_out_at_once(anonymous: Caller) -> None:
    register(anonymous)
    pair = log_in(anonymous)
    with anonymous.session() as session:
        session.execute(update(User).values(is_active=False))
        session.commit()
    assert anonymous.get(ME, headers=bearing(pair["access_token"])).status_code == 401
    token = {"refresh_token": pair["refresh_token"]}
    assert anonymous.post("/api/v1/auth/refresh", json=token).status_code == 401
    credentials = {"email": "ada@example.com", "password": "correct horse battery"}
    assert anonymous.post("/api/v1/auth/login", json=credentials).status_code == 401


def test_a_deleted_user_is_out_at_once(alice: Caller) -> None:
    with alice.session() as session:
        session.execute(delete(User))
        session.commit()
    assert alice.get(ME).status_code == 401


def test_a_role_is_read_anew(alice: Caller) -> None:
    with alice.session() as session:
        session.execute(update(User).values(role="admin"))
        session.commit()
    assert alice.get(ME).get_json()["role"] == "admin"
