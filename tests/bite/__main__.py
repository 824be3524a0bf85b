"""Prints what bit each breakage; fails when one survives."""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import Any

from tests.bite.breakage import Breakage, Stale, Suite
from tests.bite.run import Bite, bites, red
from tests.projects.project import ROOT, Project, new
from tests.servers import scratch_database


def main() -> int:
    asked = arguments()
    table: Any = import_module(f"tests.bite.{asked.framework}")
    breakages = [each for each in table.BREAKAGES if asked.only in f"{each.path} {each.name}"]
    began = time.monotonic()
    try:
        found = [*shown(every(asked.framework, table.SUITE, breakages, asked.jobs))]
    except Stale as stale:
        sys.exit(f"The table of breakages is wrong: {stale}")
    survivors = [bite.breakage.name for bite in found if bite.red_by is None]
    print(f"\n{len(found)} breakages, {time.monotonic() - began:.0f} s; survived: {len(survivors)}")
    for name in survivors:
        print(f"  {name}")
    return 1 if survivors or not found else 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bite", description=__doc__)
    parser.add_argument("--framework", required=True)
    parser.add_argument("--only", default="", help="breakages whose path or name holds this")
    parser.add_argument("--jobs", type=int, default=2, help="copies of a project at a time")
    return parser.parse_args()


def every(framework: str, suite: Suite, breakages: list[Breakage], jobs: int) -> Iterator[Bite]:
    """One project after the other, made and found green first."""
    in_order = sorted(breakages, key=lambda each: each.project)
    for (example, database), rows in groupby(in_order, key=lambda each: each.project):
        with tempfile.TemporaryDirectory(prefix="bite-") as scratch:
            directory = Path(scratch)
            with scratch_database(database, directory) as url:
                project = made(directory / example, framework, example, database, url)
                if red_by := red(suite, project):
                    raise Stale(f"{example} on {database} is red before it is broken: {red_by}")
                yield from bites(suite, project, [*rows], jobs)


def made(root: Path, framework: str, example: str, database: str, url: str) -> Project:
    project = new(root, ROOT / f"examples/{example}.yaml", framework, database, url)
    project.make("setup")
    return project


def shown(found: Iterator[Bite]) -> Iterator[Bite]:
    print(f"{'breakage':<64} {'seconds':>7}  red by")
    for bite in found:
        print(
            f"{bite.breakage.name:<64} {bite.seconds:>7.1f}  {bite.red_by or 'NOTHING'}", flush=True
        )
        yield bite


if __name__ == "__main__":
    sys.exit(main())
