"""The client's address and scheme, as trusted reverse proxies tell them."""

from collections.abc import Iterable, Sequence
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class TrustedProxies:
    """Werkzeug's ProxyFix counts proxies, whoever they are; here it matters who they are."""

    def __init__(self, app: "WSGIApplication", networks: Sequence[str]) -> None:
        self.app = app
        self.networks = [ip_network(network) for network in networks]

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        if self._is_trusted(environ.get("REMOTE_ADDR", "")):
            self._believe(environ)
        return self.app(environ, start_response)

    def _believe(self, environ: dict[str, Any]) -> None:
        """The last address that is not a proxy's own."""
        forwarded = environ.get("HTTP_X_FORWARDED_FOR", "").split(",")
        addresses = [address.strip() for address in forwarded if address.strip()]
        strangers = [address for address in addresses if not self._is_trusted(address)]
        if addresses:
            environ["REMOTE_ADDR"] = strangers[-1] if strangers else addresses[0]
        scheme = environ.get("HTTP_X_FORWARDED_PROTO", "").strip()
        if scheme in {"http", "https"}:
            environ["wsgi.url_scheme"] = scheme

    def _is_trusted(self, address: str) -> bool:
        try:
            return any(ip_address(address) in network for network in self.networks)
        except ValueError:
            return False
