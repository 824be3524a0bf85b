"""Which example is generated with which framework for which database; each is made and installed once in a run."""

from collections.abc import Iterator
from itertools import product

import pytest
from _pytest.mark import ParameterSet

from backendgen.spec import grammar
from tests.projects.project import ROOT, STYLES, Project, new
from tests.servers import scratch_database

Combination = tuple[str, str, str]

FRAMEWORKS = tuple(each.name for each in grammar.FRAMEWORKS.values() if not each.missing)
EXAMPLES = ("blog", "shop", "all-types", "open")
DATABASES = ("sqlite", "postgresql", "mysql")
EVERY_COMBINATION = (
    *product(FRAMEWORKS, EXAMPLES, DATABASES),
    *product(STYLES, ("blog", "shop"), DATABASES),
)
# One of each kind that is quick; `make test-all` runs every combination.
COMBINATIONS = (
    ("fastapi", "blog", "sqlite"),
    ("fastapi", "open", "sqlite"),
    ("fastapi", "shop", "mysql"),
    ("flask", "blog", "sqlite"),
    ("django", "blog", "sqlite"),
    ("express", "blog", "sqlite"),
    ("express-javascript", "blog", "sqlite"),
    ("express-javascript", "open", "sqlite"),
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "combination" in metafunc.fixturenames:
        every = metafunc.config.getoption("--every-combination")
        quick, whole = getattr(metafunc.module, "CHOICE", (COMBINATIONS, EVERY_COMBINATION))
        chosen = whole if every else quick
        metafunc.parametrize("combination", [*map(_parameter, chosen)], scope="session")


def _parameter(combination: Combination) -> ParameterSet:
    name = "-".join(combination)
    return pytest.param(combination, id=name, marks=pytest.mark.xdist_group(name))


@pytest.fixture(scope="session")
def project(
    combination: Combination, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Project]:
    framework, example, database = combination
    directory = tmp_path_factory.mktemp("-".join(combination))
    with scratch_database(database, directory) as url:
        spec = ROOT / "examples" / f"{example}.yaml"
        made = new(directory / example, spec, framework, database, url)
        made.make("setup")
        yield made
