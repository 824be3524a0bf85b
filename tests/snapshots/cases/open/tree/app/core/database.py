"""The engine, and a session per request."""

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request
from sqlalchemy import Dialect, ExceptionContext, event
from sqlalchemy.exc import DBAPIError, InvalidatePoolError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.pool import ConnectionPoolEntry

from app.config import PROJECT, Settings
from app.core.errors import Unavailable
from app.core.pool import FairPool
from app.core.sqlite import prepare_sqlite

# What handles these must not write: it gets no transaction.
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
SQLITE_CONNECTIONS = 3
IDLE_SECONDS = 1.0

# Connection, login, unknown database, lost race, resources, shutdown: not the statement's fault.
UNAVAILABLE_SQLSTATES = frozenset({"08", "28", "3D", "40", "53", "57"})


@dataclass(frozen=True)
class Database:
    engine: AsyncEngine
    reading: async_sessionmaker[AsyncSession]
    writing: async_sessionmaker[AsyncSession]


def open_database(settings: Settings) -> Database:
    engine = make_engine(settings, statement_timeout=settings.db_timeout_seconds)
    # Reads see the same without a transaction, and save its round trips.
    options: dict[str, dict[str, Any]] = {
        "postgresql": {"isolation_level": "AUTOCOMMIT"},
        "sqlite": {"reading": True},
        "mysql": {},
    }
    reader = engine.execution_options(**options[engine.dialect.name])
    return Database(
        engine=engine,
        reading=async_sessionmaker(reader, expire_on_commit=False),
        writing=async_sessionmaker(engine, expire_on_commit=False),
    )


def make_engine(settings: Settings, *, statement_timeout: float | None = None) -> AsyncEngine:
    """Only the service limits its statements: a migration may take its time."""
    make = {"sqlite": _sqlite, "postgresql": _postgresql, "mysql": _mysql}
    return make[settings.sqlalchemy_url.get_backend_name()](settings, statement_timeout)


def _sqlite(settings: Settings, _statement_timeout: float | None) -> AsyncEngine:
    # There is one writer: more connections would only sleep before its lock.
    connections = min(SQLITE_CONNECTIONS, settings.db_pool_size)
    engine = _engine(settings, connections, {"timeout": settings.db_timeout_seconds})
    prepare_sqlite(engine, settings.db_timeout_seconds)
    return engine


def _postgresql(settings: Settings, statement_timeout: float | None) -> AsyncEngine:
    driver = {
        "timeout": settings.db_timeout_seconds,
        "command_timeout": statement_timeout,
        "server_settings": {"application_name": PROJECT, "timezone": "UTC"},
    }
    engine = _engine(settings, settings.db_pool_size, driver)
    _ping_after_idle(engine)
    return engine


def _mysql(settings: Settings, statement_timeout: float | None) -> AsyncEngine:
    driver = {
        "charset": "utf8mb4",
        "connect_timeout": settings.db_timeout_seconds,
        "read_timeout": statement_timeout,
        "init_command": "SET time_zone = '+00:00', sql_mode = 'TRADITIONAL'",
    }
    # READ COMMITTED as on PostgreSQL; MySQL's default locks gaps, and parallel inserts deadlock.
    engine = _engine(settings, settings.db_pool_size, driver, isolation_level="READ COMMITTED")
    _ping_after_idle(engine)
    return engine


def _engine(
    settings: Settings, connections: int, driver: dict[str, Any], **options: Any
) -> AsyncEngine:
    engine = create_async_engine(
        settings.sqlalchemy_url,
        hide_parameters=True,
        poolclass=FairPool,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=settings.db_timeout_seconds,
        connect_args=driver,
        **options,
    )
    event.listen(engine.sync_engine, "do_connect", _connect)
    event.listen(engine.sync_engine, "handle_error", _unavailable)
    return engine


def _ping_after_idle(engine: AsyncEngine) -> None:
    """A connection is asked for a sign of life only when it has rested for a while."""

    @event.listens_for(engine.sync_engine, "checkin")
    def note(_connection: object, entry: ConnectionPoolEntry) -> None:
        entry.info["rests_since"] = time.monotonic()

    @event.listens_for(engine.sync_engine, "checkout")
    def ping(connection: Any, entry: ConnectionPoolEntry, _proxy: object) -> None:
        if time.monotonic() - entry.info.get("rests_since", time.monotonic()) < IDLE_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except TimeoutError as error:
            _hang_up(connection.driver_connection)
            raise Unavailable from error
        except Exception as error:
            raise InvalidatePoolError from error


def _connect(dialect: Dialect, _entry: object, args: Any, options: Any) -> Any:
    try:
        return dialect.connect(*args, **options)
    except OSError as error:  # as asyncpg says that there is no server, or no answer in time
        raise Unavailable from error


def _unavailable(context: ExceptionContext) -> Unavailable | None:
    if isinstance(context.original_exception, TimeoutError) and context.connection:
        _hang_up(context.connection.connection.driver_connection)
        context.is_disconnect = True
        context.invalidate_pool_on_disconnect = False
    error = context.sqlalchemy_exception
    if context.is_disconnect or isinstance(error, OperationalError) or _sqlstate(error):
        return Unavailable()
    return None


def _hang_up(driver_connection: Any) -> None:
    """Without saying goodbye, as a server that does not answer would not hear it."""
    getattr(driver_connection, "terminate", driver_connection.close)()


def _sqlstate(error: object) -> bool:
    state = getattr(error.orig, "sqlstate", None) if isinstance(error, DBAPIError) else None
    return str(state)[:2] in UNAVAILABLE_SQLSTATES


async def _session_of_request(request: Request) -> AsyncIterator[AsyncSession]:
    database: Database = request.app.state.database
    sessions = database.reading if request.method in SAFE_METHODS else database.writing
    try:
        async with sessions() as session:
            yield session
    except PoolTimeoutError as error:
        raise Unavailable from error


# Scope "function": the connection is back in the pool before a slow client reads the answer.
SessionDep = Annotated[AsyncSession, Depends(_session_of_request, scope="function")]
