"""Runs the suite by hand: python -m tests.contract --base-url … --spec … [pytest's own options].

Prints a table with a row for each section of the contract; the exit code is pytest's.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

HERE = Path(__file__).parent
COLUMNS = ("passed", "failed", "error", "skipped")


@dataclass
class Tally:
    """Counts results by section while pytest runs."""

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    started: float = field(default_factory=time.perf_counter)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        for item in session.items:
            self.counts.setdefault(section(Path(item.path)), Counter())

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        outcome = result(report)
        if outcome:
            self.counts[section(HERE / Path(report.nodeid.partition("::")[0]).name)][outcome] += 1

    def table(self) -> str:
        total = sum(self.counts.values(), Counter())
        rows = [*sorted(self.counts.items()), ("in all", total)]
        width = max(len(name) for name, _ in rows)
        lines = [" ".join([" " * width, *(f"{name:>8}" for name in COLUMNS)])]
        for name, counts in rows:
            lines.append(" ".join([f"{name:<{width}}", *(f"{counts[c]:>8}" for c in COLUMNS)]))
        return "\n".join([*lines, f"{time.perf_counter() - self.started:.0f} s"])


def result(report: pytest.TestReport) -> str | None:
    """What a report adds to the table; a test has three of them."""
    if report.when == "call":
        return report.outcome
    if report.skipped:
        return "skipped"
    return "error" if report.failed else None


def section(path: Path) -> str:
    """The name of a part of the contract: how the module's docstring begins."""
    text = path.read_text(encoding="utf-8")
    return text.removeprefix('"""').partition(":")[0]


def main(arguments: Sequence[str]) -> int:
    tally = Tally()
    modules = [str(path) for path in sorted(HERE.glob("test_*.py"))]
    flags = ["-q", "-ra", "--tb=short", "-p", "no:cacheprovider"]
    code = pytest.main([*modules, *flags, *arguments], plugins=[tally])
    if tally.counts:
        print(tally.table())
    return int(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
