"""Commands are run from argv to exit code, in a real directory and a home of their own."""

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from backendgen.__main__ import main

REPOSITORY = Path(__file__).parents[3]
EXAMPLES = REPOSITORY / "examples"
SPEC = """\
# What we sell.
name: demo
auth: jwt  # everyone logs in
resources:
  # People who write.
  Author:
    fields:
      name: string:120
  Post:
    fields:
      title: string:200:index
      author: ref:Author:cascade
"""


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


Backendgen = Callable[..., Ran]


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Nobody's home, so that a test neither reads nor writes the templates of the machine."""
    inherited = {key: value for key, value in os.environ.items() if key in ("PATH", "LANG")}
    home = str(tmp_path_factory.mktemp("home"))
    return {**inherited, "HOME": home, "PYTHONPATH": str(REPOSITORY), "TERM": "xterm-256color"}


@pytest.fixture(scope="session")
def run(environment: Mapping[str, str]) -> Backendgen:
    """In this process, which has loaded the libraries already: a hundred starts take minutes."""

    def run(*words: str, cwd: Path, **variables: str) -> Ran:
        out, err = StringIO(), StringIO()
        with (
            patch.dict(os.environ, {**environment, **variables}, clear=True),
            patch.object(sys, "argv", ["backendgen", *words]),
            chdir(cwd),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            code = main()
        return Ran(code, out.getvalue(), err.getvalue())

    return run


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, run: Backendgen) -> Path:
    """A project that no test may touch."""
    directory = tmp_path_factory.mktemp("made")
    (directory / "spec.yaml").write_text(SPEC)
    done = run("new", "demo", "--spec", "spec.yaml", cwd=directory)
    assert done.code == 0, done.err
    return directory / "demo"


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "demo", symlinks=True))


def fingerprint(root: Path) -> str:
    """Of every path, mode and byte below a directory."""
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        content = path.read_bytes() if path.is_file() else b""
        digest.update(f"{path.relative_to(root)} {path.lstat().st_mode}".encode() + content)
    return digest.hexdigest()


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
