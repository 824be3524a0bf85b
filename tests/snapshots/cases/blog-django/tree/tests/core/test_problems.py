import json
from typing import Any

import pytest
from django.test import RequestFactory

from app.core import problems
from app.core.logging import JsonFormatter
from app.core.operations import Healthz
from tests.support.callers import Caller
from tests.support.operations import METHODS, PATH


def test_a_path_that_is_not_there(anonymous: Caller) -> None:
    response = anonymous.get("/api/v1/no%20such/path?a=b")
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


def test_no_redirect_adds_or_drops_a_slash(anonymous: Caller) -> None:
    assert anonymous.get("/healthz/").status_code == 404
    assert anonymous.post(f"{PATH}/", json={}).status_code == 404


@pytest.mark.parametrize("method", ["PUT", "HEAD", "OPTIONS", "TRACE"])
def test_a_method_that_is_not_there(anonymous: Caller, method: str) -> None:
    response = anonymous.request(method, PATH)
    assert response.status_code == (405 if METHODS else 404)
    assert response.headers.get("Allow", "") == METHODS
    assert response.headers["Content-Type"] == "application/problem+json"


def test_a_bug_shows_nothing_of_itself(
    anonymous: Caller, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("an inner secret")

    monkeypatch.setattr(Healthz, "get", fail)
    response = anonymous.get("/healthz")
    assert response.status_code == 500
    assert response.json()["type"] == "urn:problem:internal"
    assert response.json()["request_id"] == response.headers["X-Request-ID"]
    assert "secret" not in response.text
    [record] = [each for each in caplog.records if each.levelname == "ERROR"]
    line = json.loads(JsonFormatter().format(record))
    assert "an inner secret" in line["traceback"]


@pytest.mark.parametrize(
    ("view", "status", "kind"),
    [
        (problems.bad_request, 400, "bad-request"),
        (problems.forbidden, 403, "forbidden"),
    ],
)
def test_what_django_itself_refuses(view: Any, status: int, kind: str) -> None:
    response = view(RequestFactory().get("/a%20b"), Exception())
    body = json.loads(response.content)
    assert response.status_code == body["status"] == status
    assert (body["type"], body["instance"]) == (f"urn:problem:{kind}", "/a%20b")
