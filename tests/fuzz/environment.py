"""Environments of tools, which are made once and kept in build/."""

import hashlib
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from filelock import FileLock

from tests.migrations.project import ROOT, run


def installed(name: str, packages: Iterable[str]) -> Path:
    """The directory of a virtual environment that has just these packages."""

    def fill(directory: Path, wanted: Iterable[str]) -> None:
        run(sys.executable, "-m", "venv", "--clear", directory)
        run(directory / "bin/pip", "install", "--quiet", "--disable-pip-version-check", *wanted)

    return made(name, packages, fill)


def installed_by_npm(name: str, packages: Iterable[str]) -> Path:
    """The directory that has just these packages in its `node_modules`."""

    def fill(directory: Path, wanted: Iterable[str]) -> None:
        directory.mkdir(exist_ok=True)
        quiet = ("--no-audit", "--no-fund", "--no-save", "--loglevel=error")
        run("npm", "install", *quiet, "--prefix", directory, *wanted)

    return made(name, packages, fill)


def made(name: str, packages: Iterable[str], fill: Callable[[Path, Iterable[str]], None]) -> Path:
    wanted = sorted(packages)
    digest = hashlib.sha256(repr(wanted).encode()).hexdigest()[:12]
    directory = ROOT / "build" / f"{name}-{digest}"
    directory.parent.mkdir(exist_ok=True)
    with FileLock(directory.with_suffix(".lock")):  # several processes run the tests
        if not (directory / "complete").exists():
            fill(directory, wanted)
            (directory / "complete").touch()
    return directory
