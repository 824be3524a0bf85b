"""Where no server is named, a project starts the one that its tests need, and leaves nothing of it."""

import tempfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from tests.projects.conftest import FRAMEWORKS
from tests.projects.project import Project

CHOICE = (
    (("express", "open", "postgresql"), ("express", "open", "mysql")),
    tuple(product(FRAMEWORKS, ("open",), ("postgresql", "mysql"))),
)


@pytest.fixture
def open_directory() -> Iterator[Path]:
    """Started by root, a server runs as somebody else, who may not look into those of pytest."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_it_starts_a_server_of_its_own(project: Project, open_directory: Path) -> None:
    printed = project.make("drift", DATABASE_URL="", TMPDIR=str(open_directory))
    assert "make what the" in printed
    # tsx keeps its cache there.
    assert [each for each in open_directory.iterdir() if not each.name.startswith("tsx-")] == []
