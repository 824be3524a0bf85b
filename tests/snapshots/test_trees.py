"""Whole trees: a case is a directory with `spec.yaml` and the `tree` that `backendgen new` makes of it."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pytest_snapshot.plugin import Snapshot

CASES = sorted(path.parent for path in (Path(__file__).parent / "cases").glob("*/spec.yaml"))
# The version names the template's content, so it changes with every template.
COMMIT = re.compile(rb"^_commit: .*$", re.MULTILINE)


def _new(spec: Path, directory: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "backendgen", "new", directory, "--spec", spec, "--no-input"],
        check=True,
        capture_output=True,
    )


def _tree(directory: Path) -> dict[str, Any]:
    """Directories as nested mappings; what only this run knows is left out."""
    entries = sorted(path for path in directory.iterdir() if path.name != "journal")
    return {each.name: _tree(each) if each.is_dir() else _content(each) for each in entries}


def _content(path: Path) -> bytes:
    content = path.read_bytes()
    is_answers = path.name == ".copier-answers.yml"
    return COMMIT.sub(b"_commit: VERSION", content) if is_answers else content


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_tree(case: Path, tmp_path: Path, snapshot: Snapshot) -> None:
    directory = tmp_path / case.name
    _new(case / "spec.yaml", directory)
    snapshot.snapshot_dir = case
    snapshot.assert_match_dir(_tree(directory), "tree")
