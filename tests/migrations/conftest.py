from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.migrations.project import DATABASES, Project
from tests.servers import scratch_database

EXAMPLES = ("blog", "shop", "all-types", "open")
LARGE = {"shop", "all-types"}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every database, for a test that names none itself."""
    named = metafunc.definition.iter_markers("parametrize")
    if "example_name" in metafunc.fixturenames:
        every: bool = metafunc.config.getoption("--every-combination")
        metafunc.parametrize(("database", "example_name"), combinations(every=every))
    elif "database" in metafunc.fixturenames and not any(
        "database" in mark.args[0] for mark in named
    ):
        metafunc.parametrize("database", DATABASES)


def combinations(*, every: bool) -> list[tuple[str, str]]:
    """SQLite with each example; the servers with those that hold everything, unless all are asked for."""
    return [
        (database, example)
        for database in DATABASES
        for example in EXAMPLES
        if every or database == "sqlite" or example in LARGE
    ]


@pytest.fixture
def project(database: str, tmp_path: Path) -> Iterator[Project]:
    """An empty directory and an empty database."""
    root = tmp_path / "project"
    root.mkdir()
    with scratch_database(database, tmp_path) as url:
        yield Project(root, url)
