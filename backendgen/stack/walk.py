"""The files of a directory, as far as they may be a project's own: bounded, and no link followed."""

import os
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

MOST_ENTRIES = 20_000
DEEPEST = 12
LARGEST = 1 << 20
BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}

# Written by tools, or by others; what is hidden is left out too.
FOREIGN = {
    "node_modules",
    "bower_components",
    "site-packages",
    "venv",
    "virtualenv",
    "__pycache__",
    "__pypackages__",
    "dist",
    "build",
    "target",
    "vendor",
    "coverage",
    "generated",
    "htmlcov",
}


@dataclass
class Listing:
    files: list[str] = field(default_factory=list)
    """Relative to the root, shallow ones first, in the order of their names."""
    closed: list[str] = field(default_factory=list)
    """Directories that could not be listed."""
    whole: bool = True


def walk(root: Path) -> Listing:
    listing = Listing()
    left = deque([("", 0)])
    seen = 0
    while left:
        directory, depth = left.popleft()
        entries = _entries(root, directory, listing, MOST_ENTRIES - seen)
        seen += len(entries)
        if _is_environment(entries):
            continue
        for entry in entries:
            path = f"{directory}{entry.name}"
            if _is_own_directory(entry):
                left.append((f"{path}/", depth + 1))
            elif _is_own_file(entry, root):
                listing.files.append(path)
        if seen >= MOST_ENTRIES or (left and left[0][1] > DEEPEST):
            listing.whole = False
            break
    return listing


def _entries(root: Path, directory: str, listing: Listing, most: int) -> Sequence[os.DirEntry[str]]:
    try:
        with os.scandir(root / directory) as entries:
            found = list(islice(entries, most))
    except OSError:
        listing.closed.append(directory.removesuffix("/") or ".")
        return []
    return sorted(found, key=lambda entry: entry.name)


def _is_environment(entries: Sequence[os.DirEntry[str]]) -> bool:
    return any(entry.name == "pyvenv.cfg" for entry in entries)


def _is_own_directory(entry: os.DirEntry[str]) -> bool:
    hidden = entry.name.startswith(".") or entry.name.endswith(".egg-info")
    return entry.is_dir(follow_symlinks=False) and not hidden and entry.name not in FOREIGN


def _is_own_file(entry: os.DirEntry[str], root: Path) -> bool:
    """Not a pipe or a device, which would block, and not a link to somewhere else."""
    try:
        if not entry.is_symlink():
            return entry.is_file()
        return entry.is_file() and Path(entry.path).resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # A link to itself.
        return False


def read(path: Path) -> str:
    """The text of a file; what is no text raises ValueError, what is too large as well."""
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise ValueError("larger than 1 MiB")
    encoding = BYTE_ORDER_MARKS.get(content[:2], "utf-8-sig")
    if encoding == "utf-8-sig" and b"\0" in content:
        raise ValueError("not a text file")
    return content.decode(encoding, "replace")


def parents(path: str) -> Iterator[str]:
    """The directories around a path, the nearest first; the root is the empty string."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path
    yield ""
