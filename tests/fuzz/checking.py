"""A fuzzed project that runs its own checks, in an environment that all of them share."""

import subprocess
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

from backendgen.render import render
from tests.fuzz.batch import SPEC, TOOLCHAINS, Batch
from tests.fuzz.drawing import each_drawn
from tests.fuzz.environment import installed
from tests.fuzz.specs import specs
from tests.migrations.project import DATABASES, TEMPLATE, example, run
from tests.projects.project import Project


@cache
def drawn(framework: str, database: str, count: int) -> list[str]:
    found: list[str] = []
    drawing = specs(database, TOOLCHAINS[framework].settings["framework"])
    each_drawn(drawing, count, lambda _, text: found.append(text))
    return found


def written(root: Path, framework: str, text: str, url: str) -> Project:
    """The project of a spec on disk, ready for its make targets."""
    project = Batch(root, framework).add(1, text)
    subprocess.run(["git", "init", "--quiet"], cwd=project, check=True)
    PREPARE[framework](project, framework)
    return Project(project, project / SPEC, url)


def prepare_python(project: Path, framework: str) -> None:
    (project / ".venv").symlink_to(python_environment(framework))


@cache
def python_environment(framework: str) -> Path:
    packages = {name for database in DATABASES for name in dependencies(framework, database)}
    return installed(f"checks-{framework}", packages)


def dependencies(framework: str, database: str) -> Iterator[str]:
    tree = render(TEMPLATE, {**example("blog"), "framework": framework, "database": database})
    project = tomllib.loads(tree["pyproject.toml"].content.decode())["project"]
    yield from project["dependencies"]
    yield from project["optional-dependencies"]["dev"]


def prepare_node(project: Path, _framework: str) -> None:
    run("make", "--directory", project, "setup")


PREPARE: Mapping[str, Callable[[Path, str], None]] = {
    "fastapi": prepare_python,
    "django": prepare_python,
    "flask": prepare_python,
    "express": prepare_node,
    "express-javascript": prepare_node,
}
