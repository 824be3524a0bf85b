"""The engine, and the session of a request."""

import time
from functools import partial
from typing import Any

from flask import Flask, current_app, has_request_context, request
from flask_sqlalchemy.session import Session
from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.exc import DBAPIError, InvalidatePoolError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import ConnectionPoolEntry

from app.config import PROJECT, Settings
from app.core.errors import Unavailable
from app.core.sqlite import prepare_sqlite

# What handles these must not write: it gets no transaction.
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
IDLE_SECONDS = 1.0
LATER = 1.0
"""Than the server ends a statement; one that has fallen silent ends none."""

# Connection, login, unknown database, lost race, resources, shutdown: not the statement's fault.
UNAVAILABLE_SQLSTATES = frozenset({"08", "28", "3D", "40", "53", "57"})

# Reads see the same without a transaction, and save its round trips.
READING: dict[str, dict[str, Any]] = {
    "postgresql": {"isolation_level": "AUTOCOMMIT"},
    "sqlite": {"reading": True},
    "mysql": {},
}


class RequestSession(Session):
    def get_bind(self, *args: Any, **options: Any) -> Engine | Connection:
        if has_request_context() and request.method in SAFE_METHODS:
            reader: Engine = current_app.extensions["reader"]
            return reader
        return super().get_bind(*args, **options)


def prepare_database(app: Flask, engine: Engine, settings: Settings) -> None:
    prepare_engine(engine, settings)
    if engine.dialect.name == "postgresql":
        _wait_no_longer_than(engine, settings.db_timeout_seconds + LATER)
    app.extensions["reader"] = engine.execution_options(**READING[engine.dialect.name])
    app.register_error_handler(PoolTimeoutError, _no_connection)


def make_engine(settings: Settings) -> Engine:
    """One beside the service's, which does not limit its statements: a migration may take time."""
    engine = create_engine(settings.sqlalchemy_url, **engine_options(settings))
    prepare_engine(engine, settings)
    return engine


def engine_options(settings: Settings, *, statement_timeout: float | None = None) -> dict[str, Any]:
    """For `create_engine`, and Flask-SQLAlchemy's SQLALCHEMY_ENGINE_OPTIONS."""
    options = {"sqlite": _sqlite, "postgresql": _postgresql, "mysql": _mysql}
    shared = {
        "hide_parameters": True,
        "pool_size": settings.db_pool_size,
        "max_overflow": 0,
        "pool_timeout": settings.db_timeout_seconds,
    }
    return shared | options[settings.sqlalchemy_url.get_backend_name()](settings, statement_timeout)


def _sqlite(settings: Settings, _statement_timeout: float | None) -> dict[str, Any]:
    return {"connect_args": {"timeout": settings.db_timeout_seconds}}


def _postgresql(settings: Settings, statement_timeout: float | None) -> dict[str, Any]:
    milliseconds = round((statement_timeout or 0) * 1000)
    driver = {
        "connect_timeout": max(2, round(settings.db_timeout_seconds)),  # libpq knows no less
        "application_name": PROJECT,
        "options": f"-c timezone=UTC -c statement_timeout={milliseconds}",
    }
    return {"connect_args": driver}


def _mysql(settings: Settings, statement_timeout: float | None) -> dict[str, Any]:
    driver = {
        "charset": "utf8mb4",
        "connect_timeout": settings.db_timeout_seconds,
        "read_timeout": statement_timeout,
        "write_timeout": statement_timeout,
        "init_command": "SET time_zone = '+00:00', sql_mode = 'TRADITIONAL'",
    }
    # READ COMMITTED as on PostgreSQL; MySQL's default locks gaps, and parallel inserts deadlock.
    return {"connect_args": driver, "isolation_level": "READ COMMITTED"}


def prepare_engine(engine: Engine, settings: Settings) -> None:
    event.listen(engine, "handle_error", _unavailable)
    if engine.dialect.name == "sqlite":
        prepare_sqlite(engine, settings.db_timeout_seconds)
    else:
        _ping_after_idle(engine)


def _wait_no_longer_than(engine: Engine, seconds: float) -> None:
    """The other drivers have a setting for it; psycopg waits for an answer without end."""

    @event.listens_for(engine, "connect")
    def limit(connection: Any, _entry: ConnectionPoolEntry) -> None:
        connection.wait = partial(connection.wait, timeout=seconds)

    @event.listens_for(engine, "handle_error")
    def give_up(context: ExceptionContext) -> None:
        if type(context.original_exception).__name__ == "_WaitTimeout":
            context.is_disconnect = True


def _ping_after_idle(engine: Engine) -> None:
    """A connection is asked for a sign of life only when it has rested for a while."""

    @event.listens_for(engine, "checkin")
    def note(_connection: object, entry: ConnectionPoolEntry) -> None:
        entry.info["rests_since"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def ping(connection: Any, entry: ConnectionPoolEntry, _proxy: object) -> None:
        if time.monotonic() - entry.info.get("rests_since", time.monotonic()) < IDLE_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except Exception as error:
            raise InvalidatePoolError from error


def _unavailable(context: ExceptionContext) -> Unavailable | None:
    error = context.sqlalchemy_exception
    if context.is_disconnect or isinstance(error, OperationalError) or _sqlstate(error):
        return Unavailable()
    return None


def _sqlstate(error: object) -> bool:
    state = getattr(error.orig, "sqlstate", None) if isinstance(error, DBAPIError) else None
    return str(state)[:2] in UNAVAILABLE_SQLSTATES


def _no_connection(error: PoolTimeoutError) -> Any:
    """Whatever the handler of Unavailable makes of it."""
    unavailable = Unavailable()
    unavailable.__cause__ = error
    return current_app.handle_user_exception(unavailable)
