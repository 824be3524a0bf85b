"""What a connection needs beside the settings."""

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


def limit_statements(seconds: float) -> None:
    """Only the service limits its statements: a migration may take its time."""
    options: dict[str, Any] = connections.settings["default"]["OPTIONS"]
    options["timeout"] = seconds  # the only thing that a statement waits for is the lock


def prepare(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_function("lower", 1, _lower, deterministic=True)


def _lower(value: object) -> object:
    """SQLite's own knows only ASCII."""
    return value.lower() if isinstance(value, str) else value
