"""The SQL of a migration, before it is applied: the migration itself, run by Alembic without a database."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from alembic.migration import MigrationContext
from alembic.operations import Operations

TYPES = "app.core.types"


def sql_of(migration: str, types: str, dialect: str) -> str:
    """`types` is the source of the project's column types; both are the template's, no person's."""
    written = io.StringIO()
    options = {"as_sql": True, "output_buffer": written, "literal_binds": True}
    context = MigrationContext.configure(dialect_name=dialect, opts=options)
    with _column_types(types), Operations.context(context):
        _run(ModuleType("migration"), migration).upgrade()
    return written.getvalue().strip() + "\n"


@contextmanager
def _column_types(source: str) -> Iterator[None]:
    """The module that a migration imports, under its name for as long as it runs."""
    names = ["app", "app.core", TYPES]
    before = {name: sys.modules.get(name) for name in names}
    sys.modules.update({name: ModuleType(name) for name in names})
    try:
        _run(sys.modules[TYPES], source)
        yield
    finally:
        for name, module in before.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module


def _run(module: ModuleType, source: str) -> ModuleType:
    exec(compile(source, module.__name__, "exec"), module.__dict__)  # noqa: S102
    return module
