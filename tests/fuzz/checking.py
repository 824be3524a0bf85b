"""A fuzzed project that runs its own checks, in an environment that all of them share."""

import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from backendgen.render import render
from tests.fuzz.batch import SPEC, Batch
from tests.fuzz.drawing import each_drawn
from tests.fuzz.environment import installed
from tests.fuzz.specs import specs
from tests.migrations.project import DATABASES, TEMPLATE, example
from tests.projects.project import Project


@cache
def drawn(framework: str, database: str, count: int) -> list[str]:
    found: list[str] = []
    each_drawn(specs(database, framework), count, lambda _, text: found.append(text))
    return found


def written(root: Path, framework: str, text: str, url: str) -> Project:
    """The project of a spec on disk, ready for its make targets."""
    project = Batch(root, framework).add(1, text)
    subprocess.run(["git", "init", "--quiet"], cwd=project, check=True)
    PREPARE[framework](project)
    return Project(project, project / SPEC, url)


def prepare_python(project: Path) -> None:
    (project / ".venv").symlink_to(python_environment())


@cache
def python_environment() -> Path:
    packages = {name for database in DATABASES for name in dependencies(database)}
    return installed("checks", packages)


def dependencies(database: str) -> Iterator[str]:
    tree = render(TEMPLATE, {**example("blog"), "database": database})
    project = tomllib.loads(tree["pyproject.toml"].content.decode())["project"]
    yield from project["dependencies"]
    yield from project["optional-dependencies"]["dev"]


PREPARE = {"fastapi": prepare_python}
