"""Breaks copies of a project and runs their tests."""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from queue import SimpleQueue

from tests.bite.breakage import Breakage, Stale, Table
from tests.projects.project import Project

SECONDS = 900
GREEN, RED = 0, 1


@dataclass(frozen=True)
class Bite:
    """What came of a breakage: the test that went red, or None where it survived.

    `trouble` is why the row itself is wrong.
    """

    breakage: Breakage
    seconds: float
    red_by: str | None = None
    trouble: str | None = None


def bites(
    table: Table, project: Project, breakages: Iterable[Breakage], jobs: int
) -> Iterator[Bite]:
    """In the order of the table. Each job has a copy of the project for itself."""
    copies: SimpleQueue[Project] = SimpleQueue()
    for number in range(jobs):
        copies.put(copy_of(project, f"copy-{number}", table.installed))

    def bite(breakage: Breakage) -> Bite:
        copy = copies.get()
        try:
            return bitten(table, copy, breakage)
        finally:
            copies.put(copy)

    with ThreadPoolExecutor(jobs) as pool:
        yield from pool.map(bite, breakages)


def copy_of(project: Project, name: str, installed: str) -> Project:
    root = project.root.with_name(name)
    left = shutil.ignore_patterns(installed, "__pycache__", ".git")
    shutil.copytree(project.root, root, ignore=left)
    (root / installed).symlink_to(project.root / installed)
    return replace(project, root=root)


def bitten(table: Table, project: Project, breakage: Breakage) -> Bite:
    """By the tests that should notice, else by any of them."""
    began = time.monotonic()
    red_by = trouble = None
    try:
        with breakage.applied(project.root):
            red_by = red(table, project, breakage.tests) or red(table, project)
    except Stale as stale:
        trouble = str(stale)
    return Bite(breakage, time.monotonic() - began, red_by, trouble)


def red(table: Table, project: Project, *tests: str) -> str | None:
    """The first test that fails. A project that does not even load proves nothing of its tests."""
    status, printed = run(project, *table.command, *tests)
    if status == GREEN:
        return None
    found = re.search(table.red, printed, re.MULTILINE)
    if status != RED or found is None:
        raise Stale(f"{' '.join(tests)} exited {status}:\n{printed[-2000:]}")
    return found[1]


def run(project: Project, *command: str) -> tuple[int, str]:
    process = subprocess.Popen(
        command,
        cwd=project.root,
        # A file that changes twice in a second must not be known by what was compiled of it.
        env={**project.env, "PYTHONDONTWRITEBYTECODE": "1"},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        printed, _ = process.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        printed, _ = process.communicate()
        raise Stale(f"{' '.join(command)} hung:\n{printed[-2000:]}") from None
    return process.returncode, printed
