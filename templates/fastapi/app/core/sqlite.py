"""What SQLite needs to serve many at once."""

import asyncio
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.util.concurrency import await_

from app.core.errors import Unavailable

PRAGMAS = ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON")


def prepare_sqlite(engine: AsyncEngine, timeout: float) -> None:
    event.listen(engine.sync_engine, "connect", _prepare)
    _let_write_in_turn(engine, timeout)


def _prepare(connection: Any, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # transactions begin below, not in the driver
    connection.create_function("lower", 1, _lower, deterministic=True)
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _lower(value: object) -> object:
    """SQLite's own knows only ASCII."""
    return value.lower() if isinstance(value, str) else value


def _let_write_in_turn(engine: AsyncEngine, timeout: float) -> None:
    """Whoever waits for SQLite's own lock asks again now and then, and may never be the one.

    The lock is taken at the beginning: one for reading that cannot be raised fails at once.
    """
    turn = asyncio.Lock()

    async def wait() -> None:
        async with asyncio.timeout(timeout):
            await turn.acquire()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("reading"):
            return
        if "turn" not in connection.info:
            try:
                await_(wait())
            except TimeoutError as error:
                raise Unavailable from error
            connection.info["turn"] = turn
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    @event.listens_for(engine.sync_engine, "checkin")
    def end(_connection: object, entry: ConnectionPoolEntry) -> None:
        if entry.info.pop("turn", None):
            turn.release()
