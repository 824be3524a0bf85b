"""The contract side by side: one example on every framework and database, in one table.

A row for each section of the contract, with the tests that passed of those that ran. Below it, each
test that does not end the same everywhere, and where an OpenAPI document differs from the first one.
The exit code is 1 when anything differs or has failed.
"""

import argparse
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from tests.contract.__main__ import HERE, section
from tests.contract.normalise import Json, differences, load, normalise
from tests.projects.conftest import DATABASES, EXAMPLES, FRAMEWORKS
from tests.projects.contract import LIMITED, ORDINARY, contract
from tests.projects.project import ROOT, new
from tests.servers import scratch_database

Outcomes = Mapping[tuple[str, str], str]
"""Of each test, by the section it belongs to and its name."""


@dataclass(frozen=True)
class Column:
    framework: str
    database: str
    outcomes: Outcomes
    document: Json

    def __str__(self) -> str:
        return f"{self.framework}\n{self.database}"


def main() -> int:
    asked = arguments()
    with ThreadPoolExecutor(asked.jobs) as pool:
        pairs = [*product(asked.framework, asked.database)]
        columns = [*pool.map(partial(measured, asked.example), *zip(*pairs, strict=True))]
    Console(width=30 + 14 * len(columns)).print(table(asked.example, columns))
    wrong = [*uneven(columns), *failed(columns), *other_documents(columns)]
    print("\n".join(wrong or ["no test and no OpenAPI document differs"]))
    return 1 if wrong else 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.projects", description=__doc__)
    parser.add_argument("--example", choices=EXAMPLES, default="shop")
    parser.add_argument("--framework", action="append", choices=FRAMEWORKS, help="all if not said")
    parser.add_argument("--database", action="append", choices=DATABASES, help="all if not said")
    parser.add_argument("--jobs", type=int, default=2, help="how many projects at a time")
    asked = parser.parse_args()
    asked.framework = asked.framework or [*FRAMEWORKS]
    asked.database = asked.database or [*DATABASES]
    return asked


def measured(example: str, framework: str, database: str) -> Column:
    with TemporaryDirectory(prefix="contract-") as name:
        directory = Path(name)
        spec = ROOT / "examples" / f"{example}.yaml"
        with scratch_database(database, directory) as url:
            project = new(directory / example, spec, framework, database, url)
            project.make("setup", "openapi")
            found: dict[tuple[str, str], str] = {}
            for run in (ORDINARY, LIMITED):
                report = directory / "report.xml"
                done = contract(project, run, f"--junitxml={report}")
                if not report.is_file():
                    raise RuntimeError(done.stdout + done.stderr)
                found |= outcomes(report)
                report.unlink()
        return Column(framework, database, found, normalise(load(f"{project.root}/openapi.json")))


def outcomes(report: Path) -> Outcomes:
    """Those that were deselected are in none."""
    cases = ET.parse(report).getroot().iter("testcase")
    return {(section(module(case)), case.attrib["name"]): outcome(case) for case in cases}


def module(case: ET.Element) -> Path:
    return HERE / f"{case.attrib['classname'].rpartition('.')[2]}.py"


def outcome(case: ET.Element) -> str:
    told = {child.tag for child in case} & {"failure", "error", "skipped"}
    return told.pop() if told else "passed"


def table(example: str, columns: list[Column]) -> Table:
    shown = Table("contract", *map(str, columns), title=example)
    for name in sorted({part for column in columns for part, _ in column.outcomes}):
        shown.add_row(name, *(share(column, name) for column in columns))
    shown.add_row("in all", *(share(column) for column in columns))
    return shown


def share(column: Column, only: str | None = None) -> str:
    counts = Counter(
        result for (part, _), result in column.outcomes.items() if only in {None, part}
    )
    ran = counts.total() - counts["skipped"]
    return f"{counts['passed']} of {ran}"


def uneven(columns: list[Column]) -> Iterator[str]:
    for test in sorted({test for column in columns for test in column.outcomes}):
        results = {column.outcomes.get(test, "missing") for column in columns}
        if len(results) > 1:
            each = (
                f"{c.framework} {c.database} {c.outcomes.get(test, 'missing')}" for c in columns
            )
            yield f"{' '.join(test)}: {', '.join(each)}"


def failed(columns: list[Column]) -> Iterator[str]:
    for column in columns:
        for test, result in column.outcomes.items():
            if result in {"failure", "error"}:
                yield f"{column.framework} {column.database}: {' '.join(test)}: {result}"


def other_documents(columns: list[Column]) -> Iterator[str]:
    first = columns[0]
    for column in columns[1:]:
        for difference in differences(first.document, column.document):
            yield f"{first.framework} and {column.framework}, {column.database}: {difference}"


if __name__ == "__main__":
    sys.exit(main())
