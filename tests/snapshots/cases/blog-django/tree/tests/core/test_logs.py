import json
import logging
from typing import Any

import pytest
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper

from app.core.logging import JsonFormatter
from tests.support.callers import Caller
from tests.support.operations import PATH


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    """Every record is an object of its own, on a line of its own."""
    written = [JsonFormatter().format(record) for record in caplog.records]
    assert all("\n" not in line for line in written)
    return [json.loads(line) for line in written]


def test_a_line_for_each_request(anonymous: Caller, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "app"):
        anonymous.get("/healthz")
    [line] = [line for line in lines(caplog) if line.get("route")]
    assert line["duration_ms"] >= 0
    assert {key: line[key] for key in ("method", "route", "status", "user_id", "level")} == {
        "method": "GET",
        "route": "/healthz",
        "status": 200,
        "user_id": None,
        "level": "info",
    }
    assert line["time"].endswith("+00:00")


def test_nothing_that_is_secret(anonymous: Caller, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "app"):
        headers = {"Authorization": "Bearer a-secret-token"}
        body = {"email": "a-secret-address", "password": "a-secret-password"}
        anonymous.post(f"{PATH}?q=a-secret-question", json=body, headers=headers)
        anonymous.get("/no/a-secret-path")
    out = json.dumps(lines(caplog))
    assert "a-secret" not in out
    assert '"unmatched"' in out


def test_odd_texts_do_not_break_a_line(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("test").warning("two\nlines", extra={"odd": object()})
    logging.getLogger("test").error("failed", exc_info=ValueError("a\nb"))
    first, second = lines(caplog)
    assert first["message"] == "two\nlines"
    assert second["traceback"] == "ValueError: a\nb"


def test_what_is_unavailable_is_no_bug(
    anonymous: Caller, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_wrapper: object) -> None:
        raise OperationalError

    with monkeypatch.context() as patch:
        patch.setattr(BaseDatabaseWrapper, "cursor", away)
        assert anonymous.get("/readyz").status_code == 503
    assert "error" not in {line["level"] for line in lines(caplog)}
