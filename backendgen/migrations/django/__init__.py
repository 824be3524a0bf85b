"""Django's format: each app has migrations of its own, which depend on those of others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from backendgen.answers import Answers
from backendgen.errors import BackendgenError
from backendgen.migrations.django.history import (
    DIRECTORY,
    histories,
    last_change,
    migration_files,
)
from backendgen.migrations.django.plan import plan
from backendgen.migrations.django.text import write_file
from backendgen.migrations.operations import Operation
from backendgen.migrations.tables import Table
from backendgen.releases import Template
from backendgen.render import Tree

__all__ = ["DIRECTORY", "begun", "sql", "uncreated", "write"]


def begun(root: Path, answers: Answers) -> bool:
    return bool(histories(root))


def write(
    template: Template, root: Path, answers: Answers, steps: Sequence[Operation], message: str
) -> Tree:
    migrations = plan(answers, steps, histories(root))
    change = 1 + last_change(root)
    return dict(write_file(template, answers, migration, change) for migration in migrations)


def uncreated(root: Path, wanted: Sequence[Table]) -> Sequence[str]:
    written = [path.read_bytes() for path in migration_files(root)]
    return [
        table.name
        for table in wanted
        if not any(f'"{table.name}"'.encode() in content for content in written)
        and not any(f"'{table.name}'".encode() in content for content in written)
    ]


def sql(files: Tree, rendered: Tree, database: str) -> str:
    """Django writes SQL for a database that it is connected to, with the packages of the project."""
    path = next(iter(files))
    app, name = path.split("/")[1], path.rpartition("/")[2].removesuffix(".py")
    raise BackendgenError(
        "the SQL of a Django migration is shown by the project itself: apply the change, then"
        f" .venv/bin/python manage.py sqlmigrate {app} {name}"
    )
