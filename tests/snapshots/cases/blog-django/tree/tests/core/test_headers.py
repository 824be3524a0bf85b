import re

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from app.core.middleware import Forwarded
from app.core.rate_limit import client_address
from tests.support.callers import Caller
from tests.support.operations import PATH


@pytest.mark.parametrize("path", ["/healthz", "/no/such/path", PATH, "/openapi.json"])
def test_every_answer_is_guarded(anonymous: Caller, path: str) -> None:
    headers = anonymous.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "Strict-Transport-Security" not in headers
    assert not {"server", "x-powered-by"} & {name.lower() for name in headers}


def test_behind_tls_browsers_are_told_to_stay_there(anonymous: Caller) -> None:
    headers = anonymous.get("/healthz", secure=True).headers
    assert "max-age=31536000" in headers["Strict-Transport-Security"]


def test_answers_to_someone_are_not_stored(anonymous: Caller) -> None:
    response = anonymous.get("/healthz", headers={"Authorization": "Bearer x"})
    assert response.headers["Cache-Control"] == "no-store"
    assert "Cache-Control" not in anonymous.get("/healthz").headers


@pytest.mark.parametrize("sane", ["a", "A-b_c.9", "x" * 128])
def test_a_sane_request_id_is_kept(anonymous: Caller, sane: str) -> None:
    response = anonymous.get("/no/such/path", headers={"X-Request-ID": sane})
    assert response.headers["X-Request-ID"] == sane == response.json()["request_id"]


@pytest.mark.parametrize("odd", ["", "a b", "x" * 129, "a;b", "\xe9", "a\tb"])
def test_another_is_made_for_an_odd_one(anonymous: Caller, odd: str) -> None:
    response = anonymous.get("/no/such/path", headers={"X-Request-ID": odd})
    made = response.headers["X-Request-ID"]
    assert re.fullmatch(r"[A-Za-z0-9._-]{16,128}", made)
    assert response.json()["request_id"] == made
    assert anonymous.get("/healthz").headers["X-Request-ID"] != made


def test_no_other_origin_is_let_in(anonymous: Caller) -> None:
    response = anonymous.get("/healthz", headers={"Origin": "https://app.example.com"})
    assert "Access-Control-Allow-Origin" not in response.headers


def test_listed_origins_are_let_in(anonymous: Caller, settings: Settings) -> None:
    settings.CORS_ALLOWED_ORIGINS = ["https://app.example.com"]
    ask = {"Access-Control-Request-Method": "PATCH"}
    for origin, allowed in (("https://app.example.com", True), ("https://example.com", False)):
        for response in (
            anonymous.get("/healthz", headers={"Origin": origin}),
            anonymous.request("OPTIONS", PATH, headers={"Origin": origin} | ask),
        ):
            shown = response.headers.get("Access-Control-Allow-Origin")
            assert shown == (origin if allowed else None)


@pytest.mark.parametrize(
    ("proxies", "sent", "seen", "is_secure"),
    [
        ([], "192.0.2.1", "127.0.0.1", False),
        (["127.0.0.1"], "192.0.2.1", "192.0.2.1", True),
        (["127.0.0.1"], "192.0.2.9, 192.0.2.1", "192.0.2.1", True),
        (["127.0.0.0/8", "192.0.2.0/24"], "198.51.100.7, 192.0.2.1", "198.51.100.7", True),
        (["127.0.0.1"], "", "127.0.0.1", True),
        (["127.0.0.1"], "nonsense", "nonsense", True),
        (["10.0.0.0/8"], "192.0.2.1", "127.0.0.1", False),
    ],
)
def test_only_trusted_proxies_are_believed(
    settings: Settings,
    proxies: list[str],
    sent: str,
    seen: str,
    is_secure: bool,  # noqa: FBT001 - a column of the table
) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get(
        "/", headers={"X-Forwarded-For": sent, "X-Forwarded-Proto": "https"}
    )
    Forwarded(lambda _request: HttpResponse())(request)
    assert (client_address(request), request.is_secure()) == (seen, is_secure)
