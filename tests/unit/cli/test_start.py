"""What is cheap to answer is answered without loading anything."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from backendgen import __version__

from .conftest import REPOSITORY, Backendgen

HEAVY = {"typer", "rich", "jinja2", "yaml", "copier", "sqlalchemy", "alembic", "questionary"}


def loaded(*words: str) -> set[str]:
    """The packages that a command imports."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "backendgen", *words],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in lines}


@pytest.mark.parametrize("words", [("--version",), ("-V",), ("--help",), (), ("add", "--help")])
def test_version_and_overview_load_no_library(words: tuple[str, ...]) -> None:
    assert loaded(*words) & HEAVY == set()


def test_no_command_loads_copier_or_a_database_library_to_parse() -> None:
    found = loaded("add", "resource", "--help")
    assert found & {"copier", "sqlalchemy", "alembic", "questionary", "rich"} == set()


def test_the_version_is_told(tmp_path: Path, run: Backendgen) -> None:
    assert run("--version", cwd=tmp_path).out == f"backendgen {__version__}\n"


def test_the_shell_completes_commands(environment: Mapping[str, str]) -> None:
    asked = {
        "_BACKENDGEN_COMPLETE": "complete_bash",
        "COMP_WORDS": "backendgen a",
        "COMP_CWORD": "1",
    }
    done = subprocess.run(
        [sys.executable, "-m", "backendgen"],
        env={**environment, **asked},
        capture_output=True,
        text=True,
        check=False,
    )
    assert set(done.stdout.split()) == {"add", "apply"}
