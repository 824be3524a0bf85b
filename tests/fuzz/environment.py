"""Virtual environments that are made once and kept in build/."""

import hashlib
import sys
from collections.abc import Iterable
from pathlib import Path

from filelock import FileLock

from tests.migrations.project import ROOT, run


def installed(name: str, packages: Iterable[str]) -> Path:
    """The directory of an environment that has just these packages."""
    wanted = sorted(packages)
    digest = hashlib.sha256(repr(wanted).encode()).hexdigest()[:12]
    directory = ROOT / "build" / f"{name}-{digest}"
    directory.parent.mkdir(exist_ok=True)
    with FileLock(directory.with_suffix(".lock")):  # several processes run the tests
        if not (directory / "complete").exists():
            run(sys.executable, "-m", "venv", "--clear", directory)
            run(directory / "bin/pip", "install", "--quiet", "--disable-pip-version-check", *wanted)
            (directory / "complete").touch()
    return directory
