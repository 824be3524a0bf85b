"""Who is asking, as those in between tell."""

from typing import TYPE_CHECKING

import pytest

from app.core.proxies import TrustedProxies

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

PROXY = "192.0.2.1"


def told(**environ: str) -> tuple[str, str]:
    """The address and the scheme that the application sees."""
    seen: WSGIEnvironment = {"REMOTE_ADDR": PROXY, "wsgi.url_scheme": "http", **environ}
    proxies = TrustedProxies(lambda _environ, _start: [], ["192.0.2.0/24"])
    proxies(seen, lambda *_: lambda _: None)
    return seen["REMOTE_ADDR"], seen["wsgi.url_scheme"]


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("", PROXY),
        ("198.51.100.7", "198.51.100.7"),
        ("203.0.113.9, 198.51.100.7", "198.51.100.7"),
        ("198.51.100.7 , 192.0.2.2", "198.51.100.7"),
        ("192.0.2.3, 192.0.2.2", "192.0.2.3"),
    ],
)
def test_the_last_address_that_is_no_proxys(forwarded: str, address: str) -> None:
    assert told(HTTP_X_FORWARDED_FOR=forwarded) == (address, "http")


def test_the_scheme() -> None:
    assert told(HTTP_X_FORWARDED_PROTO="https") == (PROXY, "https")
    assert told(HTTP_X_FORWARDED_PROTO="gopher") == (PROXY, "http")


@pytest.mark.parametrize("stranger", ["198.51.100.7", "unix", ""])
def test_nobody_else_is_believed(stranger: str) -> None:
    forwarded = {"HTTP_X_FORWARDED_FOR": "203.0.113.9", "HTTP_X_FORWARDED_PROTO": "https"}
    assert told(REMOTE_ADDR=stranger, **forwarded) == (stranger, "http")
