"""Two commands at once: the second is told to wait, and their changes never mix."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from tests.crash.conftest import CASES, Stage, backendgen, chosen, made
from tests.faults import meanwhile

OTHER = ("add", "resource", "Tag", "name:string:40")


def test_the_second_is_refused_while_the_first_writes(stage: Stage, every: bool) -> None:
    # Before, the first may not have begun: what it asks of the templates is no change of the project.
    begun = stage.changes // 2
    for at in (at for at in chosen(stage.changes, every, some=6) if at > begun):
        stage.reset()
        second = stage.words if stage.old == {} else OTHER
        ended = stage.run(meanwhile(at, partial(stage.then, *second)))
        assert ended.code == 0, ended.said
        refusals = (
            "another backendgen is at work",
            "is not in a backendgen project",
            "is a backendgen project already",
        )
        assert any(refusal in ended.said for refusal in refusals), ended.said
        assert stage.is_whole()
        assert stage.tree == stage.new


def test_of_two_that_start_together_none_is_lost(
    framework: str, home: Path, tmp_path: Path
) -> None:
    root = made(framework, CASES["apply"], tmp_path)
    shutil.copy(root.parent / "spec.yaml", root / "backendgen.yaml")
    names = ("Alpha", "Omega")
    running = [start(root, ("add", "resource", name, "title:string")) for name in names]
    said = [process.communicate()[1] for process in running]
    for name, process, words in zip(names, running, said, strict=True):
        written = any(path.is_file() for path in root.rglob(f"*{name.lower()}s*/*"))
        assert process.returncode == (0 if written else 1), words
        assert written or "another backendgen is at work" in words
    assert backendgen(root, ("check",)).code == 0


def start(root: Path, words: Sequence[str]) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "backendgen", *words],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        stderr=subprocess.PIPE,
        text=True,
    )
