"""Where the versions of the templates are, and that each stays what it was."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from backendgen import releases
from backendgen.errors import BackendgenError
from backendgen.releases import (
    at,
    cache_directory,
    current,
    fingerprint,
    local_bundle,
    release,
    shipped_bundle,
    tags,
)
from tests.unit.engine.conftest import write

FILES = {
    "copier.yml": "_subdirectory: templates/plain\n",
    "templates/plain/a.txt": "one\n",
    "templates/plain/.gitignore": "*\n",
    'templates/plain/{% if x %}b{% endif %}/ü "quoted".txt': "\0binary\r\n",
    "templates/plain/run.sh": "#!/bin/sh\n",
    "not_a_template.txt": "stays out\n",
}


def make_checkout(root: Path) -> Path:
    write(root, FILES)
    (root / "templates/plain/run.sh").chmod(0o755)
    (root / "templates/plain/link").symlink_to("a.txt")
    return root


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "home"


@pytest.fixture
def checkout(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_checkout(tmp_path / "checkout")
    monkeypatch.setattr(releases, "CHECKOUT", root)
    return root


def edit(checkout: Path, text: str) -> None:
    write(checkout, {"templates/plain/a.txt": text})


def install(bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wheel in place of the checkout: the package with the bundle in it and nothing beside it."""
    package = tmp_path / "site-packages" / "backendgen"
    package.mkdir(parents=True, exist_ok=True)
    shutil.copy(bundle, package / "templates.bundle")
    monkeypatch.setattr(releases, "PACKAGE", package)
    monkeypatch.setattr(releases, "CHECKOUT", package.parent)


# -------------------------------------------------------------------- releases
def test_a_release_is_the_templates_and_nothing_else(checkout: Path) -> None:
    release("1.0.0")
    template = current()
    assert template.version == "1.0.0"
    assert fingerprint(template.root) == fingerprint(checkout)
    assert not (template.root / "not_a_template.txt").exists()
    assert os.access(template.root / "templates/plain/run.sh", os.X_OK)
    assert (template.root / "templates/plain/link").is_symlink()


def test_a_release_is_reproducible(checkout: Path, tmp_path: Path) -> None:
    release("1.0.0")
    edit(checkout, "two\n")
    release("1.1.0")
    first = shipped_bundle().read_bytes()
    shipped_bundle().unlink()
    edit(checkout, "one\n")
    release("1.0.0")
    edit(checkout, "two\n")
    release("1.1.0")
    assert shipped_bundle().read_bytes() == first


@pytest.mark.parametrize(
    ("version", "sentence"),
    [
        ("1.0", "1.0 is not a version; write three numbers, such as 1.2.3"),
        ("1.1.0+1.gabc", r"is not a version"),
        ("0.9.9", "0.9.9 does not come after 1.0.0, the last release"),
        ("1.0.0", "1.0.0 does not come after 1.0.0, the last release"),
        ("1.1.0", "the templates are still those of 1.0.0; there is nothing to release"),
    ],
)
def test_a_release_that_is_refused(checkout: Path, version: str, sentence: str) -> None:
    release("1.0.0")
    before = shipped_bundle().read_bytes()
    with pytest.raises(BackendgenError, match=sentence):
        release(version)
    assert shipped_bundle().read_bytes() == before


def test_versions_are_compared_by_number(checkout: Path) -> None:
    for number in (9, 10):
        edit(checkout, f"{number}\n")
        release(f"1.{number}.0")
    assert current().version == "1.10.0"


def test_nobodys_git_settings_change_a_release(
    checkout: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(home, {".gitconfig": "[core]\n  autocrlf = true\n  hooksPath = /nowhere\n"})
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere")
    release("1.0.0")
    assert fingerprint(at("1.0.0").root) == fingerprint(checkout)


@pytest.mark.parametrize("name", ["__pycache__/a.pyc", "a.py~", ".a.py.swp", ".DS_Store"])
def test_what_tools_leave_behind_is_no_template(checkout: Path, name: str) -> None:
    release("1.0.0")
    write(checkout, {f"templates/plain/{name}": "left\n"})
    assert current().version == "1.0.0"


# ------------------------------------------------------------------ unreleased
def test_an_unreleased_checkout_gets_a_version(checkout: Path) -> None:
    assert current().version == f"0.0.0+1.g{fingerprint(checkout)[:12]}"
    assert current() == current()


def test_an_unreleased_version_stays_what_it_was(checkout: Path) -> None:
    release("1.0.0")
    edit(checkout, "two\n")
    second = current()
    edit(checkout, "three\n")
    third = current()
    assert second.version.startswith("1.0.0+1.g")
    assert third.version.startswith("1.0.0+2.g")
    assert (at(second.version).root / "templates/plain/a.txt").read_text() == "two\n"


def test_templates_that_return_to_what_they_were_are_the_newest_version(checkout: Path) -> None:
    versions = []
    for text in ("one\n", "two\n", "one\n"):
        edit(checkout, text)
        versions.append(current().version)
    assert [version.split(".g")[0] for version in versions] == ["0.0.0+1", "0.0.0+2", "0.0.0+3"]


def test_a_release_comes_after_the_unreleased_versions_before_it(checkout: Path) -> None:
    unreleased = current()
    edit(checkout, "two\n")
    release("0.1.0")
    assert current().version == "0.1.0"
    assert at(unreleased.version) == unreleased


# --------------------------------------------------------------------- a wheel
def test_a_wheel_has_its_last_release(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release("1.0.0")
    edit(checkout, "two\n")
    release("1.1.0")
    install(shipped_bundle(), tmp_path, monkeypatch)
    assert current().version == "1.1.0"
    assert (at("1.0.0").root / "templates/plain/a.txt").read_text() == "one\n"
    assert local_bundle().read_bytes() == shipped_bundle().read_bytes()


def test_a_wheel_without_a_bundle(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(releases, "PACKAGE", tmp_path / "backendgen")
    monkeypatch.setattr(releases, "CHECKOUT", tmp_path)
    with pytest.raises(BackendgenError, match="built without its templates"):
        current()


def test_an_older_wheel_takes_nothing_away(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release("1.0.0")
    older = tmp_path / "older.bundle"
    shutil.copy(shipped_bundle(), older)
    edit(checkout, "two\n")
    release("1.1.0")
    current()
    before = local_bundle().stat()
    install(older, tmp_path, monkeypatch)
    assert current().version == "1.0.0"
    assert local_bundle().stat() == before
    assert at("1.1.0").version == "1.1.0"


def test_a_wheel_joins_what_a_checkout_left(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unreleased = current().version
    edit(checkout, "two\n")
    release("1.0.0")
    install(shipped_bundle(), tmp_path, monkeypatch)
    current()
    assert set(tags(local_bundle())) == {unreleased, "1.0.0"}


# -------------------------------------------------------------------- mishaps
def test_an_unknown_version_is_told(checkout: Path) -> None:
    release("1.0.0")
    with pytest.raises(BackendgenError, match=r"2\.0\.0.*known: 1\.0\.0\).*pip install --upgrade"):
        at("2.0.0")


def test_a_tree_that_someone_changed_is_made_anew(checkout: Path) -> None:
    release("1.0.0")
    template = current()
    (template.root / "templates/plain/a.txt").write_text("changed\n")
    (template.root / "templates/plain/run.sh").unlink()
    assert fingerprint(at("1.0.0").root) == fingerprint(checkout)


def test_a_lost_cache_is_made_anew(checkout: Path) -> None:
    release("1.0.0")
    current()
    shutil.rmtree(cache_directory())
    assert fingerprint(current().root) == fingerprint(checkout)


def test_a_damaged_bundle_is_told(checkout: Path) -> None:
    current()
    local_bundle().write_bytes(local_bundle().read_bytes()[:200])
    shutil.rmtree(cache_directory())
    with pytest.raises(BackendgenError, match=r"templates\.bundle is damaged; delete it"):
        current()


def test_a_bundle_of_nonsense_holds_nothing(checkout: Path) -> None:
    write(local_bundle().parent, {local_bundle().name: b"\xff\xfe nonsense"})
    assert tags(local_bundle()) == {}


def test_a_home_that_cannot_be_written_is_told(checkout: Path, home: Path) -> None:
    write(home.parent, {"home": "a file\n"})
    with pytest.raises(
        BackendgenError, match="cannot write .*, where backendgen keeps its templates"
    ):
        current()


def test_without_git_a_sentence_is_told(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(checkout))
    with pytest.raises(BackendgenError, match="needs git, which is not installed"):
        current()


def test_a_cached_version_needs_no_git(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    version = current().version
    monkeypatch.setenv("PATH", str(checkout))
    assert current().version == at(version).version == version


def test_many_at_once_bring_one_version(checkout: Path, home: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from backendgen import releases;"
        f"releases.CHECKOUT = Path({str(checkout)!r}); print(releases.current().version)"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) for _ in range(4)
    ]
    assert len({process.communicate()[0] for process in running}) == 1
    assert [process.returncode for process in running] == [0, 0, 0, 0]
    assert len(tags(local_bundle())) == 1


def test_importing_places_nothing(home: Path) -> None:
    subprocess.run([sys.executable, "-c", "import backendgen.releases"], check=True)
    assert not home.exists()
