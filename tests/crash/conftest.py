"""Which command starts from which tree. Every framework that is ready gets all of them."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest

from backendgen import releases
from backendgen.__main__ import main
from backendgen.spec import grammar
from tests.faults import Ended, Fault, counted, run
from tests.unit.engine.conftest import snapshot

REPOSITORY = Path(__file__).parents[2]
FRAMEWORKS = tuple(each.name for each in grammar.FRAMEWORKS.values() if not each.missing)
SPEC = """\
name: demo
auth: none
resources:
  Note:
    fields:
      title: string:200:index
"""
TAG = "  Tag:\n    fields:\n      name: string:40:unique\n      notes: many:Note\n"
ADD = ("add", "resource", "Review", "stars:int:min=1:max=5", "note:ref:Note:cascade")
# What the older templates have instead: a file less, a file more, and other lines in one of them.
ONLY_NEWER = ".dockerignore"
ONLY_OLDER = "retired/deep/old.txt"
REWRITTEN = "README.md.jinja"


@dataclass(frozen=True)
class Case:
    """A command; `before` are those that make the tree from which it starts."""

    words: Sequence[str]
    before: Sequence[Sequence[str]] = ()
    prepare: Callable[[Path], None] = lambda root: None
    older: bool = False
    """The project is made with the older templates."""


def by_hand(root: Path) -> None:
    with (root / "backendgen.yaml").open("a") as spec:
        spec.write(TAG)


def edited(root: Path) -> None:
    with (root / "README.md").open("a") as text:
        text.write("\nOurs.\n")
    (root / "retired").chmod(0o750)


NEW = ("new", ".", "--spec", "../spec.yaml", "--no-input")
CASES: Mapping[str, Case] = {
    "new": Case(NEW),
    "add resource": Case(ADD, [NEW]),
    "apply": Case(("apply",), [NEW], by_hand),
    "undo": Case(("undo",), [NEW, ADD]),
    "undo of new": Case(("undo", "--yes"), [NEW]),
    "update": Case(("update",), [NEW], edited, older=True),
}


@dataclass(frozen=True)
class Stage:
    """A case, ready to be run from the same tree as often as is wanted."""

    root: Path
    spare: Path
    words: Sequence[str]
    old: Mapping[str, tuple[bytes, int]]
    new: Mapping[str, tuple[bytes, int]]
    changes: int

    def reset(self) -> None:
        shutil.rmtree(self.root)
        shutil.copytree(self.spare, self.root)

    def run(self, fault: Fault) -> Ended:
        return backendgen(self.root, self.words, fault)

    def then(self, *words: str) -> Ended:
        return backendgen(self.root, words or self.words)

    def is_whole(self) -> bool:
        """The old tree or the new one, and nothing left that a next command would have to do."""
        left = [
            *self.root.glob(".backendgen/journal/*.pending"),
            *self.root.glob("**/.*.backendgen-new"),
        ]
        return left == [] and self.tree in (self.old, self.new)

    @property
    def tree(self) -> Mapping[str, tuple[bytes, int]]:
        return snapshot(self.root)


def backendgen(root: Path, words: Sequence[str], fault: Fault | None = None) -> Ended:
    """The command from argv to exit code. What it needs is loaded before, as a start takes long."""

    def command() -> int:
        os.chdir(root)
        sys.argv = ["backendgen", *words]
        return main()

    return run(command, fault or counted())


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Nobody's home, and templates that no release of this repository changes."""
    directory = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(directory))
        patch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("temporary")))
        patch.delenv("XDG_CACHE_HOME", raising=False)
        patch.setattr(releases, "CHECKOUT", templates(tmp_path_factory.mktemp("newer")))
        yield directory


def templates(root: Path) -> Path:
    root.mkdir(exist_ok=True)
    shutil.copy(REPOSITORY / "copier.yml", root)
    shutil.copytree(REPOSITORY / "templates", root / "templates", symlinks=True)
    return root


def age(checkout: Path, framework: str) -> None:
    template = checkout / "templates" / framework
    for path in template.glob(f"{ONLY_NEWER}*"):
        path.unlink()
    (template / ONLY_OLDER).parent.mkdir(parents=True)
    (template / ONLY_OLDER).write_text("old\n")
    rewritten = template / REWRITTEN
    rewritten.write_text("An older line.\n\n" + rewritten.read_text())


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "framework" in metafunc.fixturenames:
        metafunc.parametrize("framework", FRAMEWORKS, scope="session")
    if "case" in metafunc.fixturenames:
        # What starts from the same tree runs in one process.
        rows = [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in CASES]
        metafunc.parametrize("case", rows, scope="session")


@pytest.fixture(scope="session")
def stage(framework: str, case: str, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    chosen_case = CASES[case]
    root = made(framework, chosen_case, tmp_path_factory.mktemp("stage"))
    spare = Path(shutil.copytree(root, root.with_name("spare")))
    old = snapshot(root)
    warm_up(root, [*chosen_case.words, "--dry-run"])
    done = expect_done(backendgen(root, chosen_case.words))
    return Stage(root, spare, chosen_case.words, old, snapshot(root), done.changes)


def made(framework: str, case: Case, directory: Path) -> Path:
    """The tree from which a case starts."""
    (directory / "spec.yaml").write_text(f"framework: {framework}\n{SPEC}")
    root = directory / "project"
    root.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        if case.older:
            older = templates(directory / "older")
            age(older, framework)
            patch.setattr(releases, "CHECKOUT", older)
        for words in case.before:
            expect_done(backendgen(root, words))
    case.prepare(root)
    return root


def warm_up(root: Path, words: Sequence[str]) -> None:
    """In this process, from which the others start with all that has been loaded."""
    with (
        pytest.MonkeyPatch.context() as patch,
        chdir(root),
        redirect_stdout(StringIO()),
        redirect_stderr(StringIO()),
    ):
        patch.setattr(sys, "argv", ["backendgen", *words])
        assert main() == 0


def expect_done(ended: Ended) -> Ended:
    assert ended.code == 0, ended.said
    return ended


def chosen(changes: int, every: bool, some: int = 16) -> list[int]:
    """At which changes something happens: at all, or at some and at the last ones."""
    step = 1 if every else max(1, changes // some)
    return sorted({*range(1, changes + 1, step), *range(max(1, changes - 3), changes + 1)})


@pytest.fixture(scope="session")
def every(pytestconfig: pytest.Config) -> bool:
    return bool(pytestconfig.getoption("--every-combination"))
