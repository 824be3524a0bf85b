import pytest

from app.config import Settings
from tests.support.callers import Caller, application
from tests.support.operations import METHODS, PATH


async def test_a_path_that_is_not_there(anonymous: Caller) -> None:
    response = await anonymous.get("/api/v1/no%20such/path?a=b")
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem.pop("detail")
    assert problem == {
        "type": "urn:problem:not-found",
        "title": "Not Found",
        "status": 404,
        "instance": "/api/v1/no%20such/path",
        "request_id": response.headers["X-Request-ID"],
    }


async def test_no_redirect_adds_or_drops_a_slash(anonymous: Caller) -> None:
    assert (await anonymous.get("/healthz/")).status_code == 404
    assert (await anonymous.post(f"{PATH}/", json={})).status_code == 404
    assert (await anonymous.post(PATH.replace("/v1", "//v1"), json={})).status_code == 404


@pytest.mark.parametrize("method", ["PUT", "HEAD", "OPTIONS", "TRACE"])
async def test_a_method_that_is_not_there(anonymous: Caller, method: str) -> None:
    response = await anonymous.request(method, PATH)
    assert response.status_code == (405 if METHODS else 404)
    assert response.headers.get("Allow", "") == METHODS
    assert response.headers["Content-Type"] == "application/problem+json"


async def test_a_bug_shows_nothing_of_itself(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise RuntimeError("an inner secret")

    async with application(settings) as caller:
        caller.app.add_api_route("/bug", fail)
        response = await caller.get("/bug")
    assert response.status_code == 500
    assert response.json()["type"] == "urn:problem:internal"
    assert response.json()["request_id"] == response.headers["X-Request-ID"]
    assert "secret" not in response.text
    log = capsys.readouterr().out
    assert "an inner secret" in log
    assert "Traceback" in log
    assert response.headers["X-Request-ID"] in log
