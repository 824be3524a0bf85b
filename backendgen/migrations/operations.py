"""What a change of the answers does to the database, in words of no framework."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from backendgen.answers import Answers
from backendgen.errors import BackendgenError
from backendgen.migrations.tables import ForeignKey, Table, tables


@dataclass(frozen=True)
class Statements:
    """How many lines of code an operation is; a linter wants to know."""

    up: int
    down: int


@dataclass(frozen=True)
class CreateTable:
    kind: ClassVar[str] = "create_table"

    table: Table

    @property
    def statements(self) -> Statements:
        return Statements(up=1 + len(self.table.indexes), down=1)

    def __str__(self) -> str:
        return f"create table {self.table.name}"


@dataclass(frozen=True)
class AddForeignKeys:
    """The references that close cycles, by the table they start from."""

    kind: ClassVar[str] = "add_foreign_keys"

    keys: tuple[tuple[str, ForeignKey], ...]

    @property
    def statements(self) -> Statements:
        return Statements(up=1 + len(self.keys), down=1 + len(self.keys))

    def __str__(self) -> str:
        return f"add foreign keys {', '.join(key.name for _, key in self.keys)}"


Operation = CreateTable | AddForeignKeys


def operations(old: Answers | None, new: Answers) -> tuple[Operation, ...]:
    """The new tables, each after those it refers to."""
    before = {table.name: table for table in tables(old)} if old else {}
    after = {table.name: table for table in tables(new)}
    _refuse_changed(before, after)
    created = [table for name, table in after.items() if name not in before]
    ordered = tuple(_in_order(created, set(before)))
    late = [(table.name, key) for table in ordered for key in table.foreign_keys if key.deferred]
    return (*map(CreateTable, ordered), *([AddForeignKeys(tuple(late))] if late else []))


def _refuse_changed(before: Mapping[str, Table], after: Mapping[str, Table]) -> None:
    changed = [name for name, table in before.items() if after.get(name) != table]
    if changed:
        raise BackendgenError(
            f"table {changed[0]} exists and would change; this release writes migrations for new"
            " resources only: take that change back in backendgen.yaml, or migrate it by hand"
        )


def _in_order(created: Sequence[Table], existing: set[str]) -> Iterator[Table]:
    pending, placed = list(created), set(existing)
    while pending:
        table = next((each for each in pending if _targets(each) <= placed), pending[0])
        pending.remove(table)
        missing = _targets(table) - placed
        keys = (replace(key, deferred=key.table in missing) for key in table.foreign_keys)
        placed.add(table.name)
        yield replace(table, foreign_keys=tuple(keys))


def _targets(table: Table) -> set[str]:
    return {key.table for key in table.foreign_keys} - {table.name}


def slug(message: str) -> str:
    """What a change says of itself, as a part of the name of its file."""
    return re.sub(r"\W+", "_", message.lower()).strip("_")
