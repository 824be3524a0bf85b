import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from app.config import Settings
from tests.support.callers import Caller, application
from tests.support.operations import PATH


@pytest.fixture(autouse=True)
def _level_after() -> Iterator[None]:
    level = logging.getLogger().level
    yield
    logging.getLogger().setLevel(level)


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """Every line is an object of its own."""
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def talkative(settings: Settings) -> Settings:
    return settings.model_copy(update={"log_level": "info"})


def test_a_line_for_each_request(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    with application(talkative(settings)) as caller:
        capsys.readouterr()
        response = caller.get("/healthz")
    [line] = [line for line in lines(capsys) if line.get("route")]
    assert line["duration_ms"] >= 0
    assert {key: line[key] for key in ("method", "route", "status", "user_id", "level")} == {
        "method": "GET",
        "route": "/healthz",
        "status": 200,
        "user_id": None,
        "level": "info",
    }
    assert line["request_id"] == response.headers["X-Request-ID"]
    assert line["time"].endswith("+00:00")


def test_nothing_that_is_secret(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    with application(talkative(settings)) as caller:
        headers = {"Authorization": "Bearer a-secret-token"}
        body = {"email": "a-secret-address", "password": "a-secret-password"}
        caller.post(f"{PATH}?q=a-secret-question", json=body, headers=headers)
        caller.get("/no/a-secret-path")
    out = capsys.readouterr().out
    assert "a-secret" not in out
    assert '"unmatched"' in out


def test_odd_texts_do_not_break_a_line(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    with application(talkative(settings)) as caller:
        capsys.readouterr()
        logging.getLogger("test").warning("two\nlines", extra={"odd": object()})
        logging.getLogger("test").error("failed", exc_info=ValueError("a\nb"))
        caller.get("/healthz")
    first, second = [line for line in lines(capsys) if line["logger"] == "test"]
    assert first["message"] == "two\nlines"
    assert second["traceback"] == "ValueError: a\nb"


def test_a_line_that_cannot_be_written_breaks_nothing(
    anonymous: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        def write(self, _text: str) -> None:
            raise OSError

        def flush(self) -> None:
            raise OSError

    monkeypatch.setattr("sys.stdout", Broken())
    monkeypatch.setattr("logging.raiseExceptions", False)
    logging.getLogger("test").warning("lost")
    assert anonymous.get("/healthz").status_code == 200
