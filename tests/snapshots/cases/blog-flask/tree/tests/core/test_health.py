from pathlib import Path

from app.config import Settings
from tests.support.callers import Caller, application
from tests.support.operations import PATH
from tests.support.statements import migrate, settings_for


def test_alive(anonymous: Caller) -> None:
    response = anonymous.get("/healthz")
    assert (response.status_code, response.get_json()) == (200, {"status": "ok"})


def test_ready(anonymous: Caller) -> None:
    response = anonymous.get("/readyz")
    assert response.status_code == 200
    assert response.get_json() == {"status": "ok", "checks": {"database": "ok"}}


def assert_up(caller: Caller) -> None:
    assert caller.get("/readyz").status_code == 200
    response = caller.post(PATH, json={"email": "a", "password": "b"})
    assert response.status_code == 401


def assert_down(caller: Caller) -> None:
    response = caller.get("/readyz")
    assert response.status_code == 503
    assert response.get_json() == {"status": "error", "checks": {"database": "error"}}
    response = caller.post(PATH, json={"email": "a", "password": "b"})
    assert response.status_code == 503
    assert response.get_json()["type"] == "urn:problem:unavailable"
    assert int(response.headers["Retry-After"]) >= 1
    assert caller.get("/healthz").status_code == 200


def test_the_database_goes_and_comes_back(tmp_path: Path) -> None:
    place = tmp_path / "later"
    url = f"sqlite:///{place.as_posix()}/away.db"
    with application(settings_for(url)) as caller:
        assert_down(caller)
        place.mkdir()
        migrate(url)
        assert_up(caller)


def test_redis_is_asked_where_there_is_one(settings: Settings) -> None:
    with_redis = settings.model_copy(update={"redis_url": "redis://127.0.0.1:1"})
    with application(with_redis) as caller:
        response = caller.get("/readyz")
    assert response.status_code == 503
    assert response.get_json() == {
        "status": "error",
        "checks": {"database": "ok", "redis": "error"},
    }
