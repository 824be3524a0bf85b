"""What SQLite needs to serve many at once."""

import threading
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.pool import ConnectionPoolEntry

from app.core.errors import Unavailable

PRAGMAS = ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON")


def prepare_sqlite(engine: Engine, timeout: float) -> None:
    event.listen(engine, "connect", _prepare)
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


def _let_write_in_turn(engine: Engine, timeout: float) -> None:
    """Whoever waits for SQLite's own lock asks again now and then, and may never be the one.

    The lock is taken at the beginning: one for reading that cannot be raised fails at once.
    """
    turn = threading.Lock()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("reading"):
            return
        if "turn" not in connection.info:
            if not turn.acquire(timeout=timeout):
                raise Unavailable
            connection.info["turn"] = turn
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    @event.listens_for(engine, "checkin")
    def end(_connection: object, entry: ConnectionPoolEntry) -> None:
        if entry.info.pop("turn", None):
            turn.release()
