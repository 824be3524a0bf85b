"""Whatever a spec file or a command line holds: a sentence, an exit code, and nothing written on a refusal."""

import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.fuzz.drawing import each_drawn
from tests.fuzz.inputs import command_lines, is_argument, spec_files
from tests.fuzz.sandbox import REFUSED, Ran, Sandbox
from tests.migrations.project import ROOT

FEW, MANY = 150, 1000
REAL = 20
"""So many inputs for one that is given to a process of its own."""
NEW = ("new", "made", "--spec", "spec.yaml", "--no-input")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "count" in metafunc.fixturenames:
        every = metafunc.config.getoption("--every-combination")
        metafunc.parametrize("count", [MANY if every else FEW])


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    root, home = tmp_path / "root", tmp_path / "home"
    cwd = root / "outer/inner/here"
    cwd.mkdir(parents=True)
    home.mkdir()
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    return Sandbox(root, cwd, environment)


def test_spec_files(sandbox: Sandbox, count: int) -> None:
    found: list[object] = []

    def use(_: int, content: bytes) -> None:
        (sandbox.cwd / "spec.yaml").write_bytes(content)
        found.extend((content, problem) for problem in problems(sandbox, NEW))

    each_drawn(spec_files(), count, use)
    assert found == []


def test_command_lines(sandbox: Sandbox, count: int) -> None:
    """Two of three in a project, the third beside it."""
    shutil.copy(ROOT / "examples/blog.yaml", sandbox.cwd / "spec.yaml")
    assert sandbox.run(*NEW).code == 0
    inside = Sandbox(sandbox.root, sandbox.cwd / "made", sandbox.environment)
    kept = shutil.copytree(inside.cwd, sandbox.root.with_name("kept"), symlinks=True)
    before = sandbox.paths()
    found: list[object] = []

    def use(number: int, words: Sequence[str]) -> None:
        place = inside if number % 3 else sandbox
        found.extend((words, problem) for problem in problems(place, words))
        if sandbox.paths() != before:
            shutil.rmtree(inside.cwd)
            shutil.copytree(kept, inside.cwd, symlinks=True)

    each_drawn(command_lines(), count, use)
    assert found == []


def test_command_lines_of_real_processes(sandbox: Sandbox, count: int) -> None:
    found: list[object] = []

    def use(_: int, words: Sequence[str]) -> None:
        words = [*filter(is_argument, words)]
        before = sandbox.paths()
        found.extend((words, flaw) for flaw in in_a_process(sandbox, words).flaws())
        sandbox.restore(before)

    each_drawn(command_lines(), count // REAL, use)
    assert found == []


def in_a_process(sandbox: Sandbox, words: Sequence[str]) -> Ran:
    done = subprocess.run(
        [sys.executable, "-m", "backendgen", *words],
        cwd=sandbox.cwd,
        env=sandbox.environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return Ran(words, done.returncode, done.stdout.decode(), done.stderr.decode())


def problems(sandbox: Sandbox, words: Sequence[str]) -> Iterator[str]:
    """What went wrong, and what was written that should not be; what is new is gone afterwards."""
    before = sandbox.paths()
    done = sandbox.run(*words)
    yield from (f"{flaw}: {done.out[-300:]}{done.err[-300:]}" for flaw in done.flaws())
    after = sandbox.paths()
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    if done.code in REFUSED and changed:
        yield f"exit code {done.code} and written: {sorted(changed)[:3]}"
    if strays := changed - {path for path in changed if is_in_one_project(path, changed)}:
        yield f"written outside of a project: {sorted(strays)[:3]}"
    sandbox.restore(before)


def is_in_one_project(path: str, changed: set[str]) -> bool:
    """All that a command writes is below one directory."""
    top = min(changed, key=len)
    return path == top or path.startswith(f"{top}/") or "/made/" in path
