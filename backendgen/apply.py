"""Plan → disk, all or nothing.

A journal holds what every file was, and is pending until the last one has changed. A failure, the
command after a kill, and undo all do the same: they take a pending journal back. Undo makes a
finished journal pending again, so that a kill during undo is no case of its own.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from backendgen.errors import BackendgenError, ConflictError
from backendgen.merge import Change, Plan, look
from backendgen.render import File

JOURNAL = Path(".backendgen/journal")
PENDING, DONE, TOUCHED = ".pending", ".done", ".kept"
LIMIT = 20


@dataclass(frozen=True)
class State:
    """A file at one end of a change; what was there before has its content, in base64."""

    mode: int
    digest: str
    content: str | None = None


@dataclass(frozen=True)
class Step:
    path: str
    before: State | None
    after: State | None


@dataclass(frozen=True)
class Entry:
    command: str
    steps: tuple[Step, ...]
    directories: tuple[str, ...]
    """Those that the change makes, parents first."""
    modes: Mapping[str, int]
    """Of those that go when the last file in them does, parents first."""


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """One command at a time. A root that had to be made goes again if it is left empty."""
    made = _missing(root)
    with _told("make", root):
        root.mkdir(parents=True, exist_ok=True)
        lock = os.open(root, os.O_RDONLY)
    try:
        _lock(lock, root)
        yield
    finally:
        _remove_empty(reversed(made))
        os.close(lock)


def _lock(descriptor: int, root: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise BackendgenError(
            f"another backendgen is at work in {root}; run this command when it has ended"
        ) from error


def apply(root: Path, plan: Plan, command: str) -> None:
    """Write the plan; called within `locked`, on what `recover` left."""
    root = root.resolve()
    interrupted = recover(root)
    if interrupted:
        raise BackendgenError(f"{interrupted}; run this command again")
    if not plan.writes:
        return
    entry = _entry(root, plan.writes, command)
    journal = _open_journal(root, entry)
    try:
        for change, step in zip(plan.writes, entry.steps, strict=True):
            if change.after is not None and step.after is not None:
                _stage(root / step.path, change.after.content, step.after.mode)
        _sync_staged(root, entry.steps)
        for step in entry.steps:
            _swap(root, step.path, step.after)
        _remove_directories(root, entry.modes)
        _sync_directories(root, entry)
        _finish(journal)
    except BaseException as error:
        _give_up(root, journal, entry, error)
        raise
    _forget_old(root)


def undo(root: Path, *, dry_run: bool = False) -> Plan:
    """Take the last change back, unless something touched its files since."""
    root = root.resolve()
    journals = _journals(root, DONE)
    if not journals:
        raise BackendgenError(f"there is no change in {root} that could be taken back")
    entry = _load(journals[-1])
    touched = [step.path for step in entry.steps if not _is_at(root, step.path, step.after)]
    if touched:
        raise ConflictError(
            f"`{entry.command}` cannot be taken back, because these files were changed since: "
            f"{', '.join(touched)}; nothing was written"
        )
    plan = Plan(tuple(_reverse(root, step) for step in entry.steps))
    if dry_run:
        return plan
    with _told("take back the last change in", root):
        pending = _rename(journals[-1], PENDING)
        try:
            _take_back(root, pending, entry)
        except OSError as error:
            if not _kept(root, pending, entry):
                raise _half_done(root, entry, error) from error
            raise
    return plan


def _kept(root: Path, pending: Path, entry: Entry) -> bool:
    """Leaves a change that could not be taken back as it was, if nothing of it went yet."""
    if not all(_is_at(root, step.path, step.after) for step in entry.steps):
        return False
    with suppress(OSError):
        _unstage(root, entry)
        _remove_directories(root, entry.modes)
        _rename(pending, DONE)
    return not pending.exists()


def is_interrupted(root: Path) -> bool:
    return bool(_journals(root, PENDING))


def recover(root: Path) -> str | None:
    """Take back what a killed run left half done, and say so."""
    root = root.resolve()
    sentences = []
    with _told("take back an interrupted change in", root):
        for journal in _journals(root, PENDING):
            entry = _load(journal)
            sentences.append(_sentence(entry, _take_back(root, journal, entry)))
        _clear_away(root / JOURNAL)
    return "; ".join(sentences) or None


def _clear_away(directory: Path, *journals: Path) -> None:
    """A journal that was still being written: nothing had changed yet."""
    for journal in (*directory.glob(_staged(Path("*")).name), *journals):
        journal.unlink()
    _remove_empty((directory, directory.parent))


def _sentence(entry: Entry, kept: Sequence[str]) -> str:
    sentence = f"`{entry.command}` was interrupted and has been taken back"
    if kept:
        sentence += (
            f", but not in {', '.join(kept)}, changed since; "
            f"what was there before is in {JOURNAL}/*{TOUCHED}"
        )
    return sentence


# --------------------------------------------------------------------- forward
def _entry(root: Path, changes: Iterable[Change], command: str) -> Entry:
    umask = os.umask(0)
    os.umask(umask)
    steps = tuple(_step(root, change, umask) for change in changes)
    parents = {parent for step in steps for parent in _missing((root / step.path).parent)}
    directories = sorted(parent.relative_to(root).as_posix() for parent in parents)
    return Entry(command, steps, tuple(directories), _modes(root, steps))


def _modes(root: Path, steps: Iterable[Step]) -> Mapping[str, int]:
    left = {
        path for step in steps if step.after is None for path in PurePosixPath(step.path).parents
    }
    names = sorted(path.as_posix() for path in left)
    return {name: (root / name).stat().st_mode & 0o7777 for name in names if name != "."}


def _step(root: Path, change: Change, umask: int) -> Step:
    if look(root, change.path) != change.before:
        raise BackendgenError(f"{change.path} has changed meanwhile; run the command again")
    if change.before is None:
        mode = 0o666 & ~umask
        before = None
    else:
        mode = (root / change.path).stat().st_mode & 0o7777
        if not mode & 0o200:
            raise BackendgenError(
                f"{change.path} is write-protected and would have to change; nothing was written; "
                f"allow it with: chmod u+w {change.path}"
            )
        content = b64encode(change.before.content).decode()
        before = State(mode, _digest(change.before.content), content)
    if change.after is None:
        return Step(change.path, before, None)
    after = State(_mode(mode, change, umask), _digest(change.after.content))
    return Step(change.path, before, after)


def _mode(mode: int, change: Change, umask: int) -> int:
    if change.after is None or change.after.executable == bool(mode & 0o100):
        return mode
    return mode | 0o111 & ~umask if change.after.executable else mode & ~0o111


def _stage(target: Path, content: bytes, mode: int) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with _staged(target).open("wb") as file:
        file.write(content)
        os.fchmod(file.fileno(), mode)


def _sync_staged(root: Path, steps: Sequence[Step]) -> None:
    """Contents reach the disk before the names that lead to them do."""
    staged = (_staged(root / step.path) for step in steps)
    _sync_all(path for path in staged if path.exists())


def _swap(root: Path, path: str, state: State | None) -> None:
    target = root / path
    if state is None:
        target.unlink()
    else:
        _staged(target).replace(target)


def _staged(target: Path) -> Path:
    return target.with_name(f".{target.name}.backendgen-new")


def _sync_directories(root: Path, entry: Entry) -> None:
    names = (*(step.path for step in entry.steps), *entry.directories, *entry.modes)
    parents = sorted({(root / name).parent for name in names})
    _sync_all(parent for parent in parents if parent.is_dir())


def _give_up(root: Path, journal: Path, entry: Entry, error: BaseException) -> None:
    try:
        _take_back(root, journal, entry)
    except OSError as another:
        raise _half_done(root, entry, another) from error
    if isinstance(error, OSError):
        raise BackendgenError(
            f"cannot write in {root}: {_reason(error)}; nothing was changed"
        ) from error


def _half_done(root: Path, entry: Entry, error: OSError) -> BackendgenError:
    return BackendgenError(
        f"cannot write in {root}: {_reason(error)}; `{entry.command}` is half done, "
        "and the next command takes it back"
    )


# -------------------------------------------------------------------- backward
def _take_back(root: Path, journal: Path, entry: Entry) -> list[str]:
    """What it was, wherever no one changed it since; those that someone did are returned."""
    _unstage(root, entry)
    open_steps = [step for step in entry.steps if not _is_at(root, step.path, step.before)]
    kept = [step.path for step in open_steps if not _is_at(root, step.path, step.after)]
    steps = [step for step in open_steps if step.path not in kept]
    _remake_directories(root, entry.modes)
    for step in steps:
        if step.before is not None:
            _stage(root / step.path, b64decode(step.before.content or ""), step.before.mode)
    _sync_staged(root, steps)
    for step in reversed(steps):
        _swap(root, step.path, step.before)
    _sync_directories(root, entry)
    _remove_directories(root, entry.directories)
    if kept:
        _rename(journal, TOUCHED)
    else:
        journal.unlink()
        _remove_empty((journal.parent, journal.parent.parent))
    return kept


def _unstage(root: Path, entry: Entry) -> None:
    for step in entry.steps:
        with suppress(FileNotFoundError, NotADirectoryError):
            _staged(root / step.path).unlink()


def _is_at(root: Path, path: str, state: State | None) -> bool:
    found = look(root, path)
    if not isinstance(found, File) or state is None:
        return found is None and state is None
    return found.executable == bool(state.mode & 0o100) and _digest(found.content) == state.digest


def _reverse(root: Path, step: Step) -> Change:
    found = look(root, step.path)
    before = found if isinstance(found, File) else None
    if step.before is None:
        return Change(step.path, "delete", before, None)
    content = b64decode(step.before.content or "")
    after = File(content, bool(step.before.mode & 0o100))
    return Change(step.path, "create" if before is None else "update", before, after)


def _remake_directories(root: Path, modes: Mapping[str, int]) -> None:
    umask = os.umask(0)
    try:
        for name, mode in modes.items():
            (root / name).mkdir(mode, exist_ok=True)
    finally:
        os.umask(umask)


def _remove_directories(root: Path, names: Iterable[str]) -> None:
    """Those that are empty, or hold nothing but what Python left when it ran what was there."""
    for directory in (root / name for name in reversed(list(names))):
        with suppress(FileNotFoundError, NotADirectoryError):
            left = os.listdir(directory)
            if left == ["__pycache__"]:
                shutil.rmtree(directory / "__pycache__")
            if left in ([], ["__pycache__"]):
                directory.rmdir()


def _remove_empty(directories: Iterable[Path]) -> None:
    for directory in directories:
        with suppress(OSError):
            directory.rmdir()


# --------------------------------------------------------------------- journal
def _open_journal(root: Path, entry: Entry) -> Path:
    directory = root / JOURNAL
    with _told("write", directory):
        try:
            return _write_journal(directory, entry)
        except OSError:
            with suppress(OSError):
                _clear_away(directory, *_journals(root, PENDING))
            raise


def _write_journal(directory: Path, entry: Entry) -> Path:
    """No part of it is there before all of it is."""
    directory.mkdir(parents=True, exist_ok=True)
    journal = directory / f"{_number(directory):06}{PENDING}"
    _stage(journal, json.dumps(asdict(entry)).encode(), 0o600)
    _sync(_staged(journal))
    _staged(journal).replace(journal)
    _sync(directory)
    return journal


def _number(directory: Path) -> int:
    return 1 + max((int(path.stem) for path in directory.glob("[0-9]*")), default=0)


def _finish(journal: Path) -> None:
    """From here on the change is made."""
    journal.rename(journal.with_suffix(DONE))
    with suppress(OSError):
        _sync(journal.parent)


def _forget_old(root: Path) -> None:
    for journal in _journals(root, DONE)[:-LIMIT]:
        with suppress(OSError):
            journal.unlink()


def _journals(root: Path, suffix: str) -> list[Path]:
    return sorted((root / JOURNAL).glob(f"[0-9]*{suffix}"))


def _load(journal: Path) -> Entry:
    try:
        return _entry_of(json.loads(journal.read_bytes()))
    except (ValueError, TypeError, KeyError) as error:
        raise BackendgenError(
            f"{journal} cannot be read, as another version of backendgen may have written it; with "
            "it goes the way back to what was before: move it away, and look at what has changed, "
            "for example with git"
        ) from error


def _entry_of(data: Mapping[str, Any]) -> Entry:
    steps = tuple(
        Step(step["path"], _state(step["before"]), _state(step["after"])) for step in data["steps"]
    )
    return Entry(data["command"], steps, tuple(data["directories"]), data.get("modes", {}))


def _state(data: Mapping[str, Any] | None) -> State | None:
    return None if data is None else State(**data)


def _rename(journal: Path, suffix: str) -> Path:
    return journal.rename(journal.with_suffix(suffix))


# ----------------------------------------------------------------- file system
def _missing(directory: Path) -> list[Path]:
    """The directories on the way there that do not exist, parents first."""
    return [path for path in (*reversed(directory.parents), directory) if not path.exists()]


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _sync_all(paths: Iterable[Path]) -> None:
    # The disk takes many at once in little more time than one.
    with ThreadPoolExecutor(16) as pool:
        for _ in pool.map(_sync, paths):
            pass


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _told(doing: str, path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BackendgenError(f"cannot {doing} {path}: {_reason(error)}") from error


def _reason(error: OSError) -> str:
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror or error}"
