import pytest

from app.config import Settings
from tests.support.callers import Caller, application
from tests.support.operations import METHODS, PATH


def test_a_path_that_is_not_there(anonymous: Caller) -> None:
    response = anonymous.get("/api/v1/no%20such/path?a=b")
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"
    problem = response.get_json()
    assert problem.pop("detail")
    assert problem == {
        "type": "urn:problem:not-found",
        "title": "Not Found",
        "status": 404,
        "instance": "/api/v1/no%20such/path",
        "request_id": response.headers["X-Request-ID"],
    }


def test_no_redirect_adds_or_drops_a_slash(anonymous: Caller) -> None:
    assert anonymous.get("/healthz/").status_code == 404
    assert anonymous.post(f"{PATH}/", json={}).status_code == 404
    assert anonymous.post(PATH.replace("/v1", "//v1"), json={}).status_code == 404


@pytest.mark.parametrize("method", ["PUT", "HEAD", "OPTIONS", "TRACE"])
def test_a_method_that_is_not_there(anonymous: Caller, method: str) -> None:
    response = anonymous.request(method, PATH)
    assert response.status_code == (405 if METHODS else 404)
    assert response.headers.get("Allow", "") == METHODS
    assert response.headers["Content-Type"] == "application/problem+json"


def test_a_bug_shows_nothing_of_itself(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> str:
        raise RuntimeError("an inner secret")

    with application(settings) as caller:
        caller.app.add_url_rule("/bug", view_func=fail)
        response = caller.get("/bug")
    assert response.status_code == 500
    assert response.get_json()["type"] == "urn:problem:internal"
    assert response.get_json()["request_id"] == response.headers["X-Request-ID"]
    assert "secret" not in response.text
    log = capsys.readouterr().out
    assert "an inner secret" in log
    assert "Traceback" in log
    assert response.headers["X-Request-ID"] in log
