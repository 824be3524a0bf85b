import re

import pytest

from app.config import Settings
from tests.support.callers import Caller, application
from tests.support.operations import PATH


@pytest.mark.parametrize("path", ["/healthz", "/no/such/path", PATH, "/openapi.json"])
def test_every_answer_is_guarded(anonymous: Caller, path: str) -> None:
    headers = anonymous.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "Strict-Transport-Security" not in headers
    assert not {"server", "x-powered-by"} & set(headers)


def test_behind_tls_browsers_are_told_to_stay_there(anonymous: Caller) -> None:
    headers = anonymous.get("https://test/healthz").headers
    assert "max-age=31536000" in headers["Strict-Transport-Security"]


def test_answers_to_someone_are_not_stored(anonymous: Caller) -> None:
    response = anonymous.get("/healthz", headers={"Authorization": "Bearer x"})
    assert response.headers["Cache-Control"] == "no-store"
    assert "Cache-Control" not in anonymous.get("/healthz").headers


@pytest.mark.parametrize("sane", ["a", "A-b_c.9", "x" * 128])
def test_a_sane_request_id_is_kept(anonymous: Caller, sane: str) -> None:
    response = anonymous.get("/no/such/path", headers={"X-Request-ID": sane})
    assert response.headers["X-Request-ID"] == sane == response.get_json()["request_id"]


@pytest.mark.parametrize("odd", ["", "a b", "x" * 129, "a;b", "\xe9", "a\tb"])
def test_another_is_made_for_an_odd_one(anonymous: Caller, odd: str) -> None:
    response = anonymous.get("/no/such/path", headers={"X-Request-ID": odd})
    made = response.headers["X-Request-ID"]
    assert re.fullmatch(r"[A-Za-z0-9._-]{16,128}", made)
    assert response.get_json()["request_id"] == made
    assert anonymous.get("/healthz").headers["X-Request-ID"] != made


def test_no_other_origin_is_let_in(anonymous: Caller) -> None:
    response = anonymous.get("/healthz", headers={"Origin": "https://app.example.com"})
    assert "Access-Control-Allow-Origin" not in response.headers


def test_listed_origins_are_let_in(settings: Settings) -> None:
    origins = settings.model_copy(update={"cors_origins": ("https://app.example.com",)})
    with application(origins) as caller:
        ask = {"Access-Control-Request-Method": "PATCH"}
        for origin, allowed in (("https://app.example.com", True), ("https://example.com", False)):
            asked = caller.options(PATH, headers={"Origin": origin} | ask)
            assert "Origin" in asked.headers["Vary"]
            for response in caller.get("/healthz", headers={"Origin": origin}), asked:
                shown = response.headers.get("Access-Control-Allow-Origin")
                assert shown == (origin if allowed else None)
