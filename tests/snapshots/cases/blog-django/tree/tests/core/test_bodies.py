from io import BytesIO
from typing import Any
from wsgiref.types import WSGIEnvironment

import pytest
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.test import RequestFactory
from pytest_django import Settings

from app.core.body import MeasuredBody
from app.core.middleware import DatabasePlaces
from config.environment import Environment
from tests.support.callers import Caller
from tests.support.operations import PATH

JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b'{"a": 1} x',
        b"{'a': 1}",
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": "\xff\xfe"}',
        '{"a": 1}'.encode("utf-16"),
        b"[" * 100_000,
    ],
)
def test_what_is_not_json(anonymous: Caller, content: bytes) -> None:
    response = anonymous.post(PATH, content=content, headers=JSON)
    assert response.status_code == 400
    assert response.json()["type"] == "urn:problem:bad-request"


@pytest.mark.parametrize(
    "content", [b'{"a": "\\ud800"}', b'{"a": "\\u0000"}', b'{"a": %s}' % (b"9" * 5000)]
)
def test_json_that_no_database_can_hold(anonymous: Caller, content: bytes) -> None:
    response = anonymous.post(PATH, content=content, headers=JSON)
    assert response.status_code in {400, 422}


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/merge-patch+json",
        "application/json; charset=latin-1",
        "",
    ],
)
def test_what_does_not_say_that_it_is_json(anonymous: Caller, content_type: str) -> None:
    headers = {"Content-Type": content_type}
    response = anonymous.post(PATH, content=b"{}", headers=headers)
    assert response.status_code == 415
    assert response.json()["type"] == "urn:problem:unsupported-media-type"


def test_what_does_not_say_what_it_is(anonymous: Caller) -> None:
    assert anonymous.post(PATH, content=b"{}").status_code == 415
    assert anonymous.post(PATH).status_code == 415


@pytest.mark.parametrize(
    "content_type", ["application/json; charset=utf-8", "Application/JSON", "application/json"]
)
def test_what_says_that_it_is_json(anonymous: Caller, content_type: str) -> None:
    headers = {"Content-Type": content_type}
    response = anonymous.post(PATH, content=b'{"x": 1}', headers=headers)
    assert response.status_code == 422


def test_a_body_that_is_too_long(anonymous: Caller, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = anonymous.post(PATH, content=b" " * 1001, headers=JSON)
    assert response.status_code == 413
    assert response.json()["type"] == "urn:problem:payload-too-large"
    content = b'{"x": 1}'.ljust(1000)
    assert anonymous.post(PATH, content=content, headers=JSON).status_code == 422


@pytest.mark.parametrize(("size", "read"), [(10, 10), (1000, 1000), (1001, 1001), (5000, 1001)])
def test_a_body_in_chunks_is_measured(size: int, read: int) -> None:
    """Of one that is too long no more is kept than tells that it is."""
    seen: list[bytes] = []

    def application(environ: WSGIEnvironment, _start_response: object) -> list[bytes]:
        seen.append(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        return []

    sent = BytesIO(b"x" * size)
    environ = {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input": sent}
    answer: Any = MeasuredBody(application, 1000)(environ, lambda *_: print)
    assert list(answer) == []
    if size > 1000:
        assert sent.tell() == 1001
        answer.close()
    assert seen == [b"x" * read]
    assert sent.read() == b""


def test_a_megabyte_is_the_limit() -> None:
    assert Environment.model_fields["max_body_bytes"].default == 1024 * 1024


def test_a_body_that_breaks_off(monkeypatch: pytest.MonkeyPatch) -> None:
    places = DatabasePlaces(lambda _request: HttpResponse())
    whole = RequestFactory().post(PATH, b"{}", "application/json")
    assert places(whole).status_code == 200
    whole.META["CONTENT_LENGTH"] = "100"
    assert places(whole).status_code == 400

    def reset(_request: HttpRequest) -> bytes:
        raise UnreadablePostError

    monkeypatch.setattr(HttpRequest, "body", property(reset))
    assert places(RequestFactory().post(PATH)).status_code == 400


def test_no_more_requests_than_connections(settings: Settings) -> None:
    """Who asks while another one has the only place is told so, and the place is given back."""
    settings.DB_POOL_SIZE, settings.DB_TIMEOUT_SECONDS = 1, 0.01
    first, second = RequestFactory().get(PATH), RequestFactory().get(PATH)
    places: Any = DatabasePlaces(lambda asked: places(second) if asked is first else HttpResponse())
    assert places(first).status_code == 503
    assert places(second).status_code == 200
