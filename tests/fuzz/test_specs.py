"""Whatever a valid spec says, its project compiles, is formatted and lint-clean, and tests itself."""

from itertools import product
from pathlib import Path

import pytest

from tests.fuzz.batch import TOOLCHAINS, Batch
from tests.fuzz.checking import PREPARE, drawn, written
from tests.fuzz.drawing import each_drawn
from tests.fuzz.specs import specs
from tests.migrations.project import DATABASES
from tests.servers import scratch_database

FEW, MANY = 8, 500
ODD = sorted(Path(__file__).with_name("odd").glob("*.yaml"))
"""Specs with all that was found wrong before."""
CHECKED = 20


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    every = metafunc.config.getoption("--every-combination")
    if "count" in metafunc.fixturenames:
        metafunc.parametrize("count", [MANY if every else FEW])
    if "number" in metafunc.fixturenames:
        total = CHECKED if every else 1
        share = -(-total // len(DATABASES))
        spread = [
            (number, share, database) for number, database in product(range(share), DATABASES)
        ]
        metafunc.parametrize(("number", "share", "database"), spread[:total])
        metafunc.parametrize("framework", PREPARE if every else ["fastapi"])


@pytest.mark.parametrize("framework", TOOLCHAINS)
def test_projects_compile_and_are_formatted_and_clean(
    framework: str, count: int, tmp_path: Path
) -> None:
    batch = Batch(tmp_path, framework)
    for number, path in enumerate(ODD, MANY + 1):
        batch.add(number, path.read_text("utf-8"))
    each_drawn(specs(framework=batch.toolchain.settings["framework"]), count, batch.add)
    assert batch.complaints() == []


def test_a_project_passes_its_own_checks(
    framework: str, number: int, share: int, database: str, tmp_path: Path
) -> None:
    with scratch_database(database, tmp_path) as url:
        text = drawn(framework, database, share)[number]
        project = written(tmp_path, framework, text, url)
        assert " passed" in project.make("check")
