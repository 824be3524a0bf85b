"""Two wheels of different templates in environments and homes of their own, and a project that goes from one to the other."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.copier.conftest import commit, files, git

REPOSITORY = Path(__file__).parents[2]
PARTS = ("backendgen", "templates", "releases", "copier.yml", "pyproject.toml", "README.md")
FRAMEWORKS = ("fastapi", "flask")
# Later than any release of this repository, which the wheels hold too.
FIRST, SECOND = "998.0.0", "999.0.0"
SPEC = """\
name: demo
auth: none
resources:
  Note:
    fields:
      title: string:200:index
"""
ADD = ("add", "resource", "Review", "stars:int:min=1:max=5", "note:ref:Note:cascade")
ANSWERED = "'language'] %}"
RESOURCE = "            id=resource.id,\n"


@dataclass(frozen=True)
class Machine:
    """A home, and the environment in which one wheel is installed."""

    python: Path
    home: Path

    def run(self, root: Path, *words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [str(self.python), *words],
            cwd=root,
            # Nothing there leads to a network.
            env={"PATH": os.environ["PATH"], "HOME": str(self.home), "ALL_PROXY": "http://[::1]:9"},
            text=True,
            capture_output=True,
            check=False,
        )

    def backendgen(self, root: Path, *words: str) -> str:
        return done(self.run(root, "-m", "backendgen", *words))

    def copier_update(self, root: Path) -> str:
        return done(self.run(root, "-m", "copier", "update", "--defaults", "--quiet"))

    def refused(self, root: Path, *words: str) -> str:
        ended = self.run(root, "-m", "backendgen", *words)
        assert ended.returncode == 1, ended.stdout
        assert "Traceback" not in ended.stderr
        assert "bug" not in ended.stderr
        return ended.stderr


def done(ended: "subprocess.CompletedProcess[str]") -> str:
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


# ---------------------------------------------------------------- two releases
def first(checkout: Path, framework: str) -> None:
    """What only the first release has: a question, a file."""
    ask(checkout, "colour", "red")
    template = checkout / "templates" / framework
    (template / "OLDER.md").write_text("Only in the first.\n")
    (template / ".dockerignore.jinja").rename(checkout / "put-aside")


def second(checkout: Path, framework: str) -> None:
    """Drops what the first had, and asks and records something else."""
    shutil.copy(REPOSITORY / "copier.yml", checkout)
    shutil.copy(REPOSITORY / "templates/_shared/answers.jinja", checkout / "templates/_shared")
    ask(checkout, "size", "large")
    template = checkout / "templates" / framework
    (template / "OLDER.md").unlink()
    (checkout / "put-aside").rename(template / ".dockerignore.jinja")
    change(template / "README.md.jinja", lambda text: "A newer line.\n\n" + text)
    change(
        checkout / "backendgen/answers.py",
        after(RESOURCE, RESOURCE + "            cached=False,\n"),
    )


def ask(checkout: Path, name: str, default: str) -> None:
    question = f"\n{name}: {{type: str, ask: false, default: {default}}}\n"
    change(checkout / "copier.yml", lambda text: text + question)
    answered = ANSWERED.replace("]", f", '{name}']")
    change(checkout / "templates/_shared/answers.jinja", after(ANSWERED, answered))


def after(place: str, text: str) -> Callable[[str], str]:
    def changed(content: str) -> str:
        assert content.count(place) == 1, place
        return content.replace(place, text)

    return changed


def copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, target)


def change(path: Path, how: Callable[[str], str]) -> None:
    path.write_text(how(path.read_text()))


def released(checkout: Path, version: str, directory: Path) -> Path:
    """The wheel of a release, made as anybody would make it."""
    (checkout / "backendgen/__init__.py").write_text(
        f'VERSION = "{version}"\n__version__ = VERSION\n'
    )
    environment = {**os.environ, "PYTHONPATH": str(checkout), "HOME": str(directory)}
    release = [sys.executable, str(REPOSITORY / "scripts/release.py"), version]
    subprocess.run(release, env=environment, check=True, capture_output=True)
    build = (*("wheel", "--quiet", "--no-deps", "--no-build-isolation"), "--wheel-dir", directory)
    pip(*map(str, build), str(checkout))
    (wheel,) = directory.glob(f"backendgen-{version}-*.whl")
    return wheel


def pip(*words: str) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *words]
    subprocess.run(command, check=True, capture_output=True)


def installed(wheel: Path, directory: Path) -> Path:
    """Its Python; the libraries are those of this environment, so that none is fetched."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", directory], check=True)
    python = directory / "bin" / "python"
    pip("--python", str(python), "install", "--quiet", "--no-deps", "--no-index", str(wheel))
    (packages,) = directory.glob("lib/python*/site-packages")
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


@pytest.fixture(scope="module", params=FRAMEWORKS)
def framework(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def pythons(framework: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    directory = tmp_path_factory.mktemp("releases")
    checkout = directory / "checkout"
    checkout.mkdir()
    for part in PARTS:
        copy(REPOSITORY / part, checkout / part)
    found = []
    for version, edit in ((FIRST, first), (SECOND, second)):
        edit(checkout, framework)
        wheel = released(checkout, version, directory)
        found.append(installed(wheel, directory / version))
    return found[0], found[1]


Machines = Callable[[int], Machine]


@pytest.fixture
def machines(pythons: tuple[Path, Path], tmp_path: Path) -> Machines:
    """A new machine each time, with the first release or the second."""
    homes: Iterator[int] = iter(range(100))

    def machine(release: int) -> Machine:
        home = tmp_path / f"home-{next(homes)}"
        home.mkdir()
        return Machine(pythons[release - 1], home)

    return machine


@pytest.fixture(scope="module")
def made(
    pythons: tuple[Path, Path], framework: str, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Made with the first release, grown, edited by hand, committed."""
    directory = tmp_path_factory.mktemp("made")
    machine = Machine(pythons[0], directory)
    (directory / "spec.yaml").write_text(f"framework: {framework}\n{SPEC}")
    machine.backendgen(directory, "new", "demo", "--spec", "spec.yaml", "--no-input")
    root = directory / "demo"
    machine.backendgen(root, *ADD)
    change(root / "README.md", lambda text: text + "\nOur own words.\n")
    change(root / "OLDER.md", lambda text: text + "Kept, as we have written in it.\n")
    change(root / "Makefile", lambda text: text + "\nours:\n\techo ours\n")
    (root / "ours.txt").write_text("ours\n")
    commit(root)
    return root


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "demo", symlinks=True))


def twin(project: Path, name: str) -> Path:
    return Path(shutil.copytree(project, project.with_name(name), symlinks=True))


def assert_edits_are_kept(root: Path) -> None:
    readme = (root / "README.md").read_text()
    assert readme.startswith("A newer line.")
    assert readme.endswith("\nOur own words.\n")
    assert "\nours:\n" in (root / "Makefile").read_text()
    assert (root / "ours.txt").read_text() == "ours\n"
    assert (root / ".dockerignore").is_file()


def without_journal(root: Path) -> dict[str, tuple[bytes, bool]]:
    return {path: file for path, file in files(root).items() if "/journal/" not in path}


# ----------------------------------------------------------------------- tests
def test_update_keeps_every_edit_and_tells_the_answers(project: Path, machines: Machines) -> None:
    before = files(project)
    told = json.loads(machines(2).backendgen(project, "update", "--json"))
    assert_edits_are_kept(project)
    assert "Kept, as we" in (project / "OLDER.md").read_text()
    assert told["answers"] == [
        "colour is no longer asked",
        "resources[].cached is new: False",
        "size is new: large",
    ]
    changed = {path for path, file in files(project).items() if before.get(path) != file}
    assert {path for path in changed if "/journal/" not in path} == {
        *(".copier-answers.yml", ".dockerignore", "README.md"),
    }


def test_plain_copier_does_the_same_job(project: Path, machines: Machines) -> None:
    other, machine = twin(project, "twin"), machines(2)
    machine.backendgen(project, "update")
    machine.backendgen(other, "status")
    machine.copier_update(other)
    assert_edits_are_kept(other)
    assert json.loads(machine.backendgen(other, "status", "--json"))["pending"] == []
    # What each resource's answers hold is not for Copier to know.
    machine.backendgen(other, "update")
    (project / "OLDER.md").unlink()
    assert without_journal(other) == without_journal(project)
    commit(other)
    machine.copier_update(other)
    assert git(other, "status", "--porcelain") == ""


def test_every_machine_records_the_same(project: Path, machines: Machines) -> None:
    other = twin(project, "twin")
    machines(2).backendgen(project, "update")
    machines(2).backendgen(other, "update")
    assert without_journal(other) == without_journal(project)


def test_an_updated_project_grows_and_can_be_taken_back(project: Path, machines: Machines) -> None:
    before, machine = without_journal(project), machines(2)
    machine.backendgen(project, "update")
    updated = without_journal(project)
    machine.backendgen(project, "add", "resource", "Tag", "name:string:40")
    machine.backendgen(project, "check")
    machine.backendgen(project, "undo")
    assert without_journal(project) == updated
    machine.backendgen(project, "undo")
    assert without_journal(project) == before


def test_update_with_something_pending_is_refused(project: Path, machines: Machines) -> None:
    change(project / "backendgen.yaml", lambda text: text + "  Tag: {fields: {name: string}}\n")
    before = files(project)
    machine = machines(2)
    assert "apply them with: backendgen apply" in machine.refused(project, "update")
    assert files(project) == before
    machine.backendgen(project, "apply")
    machine.backendgen(project, "update")
    assert_edits_are_kept(project)


def test_an_older_backendgen_leaves_a_newer_project_alone(
    project: Path, machines: Machines
) -> None:
    newer = machines(2)
    newer.backendgen(project, "update")
    before = files(project)
    stranger = machines(1)
    neighbour = Machine(stranger.python, newer.home)
    for machine in (stranger, neighbour):
        for words in (("status",), ("update",), ("apply",), ADD):
            told = machine.refused(project, *words)
            assert SECOND in told
            assert "pip install --upgrade backendgen" in told
    assert files(project) == before
