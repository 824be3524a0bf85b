"""Where the next migration continues: read from the files on disk, never by importing a person's code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from backendgen.errors import BackendgenError
from backendgen.migrations.python import parsed

DIRECTORY = "migrations/versions"

_NUMBER = re.compile(r"(\d{4})_")


@dataclass(frozen=True)
class Head:
    revision: str | None
    """None: the next migration is the first."""
    number: int
    """The next migration's."""


@dataclass(frozen=True)
class Revision:
    path: str
    id: str
    parents: tuple[str, ...]


def head(root: Path) -> Head:
    paths = migration_files(root)
    revisions = tuple(_revision(path, f"{DIRECTORY}/{path.name}") for path in paths)
    last = _last(revisions) if revisions else None
    return Head(last, _next_number(paths))


def migration_files(root: Path) -> tuple[Path, ...]:
    # What Alembic itself leaves out: packages and editors' lock files.
    skipped = ("__init__", ".#")
    return tuple(
        path
        for path in sorted((root / DIRECTORY).glob("*.py"))
        if not path.name.startswith(skipped)
    )


def _next_number(paths: Iterable[Path]) -> int:
    numbers = (_NUMBER.match(path.name) for path in paths)
    return 1 + max((int(number[1]) for number in numbers if number), default=0)


def _revision(path: Path, name: str) -> Revision:
    literals = dict(_assignments(parsed(path.read_bytes(), name)))
    revision, parents = literals.get("revision"), _parents(literals.get("down_revision", ...))
    if not isinstance(revision, str) or parents is None:
        raise BackendgenError(
            f"{name}: the next migration cannot be chained to this one; write its revision and"
            ' down_revision as plain text: revision = "1a2b" and down_revision = None'
        )
    return Revision(name, revision, parents)


def _parents(down: object) -> tuple[str, ...] | None:
    """None for what is not a literal of one or several ids."""
    each = () if down is None else down if isinstance(down, tuple | list) else (down,)
    ids = tuple(item for item in each if isinstance(item, str))
    return ids if len(ids) == len(each) else None


def _assignments(module: ast.Module) -> Iterator[tuple[str, object]]:
    for node in module.body:
        if isinstance(node, ast.Assign):
            targets: list[ast.expr] = node.targets
        elif isinstance(node, ast.AnnAssign):
            targets = [node.target]
        else:
            continue
        for target in targets:
            if isinstance(target, ast.Name):
                yield target.id, _literal(node.value)


def _literal(value: ast.expr | None) -> object:
    try:
        return ast.literal_eval(value) if value else ...
    except ValueError:
        return ...


def _last(revisions: tuple[Revision, ...]) -> str:
    known = _by_id(revisions)
    _refuse_gaps(revisions, known)
    continued = {parent for revision in revisions for parent in revision.parents}
    heads = [revision for revision in revisions if revision.id not in continued]
    if len(heads) > 1:
        names = " and ".join(f"{revision.id} ({revision.path})" for revision in heads)
        raise BackendgenError(
            f"{DIRECTORY}: more than one migration is the last: {names};"
            ' join them: alembic merge heads -m "merge"'
        )
    if not heads or _ancestry(heads[0], known) < set(known):
        raise BackendgenError(
            f"{DIRECTORY}: migrations continue each other in a circle; correct a down_revision"
        )
    return heads[0].id


def _ancestry(last: Revision, known: Mapping[str, Revision]) -> set[str]:
    """The revisions that lead to the last one, itself included."""
    found, pending = set[str](), [last.id]
    while pending:
        revision = pending.pop()
        if revision not in found:
            found.add(revision)
            pending.extend(known[revision].parents)
    return found


def _by_id(revisions: Iterable[Revision]) -> Mapping[str, Revision]:
    known: dict[str, Revision] = {}
    for revision in revisions:
        other = known.setdefault(revision.id, revision)
        if other is not revision:
            raise BackendgenError(
                f"{revision.path}: revision {revision.id} is also the one of {other.path};"
                " give one of them another id"
            )
    return known


def _refuse_gaps(revisions: Iterable[Revision], known: Mapping[str, Revision]) -> None:
    for revision in revisions:
        missing = [parent for parent in revision.parents if parent not in known]
        if missing:
            raise BackendgenError(
                f"{revision.path}: continues from {missing[0]}, which no file there defines;"
                " restore that file, or correct down_revision"
            )
