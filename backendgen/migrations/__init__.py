"""One new migration per change, chained to what is on disk, in the framework's own format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from backendgen.answers import Answers
from backendgen.migrations.operations import Operation, operations
from backendgen.migrations.tables import Table
from backendgen.releases import Template, current
from backendgen.render import Tree


class Format(Protocol):
    """How a framework keeps its migrations."""

    DIRECTORY: str
    """Where they are, for people to read."""

    def begun(self, root: Path, answers: Answers) -> bool:
        """Whether there is a migration to continue from; raises where the history is broken."""

    def write(
        self,
        template: Template,
        root: Path,
        answers: Answers,
        steps: Sequence[Operation],
        message: str,
    ) -> Tree:
        """The new files, `steps` being at least one."""

    def uncreated(self, root: Path, wanted: Sequence[Table]) -> Sequence[str]:
        """The tables that no migration on disk creates."""

    def sql(self, files: Tree, rendered: Tree, database: str) -> str:
        """The statements of written files, `rendered` being the project that they belong to."""


FORMATS = {"fastapi": "alembic", "django": "django", "flask": "alembic", "express": "prisma"}
"""The package here that has the format of a framework."""


def format_of(framework: str) -> Format:
    # Only the project's own is loaded: a command is waited for.
    return cast(Format, import_module(f"{__name__}.{FORMATS[framework]}"))


@dataclass(frozen=True)
class Migration:
    files: Tree
    operations: tuple[Operation, ...]

    @property
    def steps(self) -> tuple[str, ...]:
        return tuple(map(str, self.operations))


def next_migration(
    old: Answers | None, new: Answers, root: Path, template: Template | None = None
) -> Migration | None:
    """None where the database stays as it is; `template` is the project's own version."""
    format_ = format_of(new["framework"])
    # A project without migrations, as plain Copier makes it, gets the whole of them.
    old = old if format_.begun(root, new) else None
    steps = operations(old, new)
    if not steps:
        return None
    files = format_.write(template or current(), root, new, steps, _message(old, new))
    return Migration(files, steps)


def _message(old: Answers | None, new: Answers) -> str:
    if old is None:
        return "initial"
    before = {resource["name"] for resource in old["resources"]}
    added = [each["names"]["label"] for each in new["resources"] if each["name"] not in before]
    more = f" and {len(added) - 1} more" if len(added) > 1 else ""
    return f"add {added[0]}{more}"
