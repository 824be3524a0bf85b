"""Alembic's format: one file per change, each naming the one before it."""

from collections.abc import Sequence
from pathlib import Path

from backendgen.answers import Answers
from backendgen.migrations.alembic.history import DIRECTORY, head, migration_files
from backendgen.migrations.alembic.revision import write_file
from backendgen.migrations.operations import Operation
from backendgen.migrations.tables import Table
from backendgen.releases import Template
from backendgen.render import Tree

__all__ = ["DIRECTORY", "begun", "sql", "uncreated", "write"]

COLUMN_TYPES = "app/core/types.py"


def begun(root: Path, answers: Answers) -> bool:
    return head(root).revision is not None


def write(
    template: Template, root: Path, answers: Answers, steps: Sequence[Operation], message: str
) -> Tree:
    path, file = write_file(template, steps, head(root), message)
    return {path: file}


def uncreated(root: Path, wanted: Sequence[Table]) -> Sequence[str]:
    written = [path.read_bytes() for path in migration_files(root)]
    return [
        table.name
        for table in wanted
        if not any(f'"{table.name}"'.encode() in content for content in written)
    ]


def sql(files: Tree, rendered: Tree, database: str) -> str:
    # Imported here: Alembic and SQLAlchemy take longer to load than all the rest.
    from backendgen.migrations.alembic.offline import sql_of

    (migration,) = files.values()
    types = rendered[COLUMN_TYPES]
    return sql_of(migration.content.decode(), types.content.decode(), database)
