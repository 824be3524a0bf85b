from io import BytesIO
from typing import Any

import pytest

from app.config import Settings
from tests.support.callers import Caller, application
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
    response = anonymous.post(PATH, data=content, headers=JSON)
    assert response.status_code == 400
    assert response.get_json()["type"] == "urn:problem:bad-request"


@pytest.mark.parametrize(
    "content", [b'{"a": "\\ud800"}', b'{"a": "\\u0000"}', b'{"a": %s}' % (b"9" * 5000)]
)
def test_json_that_no_database_can_hold(anonymous: Caller, content: bytes) -> None:
    response = anonymous.post(PATH, data=content, headers=JSON)
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
    response = anonymous.post(PATH, data=b"{}", headers=headers)
    assert response.status_code == 415
    assert response.get_json()["type"] == "urn:problem:unsupported-media-type"


def test_what_does_not_say_what_it_is(anonymous: Caller) -> None:
    assert anonymous.post(PATH, data=b"{}").status_code == 415
    assert anonymous.post(PATH).status_code == 415


@pytest.mark.parametrize(
    "content_type", ["application/json; charset=utf-8", "Application/JSON", "application/json"]
)
def test_what_says_that_it_is_json(anonymous: Caller, content_type: str) -> None:
    headers = {"Content-Type": content_type}
    response = anonymous.post(PATH, data=b'{"x": 1}', headers=headers)
    assert response.status_code == 422


def test_a_body_that_is_too_long(settings: Settings) -> None:
    chunks = BytesIO(b'{"x": "' + b"x" * 1000 + b'"}')
    in_chunks: dict[str, Any] = {
        "input_stream": chunks,
        "environ_overrides": {
            "HTTP_TRANSFER_ENCODING": "chunked",
            "wsgi.input_terminated": True,
        },
    }
    limited = settings.model_copy(update={"max_body_bytes": 1000})
    with application(limited) as caller:
        for body in ({"data": b" " * 1001}, {"data": b" " * 2001}, in_chunks):
            response = caller.post(PATH, headers=JSON, **body)
            assert response.status_code == 413
            assert response.get_json()["type"] == "urn:problem:payload-too-large"
        content = b'{"x": 1}'.ljust(1000)
        assert caller.post(PATH, data=content, headers=JSON).status_code == 422


def test_a_megabyte_is_the_limit() -> None:
    assert Settings.model_fields["max_body_bytes"].default == 1024 * 1024
