"""Every setting comes from the environment (or .env) and is checked before anything starts."""

import ipaddress
import re
from functools import lru_cache
from importlib.util import find_spec
from typing import Annotated, Literal

from fastapi import Depends, Request
from limits import parse
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

PROJECT = "all-types"

# What development uses when nothing is set; everywhere else these must be given.
DEVELOPMENT_DATABASE = "sqlite:///./all_types.db"
DEVELOPMENT_SECRET = "for-development-only-never-anywhere-else"  # noqa: S105 - guards nothing

DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "mysql": "mysql+asyncmy",
    "mariadb": "mysql+asyncmy",
}


def _split(value: object) -> object:
    return [part.strip() for part in value.split(",")] if isinstance(value, str) else value


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def _origin(value: str) -> str:
    if not re.fullmatch(r"https?://[^/\s?#]+", value):
        raise ValueError(f"{value!r} is not an origin like https://app.example.com")
    return value


def _network(value: str) -> str:
    try:
        ipaddress.ip_network(value)
    except ValueError:
        raise ValueError(f"{value!r} is not an address or network like 10.0.0.0/8") from None
    return value


def _rate(value: str) -> str:
    try:
        if value != "off":
            parse(value)
    except ValueError:
        raise ValueError(f"{value!r} is neither a rate like 600/minute nor off") from None
    return value


def _driver_url(value: str) -> str:
    try:
        url = make_url(value)
        driver = DRIVERS[url.get_backend_name()]
    except (ArgumentError, KeyError):
        raise ValueError(f"must begin with {'://, '.join(DRIVERS)}://") from None
    package = driver.partition("+")[2]
    if find_spec(package) is None:
        raise ValueError(f"needs the Python package {package}")
    if package == "aiosqlite" and url.database in {None, "", ":memory:"}:
        raise ValueError("must name a file: sqlite:///./all_types.db")
    query = {"ssl" if key == "sslmode" else key: url.query[key] for key in url.query}
    return url.set(drivername=driver, query=query).render_as_string(hide_password=False)


Origin = Annotated[str, AfterValidator(_origin)]
Network = Annotated[str, AfterValidator(_network)]
Rate = Annotated[str, AfterValidator(_rate)]
LogLevel = Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(_lower)]


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        validate_default=True,
    )

    app_env: Literal["development", "test", "production"] = "development"
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    database_url: str = Field(default="", repr=False)
    secret_key: SecretStr = SecretStr("")
    redis_url: str | None = Field(default=None, pattern=r"^rediss?://", repr=False)
    cors_origins: Annotated[tuple[Origin, ...], NoDecode, BeforeValidator(_split)] = ()
    trusted_proxies: Annotated[tuple[Network, ...], NoDecode, BeforeValidator(_split)] = ()
    max_body_bytes: int = Field(default=1_048_576, gt=0)
    rate_limit_default: Rate = "600/minute"
    rate_limit_auth: Rate = "10/minute"
    docs_enabled: bool | None = None
    log_level: LogLevel = "info"
    db_pool_size: int = Field(default=10, ge=1)
    db_timeout_seconds: float = Field(default=5, gt=0)

    @field_validator("database_url")
    @classmethod
    def _database_is_given(cls, value: str, info: ValidationInfo) -> str:
        """Any of the usual spellings; what is kept names the asynchronous driver."""
        if not value and info.data.get("app_env", "development") != "development":
            raise ValueError("must be set outside development")
        return _driver_url(value or DEVELOPMENT_DATABASE)

    @field_validator("secret_key")
    @classmethod
    def _secret_is_given(cls, value: SecretStr, info: ValidationInfo) -> SecretStr:
        secret = value.get_secret_value()
        if not secret and info.data.get("app_env", "development") == "development":
            return SecretStr(DEVELOPMENT_SECRET)
        if len(secret) < 32 or secret == DEVELOPMENT_SECRET:  # noqa: PLR2004 - see below
            raise ValueError("must be 32 random characters or more: openssl rand -hex 32")
        return value

    @property
    def shows_docs(self) -> bool:
        return self.app_env != "production" if self.docs_enabled is None else self.docs_enabled

    @property
    def sqlalchemy_url(self) -> URL:
        return make_url(self.database_url)


@lru_cache
def get_settings() -> Settings:
    """Ends the process with a list of everything that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = [
            f"  {str(problem['loc'][0]).upper()}: {problem['msg'].removeprefix('Value error, ')}"
            for problem in error.errors()
        ]
        raise SystemExit("\n".join(["The settings are not valid:", *wrong])) from None


async def _settings_of_app(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


SettingsDep = Annotated[Settings, Depends(_settings_of_app)]
