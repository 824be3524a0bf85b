"""Where the next migration continues: Prisma runs them in the order of their names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from backendgen.answers import Answers
from backendgen.errors import BackendgenError
from backendgen.migrations.tables import Table

DIRECTORY = "prisma/migrations"
UP, DOWN = "migration.sql", "down.sql"

_NUMBER = re.compile(r"(\d+)_")


def begun(root: Path, answers: Answers) -> bool:
    return bool(migration_files(root))


def migration_files(root: Path) -> tuple[Path, ...]:
    directories = sorted(path for path in (root / DIRECTORY).glob("*/") if path.is_dir())
    files = tuple(path / UP for path in directories)
    for file in files:
        if not file.is_file():
            raise BackendgenError(
                f"{DIRECTORY}/{file.parent.name}: has no {UP}, so the next migration cannot"
                " continue from it; restore that file, or remove the directory"
            )
    return files


def next_number(root: Path) -> str:
    """One more than the last one's, which may be the time at which Prisma itself made it."""
    files = migration_files(root)
    if not files:
        return "0001"
    last = files[-1].parent.name
    number = _NUMBER.match(last)
    if number is None:
        raise BackendgenError(
            f"{DIRECTORY}/{last}: does not begin with a number, so what comes after it has no"
            " name; rename it, as in 0002_add_book"
        )
    return f"{int(number[1]) + 1:0{len(number[1])}}"


def uncreated(root: Path, wanted: Sequence[Table]) -> Sequence[str]:
    written = [path.read_text(encoding="utf-8", errors="replace") for path in migration_files(root)]
    return [
        table.name
        for table in wanted
        if not any(f'"{table.name}"' in text or f"`{table.name}`" in text for text in written)
    ]
