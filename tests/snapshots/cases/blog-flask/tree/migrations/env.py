"""What `flask db` runs: migrations on the settings' database, compared with the models."""

from logging.config import fileConfig
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.runtime.migration import MigrationContext
from alembic.util import CommandError
from sqlalchemy import Connection, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

import app.main  # noqa: F401  (brings every model)
from app.config import get_settings
from app.core import types
from app.core.database import make_engine
from app.core.model import Base


def migrate() -> None:
    engine = make_engine(get_settings())
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _rest_foreign_keys)
    try:
        with engine.connect() as connection:
            _migrate(connection)
    finally:
        engine.dispose()


def _migrate(connection: Connection) -> None:
    is_sqlite = connection.dialect.name == "sqlite"
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_type=True,
        compare_server_default=True,
        render_item=_render_item,
        render_as_batch=is_sqlite,
        transaction_per_migration=True,
        on_version_apply=_check_foreign_keys if is_sqlite else None,
    )
    with context.begin_transaction():
        context.run_migrations()


def _rest_foreign_keys(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """Altering a table on SQLite drops and rebuilds it, which would delete what refers to it."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = OFF")
    cursor.close()


def _check_foreign_keys(ctx: MigrationContext, *_args: Any, **_kw: Any) -> None:
    """Makes up for _rest_foreign_keys, while the migration can still be rolled back."""
    if ctx.connection is None:
        return
    for table, _row, referred, _key in ctx.connection.exec_driver_sql("PRAGMA foreign_key_check"):
        raise CommandError(f"rows of {table} would refer to rows of {referred} that are gone")


def _render_item(kind: str, item: Any, context: AutogenContext) -> str | Literal[False]:
    """Lets `alembic revision --autogenerate` write the application's own column types."""
    while isinstance(item, TypeDecorator) and type(item).__module__ != types.__name__:
        item = item.impl_instance
    shared = next((name for name, value in vars(types).items() if value is item), None)
    if kind != "type" or not (shared or type(item).__module__ == types.__name__):
        return False
    context.imports.add(f"from {types.__name__} import {shared or type(item).__name__}")
    return shared or repr(item)


def _write_sql() -> None:
    """`alembic upgrade head --sql` reaches no database."""
    context.configure(
        url=get_settings().sqlalchemy_url, target_metadata=Base.metadata, literal_binds=True
    )
    with context.begin_transaction():
        context.run_migrations()


if context.config.config_file_name:
    fileConfig(context.config.config_file_name, disable_existing_loggers=False)

if context.is_offline_mode():
    _write_sql()
else:
    migrate()
