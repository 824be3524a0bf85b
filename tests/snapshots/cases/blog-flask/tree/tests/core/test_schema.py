"""Migrations make what the models say, and go back to nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
from alembic import command
from sqlalchemy import CheckConstraint, Connection, ForeignKeyConstraint, UniqueConstraint, inspect

import app.resources  # noqa: F401  (brings every table)
from app.core.database import make_engine
from app.core.model import Base
from tests.support.databases import scratch_database
from tests.support.statements import migrate, run_alembic, settings_for

Names = set[tuple[str, Any]]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with scratch_database() as url:
        yield url


def look(url: str) -> dict[str, Names]:
    """The names that the database knows, by table."""
    engine = make_engine(settings_for(url))
    with engine.connect() as connection:
        found = names_in_database(connection)
    engine.dispose()
    return found


def names_in_database(connection: Connection) -> dict[str, Names]:
    inspector = inspect(connection)
    tables = set(inspector.get_table_names()) - {"alembic_version"}
    return {
        table: {
            *(
                ("column", (column["name"], column["nullable"]))
                for column in inspector.get_columns(table)
            ),
            *(("unique", each["name"]) for each in inspector.get_unique_constraints(table)),
            *(("check", each["name"]) for each in inspector.get_check_constraints(table)),
            *(
                ("reference", (each["name"], each["options"].get("ondelete", "RESTRICT")))
                for each in inspector.get_foreign_keys(table)
            ),
            *(
                ("index", each["name"])
                for each in inspector.get_indexes(table)
                if not each["unique"]
            ),
        }
        for table in tables
    }


def names_in_models() -> dict[str, Names]:
    return {
        table.name: {
            *(("column", (column.name, column.nullable)) for column in table.columns),
            *(("index", index.name) for index in table.indexes),
            *(
                ("unique", each.name)
                for each in table.constraints
                if isinstance(each, UniqueConstraint)
            ),
            *(
                ("check", each.name)
                for each in table.constraints
                if isinstance(each, CheckConstraint)
            ),
            *(
                ("reference", (each.name, each.ondelete))
                for each in table.constraints
                if isinstance(each, ForeignKeyConstraint)
            ),
        }
        for table in Base.metadata.tables.values()
    }


def test_up_down_and_up(url: str) -> None:
    migrate(url)
    assert look(url) == names_in_models()
    run_alembic(url, command.downgrade, "base")
    assert look(url) == {}
    migrate(url)
    assert look(url) == names_in_models()
