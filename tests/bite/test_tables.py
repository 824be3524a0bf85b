"""The tables speak of the code that is generated today; whether its tests bite, `make bite` says."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bite import TABLES
from tests.bite.breakage import Breakage
from tests.projects.project import ROOT, new


def projects() -> Iterator[tuple[str, str, str]]:
    for framework, table in TABLES.items():
        for example, database in dict.fromkeys(each.project for each in table.breakages):
            yield framework, example, database


def rows(framework: str, example: str, database: str) -> list[Breakage]:
    return [row for row in TABLES[framework].breakages if row.project == (example, database)]


@pytest.mark.parametrize(("framework", "example", "database"), [*projects()])
def test_there_is_something_to_break(
    framework: str, example: str, database: str, tmp_path: Path
) -> None:
    spec = ROOT / f"examples/{example}.yaml"
    root = new(tmp_path / example, spec, framework, database, "").root
    for row in rows(framework, example, database):
        sound = (root / row.path).read_text(encoding="utf-8")
        assert row.broken(sound) != sound, row.name
        assert root.joinpath(row.tests.partition("::")[0]).exists(), row.name


@pytest.mark.parametrize("framework", [*TABLES])
def test_no_two_breakages_are_named_alike(framework: str) -> None:
    names = [row.name for row in TABLES[framework].breakages]
    assert len(names) >= 40
    assert sorted(set(names)) == sorted(names)
