import pytest
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from pytest_django import Settings

from tests.support.callers import Caller
from tests.support.operations import PATH


def test_alive(anonymous: Caller) -> None:
    response = anonymous.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_ready(anonymous: Caller) -> None:
    response = anonymous.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "checks": {"database": "ok"}}


def test_the_database_goes_and_comes_back(
    anonymous: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_wrapper: object) -> None:
        raise OperationalError

    with monkeypatch.context() as patch:
        patch.setattr(BaseDatabaseWrapper, "cursor", away)
        response = anonymous.get("/readyz")
        assert response.status_code == 503
        assert response.json() == {"status": "error", "checks": {"database": "error"}}
        response = anonymous.post(PATH, json={"email": "a", "password": "b"})
        assert response.status_code == 503
        assert response.json()["type"] == "urn:problem:unavailable"
        assert int(response.headers["Retry-After"]) >= 1
        assert anonymous.get("/healthz").status_code == 200
    assert anonymous.get("/readyz").status_code == 200


def test_redis_is_asked_where_there_is_one(anonymous: Caller, settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1"
    response = anonymous.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"status": "error", "checks": {"database": "ok", "redis": "error"}}
