"""A command in a directory of which every byte is watched."""

import hashlib
import io
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from backendgen.__main__ import main

REFUSED = (1, 2)


@dataclass(frozen=True)
class Ran:
    words: Sequence[str]
    code: int
    out: str
    err: str

    def flaws(self) -> list[str]:
        """What no command may do, whatever it was given."""
        said = self.out + self.err
        controls = [
            each for each in said if each < " " and each not in "\n\t" or "\x7f" <= each < "\xa0"
        ]
        return [
            *(["it is told as a bug"] if "this is a bug in backendgen" in said else []),
            *(["a traceback"] if "Traceback (most recent call last)" in said else []),
            *([f"exit code {self.code}"] if self.code not in (0, 1, 2, 3) else []),
            *([f"control characters {controls}"] if controls else []),
            *(["it says nothing"] if self.code in REFUSED and not self.err.strip() else []),
        ]


@dataclass(frozen=True)
class Sandbox:
    """`root` holds all that a run may touch, `cwd` is deep in it, so that a way out is seen."""

    root: Path
    cwd: Path
    environment: Mapping[str, str]

    def run(self, *words: str) -> Ran:
        """In this process, with streams that encode as real ones do."""
        out, err = stream("strict"), stream("backslashreplace")
        with (
            patch.dict(os.environ, self.environment, clear=True),
            patch.object(sys, "argv", ["backendgen", *words]),
            patch.object(sys, "stdin", io.StringIO()),
            chdir(self.cwd),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            code = main()
        return Ran(words, code, text_of(out), text_of(err))

    def paths(self) -> Mapping[str, str]:
        """Every path with a digest of its bytes and mode."""
        return {
            path.relative_to(self.root).as_posix(): digest(path) for path in self.root.rglob("*")
        }

    def restore(self, before: Mapping[str, str]) -> None:
        """Takes away what is new."""
        for path in sorted(self.paths().keys() - before.keys()):
            target = self.root / path
            if target.is_dir() and not target.is_symlink():
                shutil.rmtree(target)
            elif target.exists() or target.is_symlink():
                target.unlink()


def stream(errors: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), "utf-8", errors, newline="", write_through=True)


def text_of(stream: io.TextIOWrapper) -> str:
    stream.flush()
    content = stream.buffer
    assert isinstance(content, io.BytesIO)
    return content.getvalue().decode()


def digest(path: Path) -> str:
    content = path.read_bytes() if path.is_file() else b""
    return f"{path.lstat().st_mode} {hashlib.sha256(content).hexdigest()}"
