"""The templates on their way into the home: what stops that, the next start makes good."""

import errno
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from backendgen import releases
from backendgen.errors import BackendgenError
from tests.crash.conftest import chosen
from tests.faults import (
    Ended,
    Fault,
    counted,
    failing_at,
    killed_before,
    run,
    short_of,
    unprivileged,
)
from tests.unit.engine.conftest import write

VERSIONS = ("1.0.0", "1.1.0")


def write_templates(checkout: Path, text: str) -> None:
    write(checkout, {"copier.yml": "_subdirectory: templates/a\n", "templates/a/a.txt": text})


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """With two releases, and templates that are later than both."""
    root = tmp_path / "checkout"
    monkeypatch.setenv("HOME", str(tmp_path / "maker"))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(releases, "CHECKOUT", root)
    for version in VERSIONS:
        write_templates(root, version)
        releases.release(version)
    return root


def fresh(checkout: Path, home: Path) -> None:
    """Nothing there yet."""


def joining(checkout: Path, home: Path) -> None:
    """A version there that no release knows."""
    bundle = checkout / "releases" / "templates.bundle"
    bundle.rename(checkout / "aside")
    assert start(home).code == 0
    (checkout / "aside").rename(bundle)


def unreleased(checkout: Path, home: Path) -> None:
    write_templates(checkout, "later")


Prepare = Callable[[Path, Path], None]
PREPARED: Mapping[str, Prepare] = {each.__name__: each for each in (fresh, joining, unreleased)}


@pytest.fixture(params=PREPARED)
def home(request: pytest.FixtureRequest, checkout: Path, tmp_path: Path) -> Path:
    directory = tmp_path / "home"
    directory.mkdir()
    PREPARED[request.param](checkout, directory)
    return directory


def start(home: Path, fault: Fault | None = None) -> Ended:
    def command() -> int:
        os.environ["HOME"] = str(home)
        try:
            template = releases.current()
        except BackendgenError as error:
            print(error.message)
            return 1
        return int(releases.fingerprint(template.root) != releases.fingerprint(releases.CHECKOUT))

    return run(command, fault or counted())


def again(spare: Path, home: Path) -> None:
    shutil.rmtree(home)
    shutil.copytree(spare, home)


def names(home: Path) -> set[str]:
    return {path.relative_to(home).as_posix() for path in home.rglob("*")}


def test_a_kill_is_made_good_by_the_next_start(home: Path, tmp_path: Path, every: bool) -> None:
    spare = Path(shutil.copytree(home, tmp_path / "spare"))
    whole = start(home)
    assert whole.code == 0, whole.said
    expected = names(home)
    for at in chosen(whole.changes, every, some=10):
        again(spare, home)
        assert start(home, killed_before(at)).was_killed
        after = start(home)
        assert after.code == 0, after.said
        assert names(home) == expected, at
    assert whole.changes > 15


@pytest.mark.parametrize("once", [True, False], ids=["once", "from then on"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS], ids=["full", "read-only"])
def test_a_disk_that_refuses_is_told(
    home: Path, code: int, once: bool, tmp_path: Path, every: bool
) -> None:
    spare = Path(shutil.copytree(home, tmp_path / "spare"))
    changes = start(home).changes
    for at in chosen(changes, every, some=4):
        again(spare, home)
        ended = start(home, failing_at(at, code, once=once))
        assert ended.code == 0 or (ended.code == 1 and os.strerror(code) in ended.said), ended.said
        after = start(home)
        assert after.code == 0, after.said


@pytest.mark.parametrize("size", [0, 100])
def test_a_write_that_breaks_off_is_told(home: Path, size: int) -> None:
    ended = start(home, short_of(size))
    assert (ended.code, "Traceback" in ended.said) == (1, False), ended.said
    assert ".local/share/backendgen/templates.bundle" in ended.said or ".cache" in ended.said
    after = start(home)
    assert after.code == 0, after.said


def test_a_home_that_may_not_be_written_is_told(home: Path) -> None:
    directories = [home, *(path for path in home.rglob("*") if path.is_dir())]
    for directory in directories:
        directory.chmod(0o555)
    ended = start(home, unprivileged)
    for directory in directories:
        directory.chmod(0o755)
    assert ended.code == 1
    assert "Permission denied" in ended.said
    assert start(home).code == 0
