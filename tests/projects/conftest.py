"""Which example is generated for which database; each is made and installed once in a run."""

from collections.abc import Iterator

import pytest
from _pytest.mark import ParameterSet

from tests.projects.project import ROOT, Project, new
from tests.servers import scratch_database

EXAMPLES = ("blog", "shop", "all-types", "open")
DATABASES = ("sqlite", "postgresql", "mysql")
EVERY_COMBINATION = tuple((example, database) for example in EXAMPLES for database in DATABASES)
# One of each kind that is quick; `make test-all` runs every combination.
COMBINATIONS = (("blog", "sqlite"), ("open", "sqlite"), ("shop", "mysql"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "combination" in metafunc.fixturenames:
        every = metafunc.config.getoption("--every-combination")
        chosen = EVERY_COMBINATION if every else COMBINATIONS
        metafunc.parametrize("combination", [*map(_parameter, chosen)], scope="session")


def _parameter(combination: tuple[str, str]) -> ParameterSet:
    name = "-".join(combination)
    return pytest.param(combination, id=name, marks=pytest.mark.xdist_group(name))


@pytest.fixture(scope="session")
def project(
    combination: tuple[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Project]:
    example, database = combination
    directory = tmp_path_factory.mktemp(f"{example}-{database}")
    with scratch_database(database, directory) as url:
        made = new(directory / example, ROOT / "examples" / f"{example}.yaml", database, url)
        made.make("setup")
        yield made
