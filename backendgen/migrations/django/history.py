"""Where each app's next migration continues: read from the files on disk, never by importing a person's code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from backendgen.errors import BackendgenError
from backendgen.migrations.python import parsed

DIRECTORY = "app/*/migrations"

_NUMBER = re.compile(r"(\d{4})_")


@dataclass(frozen=True)
class History:
    """The migrations of one app."""

    last: str
    """The name of the one that the next one continues."""
    number: int
    """The next one's."""


def histories(root: Path) -> Mapping[str, History]:
    """By package; those that have no migrations yet are not in it."""
    packages: dict[str, list[Path]] = {}
    for path in migration_files(root):
        packages.setdefault(path.parent.parent.name, []).append(path)
    return {package: _history(root, package, paths) for package, paths in packages.items()}


def migration_files(root: Path) -> tuple[Path, ...]:
    # What Django itself leaves out: names that begin with _ or ~.
    found = sorted(root.glob(f"{DIRECTORY}/*.py"))
    return tuple(path for path in found if path.name[0] not in "_~.")


def last_change(root: Path) -> int:
    """The number of the newest change whose migrations are on disk; 0 where none has a number."""
    named = ((path, path.relative_to(root).as_posix()) for path in migration_files(root))
    return max((number for path, name in named for number in _changes(path, name)), default=0)


def _changes(path: Path, name: str) -> Iterator[int]:
    for value in _assigned(parsed(path.read_bytes(), name), "change"):
        if isinstance(value, ast.Constant) and isinstance(value.value, int):
            yield value.value


def _history(root: Path, package: str, paths: Sequence[Path]) -> History:
    names = [path.stem for path in paths]
    continued = {
        parent for path in paths for parent in _parents(path, path.relative_to(root).as_posix())
    }
    last = [name for name in names if name not in continued]
    directory = DIRECTORY.replace("*", package)
    if len(last) > 1:
        raise BackendgenError(
            f"{directory}: more than one migration is the last: {' and '.join(last)};"
            " join them: python manage.py makemigrations --merge"
        )
    if not last:
        raise BackendgenError(
            f"{directory}: migrations continue each other in a circle; correct their dependencies"
        )
    numbers = [int(number[1]) for number in map(_NUMBER.match, names) if number]
    return History(last[0], 1 + max(numbers, default=0))


def _parents(path: Path, name: str) -> Iterator[str]:
    """The migrations of its own app that a migration depends on."""
    for value in _assigned(parsed(path.read_bytes(), name), "dependencies", "replaces"):
        for node in ast.walk(value):
            if isinstance(node, ast.Tuple) and len(node.elts) == 2:
                label, parent = (each.value for each in node.elts if isinstance(each, ast.Constant))
                if _is_own(str(label), path):
                    yield str(parent)


def _is_own(label: str, path: Path) -> bool:
    package = path.parent.parent.name
    return label in {package, f"{package}_app"}


def _assigned(module: ast.Module, *wanted: str) -> Iterator[ast.expr]:
    """What the class of a migration says of itself under one of these names."""
    for node in ast.walk(module):
        targets = getattr(node, "targets", None) or [getattr(node, "target", None)]
        names = {each.id for each in targets if isinstance(each, ast.Name)}
        value = getattr(node, "value", None)
        if names & {*wanted} and isinstance(value, ast.expr):
            yield value
