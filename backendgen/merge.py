"""Base tree × new tree × disk → Plan. Nothing is written here; docs/merge.md holds the rules."""

from __future__ import annotations

import os
import stat
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Literal, NamedTuple

from backendgen.errors import BackendgenError
from backendgen.releases import git
from backendgen.render import ANSWERS_FILE, File, Tree, changed

Kind = Literal["create", "update", "merge", "identical", "skip", "keep", "conflict", "delete"]

# Longer than any marker that a text may hold by itself.
MARKER = 37
# A file of the user's is a generated one under a new name if this share of their lines is common.
ALIKE, ALIKE_LINES = 0.6, 3
NOT_SOURCES = {"node_modules", "__pycache__", "venv", "env", "build", "dist", "target"}
LARGEST = 1_000_000


@dataclass(frozen=True)
class Change:
    """From what is at a path to what shall be; `note` tells the user why."""

    path: str
    kind: Kind
    before: File | None
    after: File | None
    note: str = ""

    @property
    def is_write(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class Plan:
    changes: tuple[Change, ...]

    @property
    def conflicts(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.kind == "conflict")

    @property
    def writes(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.is_write)


class Obstacle(NamedTuple):
    """What is no file, or lies outside the project, at a path or at one of its parents."""

    path: str
    what: str
    target: str | None = None
    """The file of the project that a symbolic link leads to."""


Found = File | Obstacle | None


class Merged(NamedTuple):
    content: bytes
    conflicts: int
    both_added: bool


def plan(root: Path, base: Tree, new: Tree, owned: Tree | None = None) -> Plan:
    """How the difference from base to new comes into the files under root.

    `owned` are files that the command sets outright; another file there is a conflict, unless base
    has the path too.
    """
    root = root.resolve()
    owned = owned or {}
    strays = _Strays(root, base, {*base, *new, *owned})
    changes: list[Change] = []
    for path in sorted({*changed(base, new), *owned}):
        if path in owned:
            changes += _set(root, path, base.get(path), owned[path])
        else:
            changes += _change(root, path, base.get(path), new.get(path), strays)
    return Plan(tuple(changes))


def look(root: Path, path: str) -> Found:
    """What is at a path, never following a link out of the project."""
    if path.startswith("/") or ".." in path.split("/"):
        raise ValueError(f"{path} leads out of the project")
    parts = path.split("/")
    for count in range(1, len(parts)):
        parent = root / "/".join(parts[:count])
        try:
            mode = parent.lstat().st_mode
        except FileNotFoundError:
            return None
        what = "" if stat.S_ISDIR(mode) else _wrong_parent(root, parent)
        if what:
            name = parent.relative_to(root).as_posix()
            return Obstacle(name, f"{name} {what}")
    return _look_at(root, path)


def _wrong_parent(root: Path, parent: Path) -> str:
    if not parent.is_dir():
        return "is a file of yours"
    return "" if parent.resolve().is_relative_to(root.resolve()) else "leads out of the project"


def _look_at(root: Path, path: str) -> Found:
    try:
        status = (root / path).lstat()
    except FileNotFoundError:
        return None
    if stat.S_ISREG(status.st_mode):
        return File(_read(root / path), bool(status.st_mode & 0o100))
    if stat.S_ISLNK(status.st_mode):
        return Obstacle(path, f"{path} is a symbolic link of yours", _target(root, path))
    kind = "a directory" if stat.S_ISDIR(status.st_mode) else "a special file"
    return Obstacle(path, f"{path} is {kind} of yours")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BackendgenError(f"cannot read {path}: {error.strerror or error}") from error


def _target(root: Path, path: str) -> str | None:
    target = (root / path).resolve()
    if target.is_file() and target.is_relative_to(root.resolve()):
        return target.relative_to(root.resolve()).as_posix()
    return None


def _set(root: Path, path: str, old: File | None, new: File) -> list[Change]:
    found = look(root, path)
    if found is None:
        return [Change(path, "create", None, new)]
    if isinstance(found, Obstacle) or (old is None and found.content != new.content):
        return _in_the_way(root, path, found, new)
    after = new._replace(executable=found.executable)
    return [Change(path, "identical" if after == found else "update", found, after)]


def _change(
    root: Path, path: str, old: File | None, new: File | None, strays: _Strays
) -> list[Change]:
    found = look(root, path)
    if new is None:
        return _drop(path, old, found)
    if path == ANSWERS_FILE:
        return _set(root, path, new, new)
    if old is None:
        return _add(root, path, found, new)
    if found is None:
        return _follow(root, path, old, new, strays)
    if isinstance(found, File):
        return _edit(root, path, old, found, new)
    if found.target is not None and found.target not in strays.generated:
        return _edit_elsewhere(root, found.target, old, new, f"{path} is a link to it")
    return _in_the_way(root, path, found, new)


def _drop(path: str, old: File | None, found: Found) -> list[Change]:
    if found is None:
        return []
    if isinstance(found, Obstacle):
        return [Change(path, "keep", None, None, f"no longer generated; {found.what} and stays")]
    if old is not None and old == found._replace(content=_unix(found.content, old.content)):
        return [Change(path, "delete", found, None, "no longer generated")]
    return [Change(path, "keep", found, found, "no longer generated; you changed it, so it stays")]


def _add(root: Path, path: str, found: Found, new: File) -> list[Change]:
    if found is None:
        return [Change(path, "create", None, new)]
    if isinstance(found, File) and _unix(found.content, new.content) == new.content:
        return [Change(path, "identical", found, found)]
    return _in_the_way(root, path, found, new)


def _in_the_way(root: Path, path: str, found: File | Obstacle, new: File) -> list[Change]:
    """What is there stays untouched, and the generated file is laid beside it."""
    if isinstance(found, File):
        obstacle, before = Obstacle(path, "a file of yours is there"), found
    else:
        obstacle, before = found, None
    beside = _beside(root, path, obstacle.path, new)
    note = f"{obstacle.what}; it is left alone, and what was generated is in {beside}"
    changes = [Change(path, "conflict", before, before, note)]
    if look(root, beside) is None:
        changes.append(Change(beside, "create", None, new, f"stands for {path}"))
    return changes


def _beside(root: Path, path: str, blocked: str, new: File) -> str:
    count = 1
    while True:
        suffix = ".generated" if count == 1 else f".generated-{count}"
        beside = blocked + suffix + path.removeprefix(blocked)
        if look(root, beside) in (None, new):
            return beside
        count += 1


def _follow(root: Path, path: str, old: File, new: File, strays: _Strays) -> list[Change]:
    """A generated file is gone: into another name, or for good."""
    moved = strays.moved(path)
    if moved is not None:
        return _edit_elsewhere(root, moved, old, new, f"you renamed {path} to it")
    return [Change(path, "skip", None, None, "you deleted it, so its change is left out")]


def _edit_elsewhere(root: Path, path: str, old: File, new: File, reason: str) -> list[Change]:
    found = look(root, path)
    if not isinstance(found, File):
        raise BackendgenError(f"{path} vanished meanwhile; run the command again")
    edited = _edit(root, path, old, found, new)
    return [
        replace(change, note=f"{reason}; {change.note}".removesuffix("; ")) for change in edited
    ]


def _edit(root: Path, path: str, old: File, found: File, new: File) -> list[Change]:
    executable = new.executable if found.executable == old.executable else found.executable
    mine = _unix(found.content, old.content)
    windows = mine != found.content

    def change(kind: Kind, content: bytes, note: str = "") -> list[Change]:
        after = File(_windows(content) if windows else content, executable)
        return [Change(path, "identical" if after == found else kind, found, after, note)]

    if mine == new.content or old.content == new.content:
        return change("update", mine)
    if mine == old.content:
        return change("update", new.content)
    if any(b"\0" in content for content in (mine, old.content, new.content)):
        return _in_the_way(root, path, found, new)
    merged = _merge(mine, old.content, new.content)
    if merged.conflicts:
        places = "one place" if merged.conflicts == 1 else f"{merged.conflicts} places"
        note = f"you changed the same lines in {places}; search it for <<<<<<<"
        return change("conflict", merged.content, note)
    both = "; what both of you added at one place is kept, one after the other"
    note = f"your edits are kept{both if merged.both_added else ''}"
    return change("merge", merged.content, note)


def _unix(content: bytes, like: bytes) -> bytes:
    """A text that came to have CRLF at every line, as it was generated."""
    lines = content.count(b"\n")
    if lines and content.count(b"\r\n") == lines and b"\r" not in like and b"\0" not in content:
        return content.replace(b"\r\n", b"\n")
    return content


def _windows(content: bytes) -> bytes:
    return content.replace(b"\n", b"\r\n")


# ---------------------------------------------------------------- three texts
@dataclass(frozen=True)
class Clash:
    """Lines that both sides changed: as they are, as they were generated, as they are now."""

    mine: list[bytes]
    old: list[bytes]
    new: list[bytes]

    def settled(self) -> list[bytes] | None:
        """Both sides' lines, where one side only added before or after the old ones."""
        if not self.old and _contains(self.mine, self.new):
            return self.mine
        count = len(self.old)
        if self.new[:count] == self.old:
            at = count if self.mine[:count] == self.old else len(self.mine)
            return [*self.mine[:at], *self.new[count:], *self.mine[at:]]
        if self.new[-count:] == self.old:
            return [*self.new[:-count], *self.mine]
        if self.mine[:count] == self.old:
            return [*self.new, *self.mine[count:]]
        if self.mine[-count:] == self.old:
            return [*self.mine[:-count], *self.new]
        return None

    def marked(self) -> list[bytes]:
        """Markers around what differs, without the lines that both sides begin or end with."""
        start = _shared(self.mine, self.new)
        mine, new = self.mine[start:], self.new[start:]
        end = _shared(mine[::-1], new[::-1])
        marks = (b"<<<<<<< yours\n", b"||||||| generated before\n", b">>>>>>> generated now\n")
        return [
            *self.mine[:start],
            *(marks[0], *mine[: len(mine) - end]),
            *(marks[1], *self.old),
            *(b"=======\n", *new[: len(new) - end], marks[2]),
            *mine[len(mine) - end :],
        ]


def _merge(mine: bytes, old: bytes, new: bytes) -> Merged:
    with tempfile.TemporaryDirectory(prefix="backendgen-") as directory:
        for name, content in zip("abc", (mine, old, new), strict=True):
            Path(directory, name).write_bytes(content)
        options = ("-p", "-q", "--diff3", f"--marker-size={MARKER}")
        text = git("merge-file", *options, *"abc", cwd=Path(directory), accept=range(128))
    return _settle(text, mine)


def _settle(text: bytes, mine: bytes) -> Merged:
    """What loses nothing when both sides are kept is kept; the rest is marked."""
    out: list[bytes] = []
    conflicts, both_added = 0, False
    for part in _parts(text):
        if isinstance(part, bytes):
            out.append(part)
            continue
        settled = part.settled()
        both_added = both_added or settled is not None
        conflicts += settled is None
        out += part.marked() if settled is None else settled
    content = b"".join(out)
    last = mine.rpartition(b"\n")[2]
    # git ends the last line of a clash with a newline that mine has not.
    if last and content.endswith(b"\n" + last + b"\n"):
        content = content.removesuffix(b"\n")
    return Merged(content, conflicts, both_added)


def _parts(text: bytes) -> Iterator[bytes | Clash]:
    sides: list[list[bytes]] = []
    for line in text.splitlines(keepends=True):
        marker = line[:1] if line.startswith(line[:1] * MARKER) else b""
        if marker == b"<":
            sides = [[]]
        elif sides and marker in (b"|", b"="):
            sides.append([])
        elif sides and marker == b">":
            yield Clash(*sides)
            sides = []
        elif sides:
            sides[-1].append(line)
        else:
            yield line


def _contains(lines: Sequence[bytes], part: Sequence[bytes]) -> bool:
    count = len(part)
    return any(lines[at : at + count] == part for at in range(len(lines) - count + 1))


def _shared(left: Sequence[bytes], right: Sequence[bytes]) -> int:
    """How many lines both begin with."""
    pairs = zip(left, right, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(left), len(right)))


# --------------------------------------------------------------------- renames
class _Strays:
    """The user's own files, among which a generated file may be found under another name."""

    def __init__(self, root: Path, base: Tree, generated: set[str]) -> None:
        self.root = root
        self.base = base
        self.generated = generated
        self.base_lines = cache(lambda path: _lines(base[path].content))

    def moved(self, path: str) -> str | None:
        """The file that is most like a generated one, and like no other generated one more."""
        scores = {
            stray: self._likeness(path, lines)
            for stray, lines in self.files.items()
            if _suffix(stray) == _suffix(path)
        }
        for stray in sorted(scores, key=lambda stray: (-scores[stray], stray)):
            if scores[stray] >= ALIKE and self._nearest(stray) == path:
                return stray
        return None

    @cached_property
    def files(self) -> dict[str, Counter[bytes]]:
        return {
            path: _lines(_read(self.root / path))
            for path in _walk(self.root, "")
            if path not in self.generated
        }

    def _nearest(self, stray: str) -> str:
        rivals = [path for path in self.base if _suffix(path) == _suffix(stray)]
        return max(rivals, key=lambda path: self._likeness(path, self.files[stray]))

    def _likeness(self, path: str, lines: Counter[bytes]) -> float:
        common = (self.base_lines(path) & lines).total()
        if common < ALIKE_LINES:
            return 0.0
        return 2 * common / (self.base_lines(path).total() + lines.total())


def _lines(content: bytes) -> Counter[bytes]:
    return Counter(line for line in map(bytes.strip, content.splitlines()) if line)


def _suffix(path: str) -> str:
    return path.rpartition("/")[2].partition(".")[2]


def _walk(root: Path, prefix: str) -> Iterator[str]:
    """Files that a person may have written: no links, nothing hidden, large or installed."""
    with os.scandir(root / prefix) as entries:
        for entry in entries:
            if entry.name.startswith(".") or entry.name in NOT_SOURCES or entry.is_symlink():
                continue
            if entry.is_dir():
                yield from _walk(root, f"{prefix}{entry.name}/")
            elif entry.is_file() and entry.stat().st_size <= LARGEST:
                yield prefix + entry.name
