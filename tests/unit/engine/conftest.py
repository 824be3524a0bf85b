"""Projects on disk that are made of a few words: path → text."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from backendgen.render import File, Tree


def tree(files: Mapping[str, str | bytes]) -> Tree:
    return {
        path: File(text.encode() if isinstance(text, str) else text) for path, text in files.items()
    }


def write(root: Path, files: Mapping[str, str | bytes]) -> None:
    for path, file in tree(files).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(file.content)


def snapshot(root: Path) -> dict[str, tuple[bytes, int]]:
    """Everything below root but the journal: content and mode of files, directories too."""
    found: dict[str, tuple[bytes, int]] = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if name.startswith(".backendgen/journal") or name == ".backendgen":
            continue
        content = b"" if path.is_dir() else path.read_bytes()
        found[name] = (content, path.lstat().st_mode)
    return found


@pytest.fixture
def root(tmp_path: Path) -> Path:
    directory = tmp_path / "project"
    directory.mkdir()
    return directory
