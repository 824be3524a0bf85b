"""Operations → one new migration file, in the framework's own format."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import yaml

from backendgen.migrations.alembic.history import DIRECTORY, Head
from backendgen.migrations.operations import CreateTable, Operation, slug
from backendgen.migrations.tables import Range, Table
from backendgen.releases import Template
from backendgen.render import File, text

FORMAT = "templates/_shared/alembic"


def write_file(
    template: Template, operations: Sequence[Operation], head: Head, message: str
) -> tuple[str, File]:
    """The file's path and content; the operations must not be none."""
    name = f"{head.number:04}_{slug(message)}.py"
    types = yaml.safe_load((template.root / FORMAT / "columns.yml").read_text(encoding="utf-8"))
    created = [each.table for each in operations if isinstance(each, CreateTable)]
    content = text(
        template,
        f"{FORMAT}/migration.py.jinja",
        message=message[:1].upper() + message[1:],
        revision=_revision(name, operations, head),
        down_revision=head.revision,
        operations=operations,
        types=types,
        imports=_imports(types, created),
        decimals=any(_has_decimal_literal(table) for table in created),
    )
    return f"{DIRECTORY}/{name}", File(content.encode())


def _revision(name: str, operations: Sequence[Operation], head: Head) -> str:
    """The same change at the same head has the same id, on every machine."""
    identity = repr((name, head.revision, tuple(operations)))
    return hashlib.sha256(identity.encode()).hexdigest()[:12]


def _imports(types: Mapping[str, str], created: Sequence[Table]) -> list[str]:
    """What the migration takes from the project's column types, as an import sorter has it."""
    used = {column.type for table in created for column in table.columns}
    classes = {types[name].partition("(")[0] for name in used}
    own = sorted(name for name in classes if not name.startswith("sa."))
    return [*own, *(["utcnow"] if "timestamp" in used else [])]


def _has_decimal_literal(table: Table) -> bool:
    ranges = [check.column for check in table.checks if isinstance(check, Range)]
    defaults = [column for column in table.columns if column.default is not None]
    return any(column.type == "decimal" for column in (*ranges, *defaults))
