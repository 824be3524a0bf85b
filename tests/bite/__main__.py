"""Prints which test bit each breakage; fails when one survives."""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest

from tests.bite import TABLES
from tests.bite.breakage import Breakage, Stale, Table
from tests.bite.run import Bite, bites, red
from tests.projects.project import ROOT, new
from tests.servers import scratch_database

Rows = list[Breakage]


def main() -> int:
    asked = arguments()
    began = time.monotonic()
    found = [
        shown(bite)
        for framework in asked.framework
        for bite in every(framework, asked.only, asked.jobs)
    ]
    survivors = [bite for bite in found if bite.red_by is None]
    print(f"{len(found)} breakages in {time.monotonic() - began:.0f} s, {len(survivors)} survived")
    for bite in survivors:
        print(f"\n{bite.breakage.name} ({bite.breakage.path}): {bite.trouble or 'no test is red'}")
    return 1 if survivors or not found else 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bite", description=__doc__)
    parser.add_argument("--framework", action="append", choices=TABLES, help="all if not said")
    parser.add_argument("--only", default="", help="breakages whose path or name holds this")
    parser.add_argument(
        "--jobs", type=int, default=2, help="how many copies of a project at a time"
    )
    asked = parser.parse_args()
    asked.framework = asked.framework or [*TABLES]
    return asked


def every(framework: str, only: str, jobs: int) -> Iterator[Bite]:
    """One project after the other; those that need a database that is not there are left out."""
    table = TABLES[framework]
    rows = [each for each in table.breakages if only in f"{each.path}: {each.name}"]
    for (example, database), group in groupby(rows, key=lambda each: each.project):
        try:
            yield from on_one(table, framework, example, database, [*group], jobs)
        except pytest.skip.Exception as skipped:
            if os.environ.get("CI"):
                raise
            print(f"not broken: {example} on {database}: {skipped}")


def on_one(
    table: Table, framework: str, example: str, database: str, rows: Rows, jobs: int
) -> Iterator[Bite]:
    """Its tests are green before anything is broken, else their red would say nothing."""
    with tempfile.TemporaryDirectory(prefix="bite-") as scratch:
        directory = Path(scratch)
        with scratch_database(database, directory) as url:
            spec = ROOT / f"examples/{example}.yaml"
            project = new(directory / example, spec, framework, database, url)
            project.make("setup")
            print(f"\n{framework}, {example} on {database}", flush=True)
            if red_by := red(table, project):
                raise Stale(f"{example} on {database} is red before it is broken: {red_by}")
            yield from bites(table, project, rows, jobs)


def shown(bite: Bite) -> Bite:
    outcome = bite.red_by or ("TROUBLE" if bite.trouble else "SURVIVED")
    print(f"{bite.seconds:6.1f} s  {bite.breakage.name:<58}  {outcome}", flush=True)
    return bite


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Stale as stale:
        sys.exit(str(stale))
