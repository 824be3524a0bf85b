"""One new migration file per change, chained to the head on disk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from backendgen.answers import Answers
from backendgen.migrations.history import head
from backendgen.migrations.operations import Operation, operations
from backendgen.migrations.write import write
from backendgen.releases import Template, current


@dataclass(frozen=True)
class Migration:
    path: str
    content: bytes
    operations: tuple[Operation, ...]

    @property
    def steps(self) -> tuple[str, ...]:
        return tuple(map(str, self.operations))


def next_migration(
    old: Answers | None, new: Answers, root: Path, template: Template | None = None
) -> Migration | None:
    """None where the database stays as it is; `template` is the project's own version."""
    last = head(root, new["framework"])
    # A project without migrations, as plain Copier makes it, gets the whole of them.
    old = old if last.revision else None
    steps = operations(old, new)
    if not steps:
        return None
    path, file = write(template or current(), steps, last, _message(old, new))
    return Migration(path, file.content, steps)


def _message(old: Answers | None, new: Answers) -> str:
    if old is None:
        return "initial"
    before = {resource["name"] for resource in old["resources"]}
    added = [each["names"]["label"] for each in new["resources"] if each["name"] not in before]
    more = f" and {len(added) - 1} more" if len(added) > 1 else ""
    return f"add {added[0]}{more}"
