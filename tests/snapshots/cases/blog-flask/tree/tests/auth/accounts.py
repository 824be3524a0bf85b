"""Accounts with passwords, made over HTTP."""

from typing import Any

from tests.support.callers import Caller
from tests.support.samples import body
from tests.users.samples import FIELDS

PASSWORD = "correct horse battery"


def registration(**changes: Any) -> dict[str, Any]:
    account = {"email": "Ada@Example.com", "password": PASSWORD}
    return body(FIELDS) | account | changes


def register(anonymous: Caller, **changes: Any) -> dict[str, Any]:
    response = anonymous.post("/api/v1/auth/register", json=registration(**changes))
    assert response.status_code == 201, response.text
    user: dict[str, Any] = response.get_json()
    return user


def log_in(anonymous: Caller, **changes: str) -> dict[str, Any]:
    credentials = {"email": "ada@example.com", "password": PASSWORD} | changes
    response = anonymous.post("/api/v1/auth/login", json=credentials)
    assert response.status_code == 200, response.text
    pair: dict[str, Any] = response.get_json()
    return pair


def bearing(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def problems(response: Any) -> set[tuple[str, str]]:
    """Which fields are told to be wrong, and how."""
    assert response.status_code in {409, 422}, response.text
    return {(error["field"], error["code"]) for error in response.get_json()["errors"]}
