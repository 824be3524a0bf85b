"""What migrations/env.py and script.py.mako of a project do for a person's own migrations."""

import subprocess
import sys
from pathlib import Path

import pytest

from backendgen.migrations.alembic import sql
from backendgen.render import render
from tests.migrations.project import (
    TEMPLATE,
    VERSIONS,
    Project,
    example,
    migrate,
    put,
    write_own,
)


@pytest.fixture
def shop(project: Project) -> Project:
    """Migrated, with a row in each table."""
    given = example("shop")
    put(project.root, given)
    migrate(project.root, None, given)
    project.alembic("upgrade", "head")
    project.inside("fill", given=given)
    return project


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_migration_that_fails_leaves_nothing(shop: Project) -> None:
    """MySQL and MariaDB cannot: there, each statement is a transaction."""
    before = shop.inside("schema", "rows")
    half = 'op.create_table("half", sa.Column("n", sa.Integer()))'
    write_own(shop, "fails", half, 'op.execute("DELETE FROM reviews")', 'raise ValueError("half")')
    assert "ValueError: half" in shop.alembic("upgrade", "head", fails=True)
    assert shop.inside("schema", "rows") == before
    assert "(head)" not in shop.alembic("current")


@pytest.mark.parametrize("database", ["sqlite"])
def test_rebuilding_a_table_keeps_the_rows_that_refer_to_it(shop: Project) -> None:
    rebuild = 'with op.batch_alter_table("products", recreate="always") as table:'
    column = '    table.add_column(sa.Column("weight", sa.Integer(), nullable=True))'
    write_own(shop, "weigh", rebuild, column)
    shop.alembic("upgrade", "head")
    schema, rows = shop.inside("schema", "rows")
    assert any("weight INTEGER" in line for line in schema)
    assert set(rows.values()) == {1}


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_migration_that_would_break_references_is_rolled_back(shop: Project) -> None:
    write_own(shop, "forget", 'op.execute("DELETE FROM products")')
    said = shop.alembic("upgrade", "head", fails=True)
    assert "would refer to rows of products that are gone" in said
    assert set(shop.inside("rows")[0].values()) == {1}


def test_alembic_s_own_first_migration(project: Project) -> None:
    """What the README of a project tells who made it with plain Copier."""
    put(project.root, example("all-types"))
    (project.root / VERSIONS).mkdir(exist_ok=True)
    project.alembic("revision", "--autogenerate", "-m", "first")
    project.alembic("upgrade", "head")
    assert "No new upgrade operations detected" in project.alembic("check")
    assert lint(project.root) == ""


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql", "mysql"])
def test_the_sql_is_what_alembic_would_run(dialect: str, tmp_path: Path) -> None:
    given = example("shop")
    put(tmp_path, given)
    migration = migrate(tmp_path, None, given)
    nowhere = Project(tmp_path, f"{dialect}://nobody@127.0.0.1:1/none")
    printed = nowhere.alembic("upgrade", "head", "--sql")
    statements = sql(migration.files, render(TEMPLATE, given), dialect)
    for statement in statements.split(";\n"):
        assert statement in printed


def lint(root: Path) -> str:
    """By the project's own rules."""
    commands = (["format", "--check", "migrations"], ["check", "migrations"])
    results = [
        subprocess.run(
            [sys.executable, "-m", "ruff", *command],
            cwd=root,
            capture_output=True,
            text=True,
            check=False,
        )
        for command in commands
    ]
    return "".join(result.stdout + result.stderr for result in results if result.returncode)
