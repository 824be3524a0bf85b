"""The options of the suite: where the service is, and what the one who runs it knows of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, NamedTuple, Protocol


class Option(NamedTuple):
    flag: str
    help: str
    default: str | None = None


OPTIONS = (
    Option("--base-url", "the running service, http://127.0.0.1:8000"),
    Option("--spec", "its backendgen.yaml, or its .copier-answers.yml"),
    Option("--admin-email", "an administrator that is there already"),
    Option("--admin-password", "and the password"),
    Option("--admin-command", "a shell command that makes one: make admin EMAIL={email} PASSWORD={password}"),
    Option("--disable-command", "a shell command that disables a user: … {email}"),
    Option("--metrics", "where the metrics are, if not at /metrics of the service"),
    Option("--secret-key", "SECRET_KEY of the service, to forge tokens with"),
    Option("--max-body-bytes", "MAX_BODY_BYTES of the service, at least 300000", "1048576"),
    Option("--rate-limit-default", "RATE_LIMIT_DEFAULT of the service, if small: 40/minute", "off"),
    Option("--rate-limit-auth", "RATE_LIMIT_AUTH of the service, if small: 6/minute", "off"),
    Option("--cors-origin", "one origin of CORS_ORIGINS of the service"),
    Option("--trusted-proxy", "yes, if the service trusts this machine as a proxy", "no"),
    Option("--docs", "off, if DOCS_ENABLED is", "on"),
    Option("--redis", "yes, if the service has a REDIS_URL", "no"),
)  # fmt: skip


class Parsed(Protocol):
    def getoption(self, name: str, default: Any = ...) -> Any: ...


@dataclass(frozen=True)
class Options:
    base_url: str
    spec: Path
    admin_email: str | None
    admin_password: str | None
    admin_command: str | None
    disable_command: str | None
    metrics: str
    secret_key: str | None
    max_body_bytes: int
    rate_limit_default: int | None
    rate_limit_auth: int | None
    cors_origin: str | None
    trusted_proxy: bool
    docs: bool
    redis: bool

    @property
    def has_small_limits(self) -> bool:
        """The rest of the suite cannot be run against such a service."""
        return self.rate_limit_default is not None and self.rate_limit_auth is not None


def read_options(config: Parsed) -> Options:
    words = {f.name: config.getoption(f.name) for f in fields(Options)}
    base_url = str(words["base_url"]).rstrip("/")
    return Options(
        **words
        | {
            "base_url": base_url,
            "spec": Path(words["spec"]),
            "metrics": words["metrics"] or f"{base_url}/metrics",
            "max_body_bytes": int(words["max_body_bytes"]),
            "rate_limit_default": _per_minute(words["rate_limit_default"]),
            "rate_limit_auth": _per_minute(words["rate_limit_auth"]),
            "trusted_proxy": words["trusted_proxy"] == "yes",
            "docs": words["docs"] == "on",
            "redis": words["redis"] == "yes",
        }
    )


def _per_minute(text: str) -> int | None:
    return None if text == "off" else int(text.removesuffix("/minute"))


def missing(options: Options) -> Iterator[str]:
    """The options that a group of tests waits for, by the name of the group."""
    if not options.has_small_limits:
        yield "limits"
    if options.cors_origin is None:
        yield "cors"
    if not options.trusted_proxy:
        yield "proxy"
    if options.secret_key is None:
        yield "secret"
    if options.disable_command is None:
        yield "disable"
