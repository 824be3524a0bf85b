"""Runs inside of a generated project, with the project's own Python: `inside.py COMMAND…`; prints JSON.

Imports the project by name, because this repository's type checker cannot see it.
"""

import asyncio
import datetime as dt
import json
import re
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Connection, MetaData, Table, insert, inspect, select

sys.path.insert(0, str(Path.cwd()))

READERS: dict[type, Callable[[Any], Any]] = {
    Decimal: Decimal,
    UUID: UUID,
    dt.date: dt.date.fromisoformat,
    dt.time: dt.time.fromisoformat,
    dt.datetime: dt.datetime.fromisoformat,
}


def project() -> tuple[MetaData, Any]:
    import_module("app.main")
    settings = import_module("app.config").get_settings()
    engine = import_module("app.core.database").make_engine(settings)
    metadata: MetaData = import_module("app.core.model").Base.metadata
    return metadata, engine


def create(connection: Connection, metadata: MetaData) -> None:
    metadata.create_all(connection)


def schema(connection: Connection, _metadata: MetaData) -> list[str]:
    """What the database itself says of its schema, a line for each thing, in no order that matters."""
    described = DESCRIPTIONS[connection.dialect.name](connection)
    return sorted(line for line in described if "alembic_version" not in line)


def describe_sqlite(connection: Connection) -> Iterator[str]:
    rows = connection.exec_driver_sql("SELECT tbl_name, sql FROM sqlite_master WHERE sql > ''")
    for table, statement in rows:
        yield from (f"{table}: {line.strip().rstrip(',')}" for line in statement.splitlines())


POSTGRESQL = """
SELECT concat_ws(' ', table_name, column_name, data_type, character_maximum_length,
    numeric_precision, numeric_scale, datetime_precision, collation_name,
    'null: ' || is_nullable, 'default: ' || column_default)
FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL
SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid))
FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL
SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
"""


def describe_postgresql(connection: Connection) -> Iterator[str]:
    yield from connection.exec_driver_sql(POSTGRESQL).scalars()


def describe_mysql(connection: Connection) -> Iterator[str]:
    for table in connection.exec_driver_sql("SHOW TABLES").scalars().all():
        _, statement = connection.exec_driver_sql(f"SHOW CREATE TABLE `{table}`").one()
        own = re.sub(r" AUTO_INCREMENT=\d+", "", statement)  # of its rows, not of its schema
        yield from (f"{table}: {line.strip().rstrip(',')}" for line in own.splitlines())


DESCRIPTIONS = {
    "sqlite": describe_sqlite,
    "postgresql": describe_postgresql,
    "mysql": describe_mysql,
}


def fill(connection: Connection, metadata: MetaData) -> None:
    """A row in each table: `samples` on stdin, {table: {column: JSON}}, say what is in it."""
    samples = json.load(sys.stdin)
    ids: dict[str, Any] = {}
    for table in by_dependency(metadata):
        sample = samples.get(table.name, {})
        row = {each.name: value for each in table.columns for value in _values(each, sample, ids)}
        key = connection.execute(insert(table).values(row)).inserted_primary_key
        ids[table.name] = key[0] if key else None


def by_dependency(metadata: MetaData) -> Iterator[Table]:
    pending, done = dict(metadata.tables), set[str]()
    while pending:
        table = next(each for each in pending.values() if _required(each) <= done)
        done.add(pending.pop(table.name).name)
        yield table


def _required(table: Table) -> set[str]:
    keys = (key for column in table.columns if not column.nullable for key in column.foreign_keys)
    return {key.column.table.name for key in keys} - {table.name}


def _values(column: Column[Any], sample: dict[str, Any], ids: dict[str, Any]) -> Iterator[Any]:
    """One value, or none where the default shall decide."""
    for key in column.foreign_keys:
        yield ids.get(key.column.table.name)
        return
    if column.name in sample:
        stored = getattr(column.type, "impl_instance", column.type)
        yield READERS.get(stored.python_type, lambda same: same)(sample[column.name])


def rows(connection: Connection, metadata: MetaData) -> dict[str, int]:
    """How many rows each table has, of those that are there."""
    existing = set(inspect(connection).get_table_names())
    tables = (table for table in metadata.tables.values() if table.name in existing)
    return {table.name: len(connection.execute(select(table)).all()) for table in tables}


async def main(commands: list[str]) -> None:
    metadata, engine = project()
    async with engine.begin() as connection:
        said = [await connection.run_sync(COMMANDS[each], metadata) for each in commands]
    await engine.dispose()
    print(json.dumps(said))


COMMANDS = {"create": create, "schema": schema, "fill": fill, "rows": rows}

if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
