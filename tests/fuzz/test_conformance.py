"""A served project does what its OpenAPI document says, whatever it is sent."""

from pathlib import Path

import pytest

from tests.fuzz.checking import PREPARE
from tests.fuzz.conformance import findings
from tests.projects.conftest import FRAMEWORKS
from tests.projects.project import ROOT, new
from tests.servers import scratch_database

RUNS = tuple(
    (framework, example, database, role)
    for framework in FRAMEWORKS
    for example in ("all-types", "shop")
    for database in ("sqlite", "postgresql")
    for role in ("user", "admin")
)
SHORT = (("fastapi", "shop", "sqlite", "user"),)
ALL = ("--max-examples", "300")
FEW = ("--max-examples", "4", "--phases", "coverage,fuzzing", "--mode", "positive")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    every = metafunc.config.getoption("--every-combination")
    runs, options = (RUNS, ALL) if every else (SHORT, FEW)
    marks = [pytest.mark.xdist_group("-".join(run)) for run in runs]
    rows = [
        pytest.param(*run, options, marks=[mark]) for run, mark in zip(runs, marks, strict=True)
    ]
    metafunc.parametrize(("framework", "example", "database", "role", "options"), rows)


def test_it_keeps_its_openapi_document(
    framework: str,
    example: str,
    database: str,
    role: str,
    options: tuple[str, ...],
    tmp_path: Path,
) -> None:
    with scratch_database(database, tmp_path) as url:
        spec = ROOT / "examples" / f"{example}.yaml"
        project = new(tmp_path / example, spec, framework, database, url)
        PREPARE[framework](project.root, framework)
        project.make("migrate")
        assert findings(project, role, *options) == ""
