import re

import pytest

from app.config import Settings
from tests.support.callers import Caller, application
from tests.support.operations import PATH


@pytest.mark.parametrize("path", ["/healthz", "/no/such/path", PATH, "/openapi.json"])
async def test_every_answer_is_guarded(anonymous: Caller, path: str) -> None:
    headers = (await anonymous.get(path)).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "Strict-Transport-Security" not in headers
    assert not {"server", "x-powered-by"} & set(headers)


async def test_behind_tls_browsers_are_told_to_stay_there(anonymous: Caller) -> None:
    headers = (await anonymous.get("https://test/healthz")).headers
    assert "max-age=31536000" in headers["Strict-Transport-Security"]


async def test_answers_to_someone_are_not_stored(anonymous: Caller) -> None:
    response = await anonymous.get("/healthz", headers={"Authorization": "Bearer x"})
    assert response.headers["Cache-Control"] == "no-store"
    assert "Cache-Control" not in (await anonymous.get("/healthz")).headers


@pytest.mark.parametrize("sane", ["a", "A-b_c.9", "x" * 128])
async def test_a_sane_request_id_is_kept(anonymous: Caller, sane: str) -> None:
    response = await anonymous.get("/no/such/path", headers={"X-Request-ID": sane})
    assert response.headers["X-Request-ID"] == sane == response.json()["request_id"]


@pytest.mark.parametrize("odd", [b"", b"a b", b"x" * 129, b"a;b", b"\xe9", b"a\tb"])
async def test_another_is_made_for_an_odd_one(anonymous: Caller, odd: bytes) -> None:
    response = await anonymous.get("/no/such/path", headers={b"X-Request-ID": odd})
    made = response.headers["X-Request-ID"]
    assert re.fullmatch(r"[A-Za-z0-9._-]{16,128}", made)
    assert response.json()["request_id"] == made
    assert (await anonymous.get("/healthz")).headers["X-Request-ID"] != made


async def test_no_other_origin_is_let_in(anonymous: Caller) -> None:
    response = await anonymous.get("/healthz", headers={"Origin": "https://app.example.com"})
    assert "Access-Control-Allow-Origin" not in response.headers


async def test_listed_origins_are_let_in(settings: Settings) -> None:
    origins = settings.model_copy(update={"cors_origins": ("https://app.example.com",)})
    async with application(origins) as caller:
        ask = {"Access-Control-Request-Method": "PATCH"}
        for origin, allowed in (("https://app.example.com", True), ("https://example.com", False)):
            asked = await caller.options(PATH, headers={"Origin": origin} | ask)
            assert "Origin" in asked.headers["Vary"]
            for response in (await caller.get("/healthz", headers={"Origin": origin}), asked):
                shown = response.headers.get("Access-Control-Allow-Origin")
                assert shown == (origin if allowed else None)
