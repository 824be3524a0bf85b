"""SQL beside the application's own: to make databases, and to empty them."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, MetaData, event, text
from sqlalchemy.orm import Session

from app.config import Settings, get_settings
from app.core.database import make_engine

ROOT = Path(__file__).parents[2]
SECRET_KEY = "only for tests, " * 4


def settings_for(database_url: str, **changes: Any) -> Settings:
    """The defaults, whatever this machine's environment and .env say."""
    defaults = {name: field.default for name, field in Settings.model_fields.items()}
    own = {"app_env": "test", "secret_key": SECRET_KEY, "database_url": database_url}
    own["log_level"] = "warning"
    limits = {name: "off" for name in defaults if name.startswith("rate_limit")}
    return Settings(**(defaults | own | limits | changes))


def migrate(database_url: str) -> None:
    run_alembic(database_url, command.upgrade, "head")


def run_alembic(database_url: str, run: Callable[..., object], *arguments: str) -> None:
    """As the command line does it, which reads the settings from the environment."""
    environment = {"APP_ENV": "test", "SECRET_KEY": SECRET_KEY, "DATABASE_URL": database_url}
    with patch.dict(os.environ, environment):
        get_settings.cache_clear()
        run(Config(ROOT / "migrations" / "alembic.ini"), *arguments)
    get_settings.cache_clear()


def run_statement(database_url: str, statement: str) -> None:
    """Outside a transaction, as CREATE DATABASE wants."""
    engine = make_engine(settings_for(database_url))
    with engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT")
        connection.execute(text(statement))
    engine.dispose()


def delete_rows(engine: Engine, metadata: MetaData) -> None:
    """All rows of all tables, in any order: tables may refer to each other in circles."""
    tables = [engine.dialect.identifier_preparer.format_table(t) for t in metadata.tables.values()]
    before, after = SWITCHES.get(engine.dialect.name, ((), ()))
    statements = (*before, *deletions(engine.dialect.name, tables), *after)

    def run(connection: Connection) -> None:
        # Beside SQLAlchemy's transaction, in which SQLite does not let foreign keys rest.
        driver = connection.connection
        cursor = driver.cursor()
        for statement in statements:
            cursor.execute(statement)
        cursor.close()
        driver.commit()

    with engine.connect() as connection:
        run(connection)


SWITCHES = {
    "sqlite": (("PRAGMA foreign_keys=OFF",), ("PRAGMA foreign_keys=ON",)),
    "mysql": (("SET foreign_key_checks=0",), ("SET foreign_key_checks=1",)),
}


def deletions(dialect: str, tables: list[str]) -> list[str]:
    """The names come from the models."""
    if dialect != "postgresql" or len(tables) == 1:
        return [f"DELETE FROM {table}" for table in tables]  # noqa: S608
    # PostgreSQL looks at foreign keys when a statement ends, so that one statement has to do it all.
    parts = [f"t{n} AS (DELETE FROM {table})" for n, table in enumerate(tables[1:])]  # noqa: S608
    return [f"WITH {', '.join(parts)} DELETE FROM {tables[0]}"]  # noqa: S608


@contextmanager
def listening(target: Any, name: str, listener: Callable[..., None]) -> Iterator[None]:
    event.listen(target, name, listener)
    try:
        yield
    finally:
        event.remove(target, name, listener)


@contextmanager
def counted_statements(engine: Engine) -> Iterator[list[str]]:
    """The SQL that is run inside of the block."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    with listening(engine, "before_cursor_execute", note):
        yield seen


@contextmanager
def commits(engine: Engine) -> Iterator[list[Connection]]:
    seen: list[Connection] = []

    def note(connection: Connection) -> None:
        seen.append(connection)

    with listening(engine, "commit", note):
        yield seen


@contextmanager
def no_commits() -> Iterator[None]:
    """Every transaction fails at its very end, when all is written and nothing is kept."""

    def refuse(session: Session) -> None:
        session.flush()
        raise RuntimeError("no commit")

    with listening(Session, "before_commit", refuse):
        yield
