"""All or nothing: whatever stops a run, the tree is the old one or the new one."""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from itertools import count, pairwise
from pathlib import Path
from typing import Any

import pytest

from backendgen import apply as applying
from backendgen.apply import apply, locked, recover, undo
from backendgen.errors import BackendgenError, ConflictError
from backendgen.merge import Plan, plan
from backendgen.render import File
from tests.faults import killed
from tests.unit.engine.conftest import snapshot, tree, write

BASE: dict[str, str | bytes] = {
    "kept.txt": "same\n",
    "changed.txt": "old\n",
    "run.sh": "old\n",
    "app/tags/model.py": "old\n",
    "binary.bin": bytes(range(256)),
}
NEW: dict[str, str | bytes] = {
    "kept.txt": "same\n",
    "changed.txt": "new\n",
    "run.sh": "new\n",
    "app/reviews/model.py": "new\n",
    "app/reviews/deep/service.py": "new\n",
    "binary.bin": bytes(reversed(range(256))),
}


@pytest.fixture
def project(root: Path) -> Path:
    """BASE on disk, with modes of its own."""
    write(root, {**BASE, "mine.txt": "mine\n"})
    (root / "run.sh").chmod(0o750)
    (root / "changed.txt").chmod(0o600)
    return root


def change(root: Path) -> Plan:
    return plan(root, tree(BASE), tree(NEW))


def content(root: Path) -> dict[str, bytes]:
    return {path: data for path, (data, mode) in snapshot(root).items() if mode & 0o100000}


# --------------------------------------------------------------------- forward
def test_a_plan_is_written(project: Path) -> None:
    apply(project, change(project), "add resource Review")
    assert content(project) == {
        **{path: file.content for path, file in tree(NEW).items()},
        "mine.txt": b"mine\n",
    }


def test_modes_are_kept(project: Path) -> None:
    apply(project, change(project), "apply")
    modes = {path: mode & 0o777 for path, (_, mode) in snapshot(project).items()}
    assert (modes["run.sh"], modes["changed.txt"]) == (0o750, 0o600)


def test_a_new_executable_is_executable_for_whom_the_umask_allows(root: Path) -> None:
    before = os.umask(0o027)
    try:
        apply(root, plan(root, {}, {"run.sh": File(b"", executable=True)}), "new")
    finally:
        os.umask(before)
    assert (root / "run.sh").stat().st_mode & 0o777 == 0o750


def test_a_directory_that_was_emptied_goes(project: Path) -> None:
    apply(project, change(project), "apply")
    assert not (project / "app/tags").exists()


def test_a_plan_without_writes_leaves_no_journal(project: Path) -> None:
    apply(project, Plan(()), "apply")
    assert not (project / ".backendgen").exists()


def test_a_file_that_changed_since_the_plan_stops_it(project: Path) -> None:
    made = change(project)
    write(project, {"changed.txt": "meanwhile\n"})
    before = snapshot(project)
    with pytest.raises(BackendgenError, match=r"changed\.txt has changed meanwhile"):
        apply(project, made, "apply")
    assert snapshot(project) == before


def test_a_write_protected_file_stops_it(project: Path) -> None:
    (project / "changed.txt").chmod(0o400)
    before = snapshot(project)
    with pytest.raises(BackendgenError, match=r"chmod u\+w changed\.txt"):
        apply(project, change(project), "apply")
    assert snapshot(project) == before


def test_old_journals_are_forgotten(root: Path) -> None:
    texts = [str(number) for number in range(applying.LIMIT + 5)]
    for old, new in zip([None, *texts], texts, strict=False):
        base = {} if old is None else {"a.txt": old}
        apply(root, plan(root, tree(base), tree({"a.txt": new})), "apply")
    assert len(list((root / ".backendgen/journal").iterdir())) == applying.LIMIT


# --------------------------------------------------------------------- failing
FAILING = [("replace", Path), ("mkdir", Path), ("unlink", Path), ("rename", Path), ("fsync", os)]


def _fail(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, at: int, code: int) -> None:
    """The call number `at` fails once."""
    real, calls = getattr(owner, name), iter(range(1, 10_000))

    def failing(*arguments: Any, **options: Any) -> Any:
        if next(calls) == at:
            raise OSError(code, os.strerror(code), "somewhere")
        return real(*arguments, **options)

    monkeypatch.setattr(owner, name, failing)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS], ids=["disk full", "read-only"])
@pytest.mark.parametrize("at", range(1, 9))
@pytest.mark.parametrize(("name", "owner"), FAILING, ids=[name for name, _ in FAILING])
def test_a_failing_call_leaves_the_old_tree_or_the_new_one(
    project: Path, monkeypatch: pytest.MonkeyPatch, name: str, owner: Any, at: int, code: int
) -> None:
    before, made = snapshot(project), change(project)
    with monkeypatch.context() as patch:
        _fail(patch, owner, name, at, code)
        try:
            apply(project, made, "apply")
        except BackendgenError as error:
            assert os.strerror(code) in error.message
            assert snapshot(project) == before
            assert not (project / ".backendgen").exists()
        else:
            assert content(project)["changed.txt"] == b"new\n"
    assert recover(project) is None


@pytest.mark.parametrize("at", range(1, 9))
@pytest.mark.parametrize(("name", "owner"), FAILING, ids=[name for name, _ in FAILING])
def test_a_failing_call_in_undo_leaves_it_done_or_to_be_finished(
    project: Path, monkeypatch: pytest.MonkeyPatch, name: str, owner: Any, at: int
) -> None:
    before = snapshot(project)
    apply(project, change(project), "apply")
    after = snapshot(project)
    with monkeypatch.context() as patch:
        _fail(patch, owner, name, at, errno.ENOSPC)
        try:
            undo(project)
        except BackendgenError as error:
            assert "No space left" in error.message
            if recover(project) is None:
                assert snapshot(project) == after
                return
    assert snapshot(project) == before


def test_a_keyboard_interrupt_takes_it_back(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, made = snapshot(project), change(project)

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(applying, "_sync_directories", interrupt)
    with pytest.raises(KeyboardInterrupt):
        apply(project, made, "apply")
    monkeypatch.undo()
    recover(project)
    assert snapshot(project) == before


# ---------------------------------------------------------------------- killed
def forward(root: Path) -> None:
    with locked(root):
        recover(root)
        apply(root, change(root), "add resource Review")


def backward(root: Path) -> None:
    with locked(root):
        undo(root)


def from_nothing(root: Path) -> None:
    with locked(root):
        apply(root, plan(root, {}, tree(NEW)), "new")


def every_kill(root: Path, run: Callable[[Path], None], spare: Path) -> Iterator[int]:
    """Root as it is after a kill before change 1, 2, 3… of a run that starts from the same tree."""
    shutil.copytree(root, spare)
    for at in count(1):
        shutil.rmtree(root)
        shutil.copytree(spare, root)
        if not killed(lambda: run(root), at):
            return
        yield at


def assert_one_of(root: Path, *snapshots: dict[str, tuple[bytes, int]]) -> None:
    """Takes an interrupted change back, as the next command does."""
    recover(root)
    assert snapshot(root) in snapshots
    assert list(root.glob(".backendgen/journal/*.pending")) == []
    assert list(root.rglob("*.backendgen-new")) == []


@pytest.mark.parametrize("run", [forward, from_nothing], ids=["change", "new"])
def test_killed_anywhere_it_is_taken_back_or_done(
    project: Path, tmp_path: Path, run: Callable[[Path], None]
) -> None:
    if run is from_nothing:
        shutil.rmtree(project)
        project.mkdir()
    before = snapshot(project)
    kills = 0
    for kills in every_kill(project, run, tmp_path / "spare"):
        after_the_kill = snapshot(project)
        assert_one_of(project, before, after_the_kill)
        if snapshot(project) != before:
            assert content(project)["run.sh"] == b"new\n"
        else:
            run(project)
            assert content(project)["run.sh"] == b"new\n"
    assert kills > 15


def test_killed_undo_is_finished_or_not_begun(project: Path, tmp_path: Path) -> None:
    before = snapshot(project)
    forward(project)
    after = snapshot(project)
    kills = 0
    for kills in every_kill(project, backward, tmp_path / "spare"):
        assert_one_of(project, before, after)
    assert kills > 10


@pytest.mark.parametrize("at", [12, 16, 20, 24])
def test_killed_while_taking_back_it_is_taken_back_by_the_next(
    project: Path, tmp_path: Path, at: int
) -> None:
    before = snapshot(project)
    assert killed(lambda: forward(project), at)
    kills = 0
    for kills in every_kill(project, lambda root: print(recover(root)), tmp_path / "spare"):
        assert_one_of(project, before)
    assert kills > 2


def test_an_interrupted_change_is_told(project: Path) -> None:
    assert killed(lambda: forward(project), 20)
    assert recover(project) == "`add resource Review` was interrupted and has been taken back"
    assert recover(project) is None


def test_a_plan_made_before_an_interrupted_change_was_taken_back_is_not_written(
    project: Path,
) -> None:
    assert killed(lambda: forward(project), 20)
    with pytest.raises(BackendgenError, match="taken back; run this command again"):
        apply(project, change(project), "apply")


def test_what_was_edited_after_a_kill_is_kept(project: Path) -> None:
    assert killed(lambda: forward(project), 24)
    write(project, {"changed.txt": "edited since\n"})
    told = recover(project)
    assert told is not None
    assert "changed.txt" in told
    assert content(project)["changed.txt"] == b"edited since\n"
    assert content(project)["run.sh"] == b"old\n"
    assert len(list(project.glob(".backendgen/journal/*.kept"))) == 1


# ------------------------------------------------------------------------ undo
def test_undo_takes_it_back_to_the_byte(project: Path) -> None:
    before = snapshot(project)
    apply(project, change(project), "add resource Review")
    plan = undo(project)
    assert snapshot(project) == before
    assert not (project / ".backendgen").exists()
    assert {change.path: change.kind for change in plan.changes} == {
        "app/reviews/deep/service.py": "delete",
        "app/reviews/model.py": "delete",
        "app/tags/model.py": "create",
        "binary.bin": "update",
        "changed.txt": "update",
        "run.sh": "update",
    }


def test_undo_goes_back_step_by_step(root: Path) -> None:
    texts = ["one\n", "two\n", "three\n"]
    for old, new in pairwise(texts):
        write(root, {"a.txt": old})
        apply(root, plan(root, tree({"a.txt": old}), tree({"a.txt": new})), "apply")
    undo(root)
    undo(root)
    assert content(root) == {"a.txt": b"one\n"}
    with pytest.raises(BackendgenError, match="no change"):
        undo(root)


@pytest.mark.parametrize("touch", ["edit", "delete", "recreate", "mode"])
def test_undo_of_what_was_touched_names_the_file(project: Path, touch: str) -> None:
    apply(project, change(project), "add resource Review")
    path = {"recreate": "app/tags/model.py"}.get(touch, "changed.txt")
    if touch == "delete":
        (project / path).unlink()
    elif touch == "mode":
        (project / path).chmod(0o700)
    else:
        write(project, {path: "touched\n"})
    before = snapshot(project)
    with pytest.raises(
        ConflictError, match=rf"add resource Review.*since: {path}; nothing"
    ) as told:
        undo(project)
    assert (snapshot(project), told.value.exit_code) == (before, 3)


def test_a_dry_undo_writes_nothing(project: Path) -> None:
    apply(project, change(project), "apply")
    before = snapshot(project)
    assert len(undo(project, dry_run=True).changes) == 6
    assert snapshot(project) == before


def test_undo_removes_the_directories_that_only_hold_compiled_python(project: Path) -> None:
    before = snapshot(project)
    apply(project, change(project), "apply")
    write(project, {"app/reviews/__pycache__/model.pyc": b"\0"})
    undo(project)
    assert snapshot(project) == before


def test_undo_leaves_a_file_that_came_after(project: Path) -> None:
    apply(project, change(project), "apply")
    write(project, {"app/reviews/mine.py": "mine\n"})
    undo(project)
    assert content(project)["app/reviews/mine.py"] == b"mine\n"
    assert "app/reviews/model.py" not in content(project)


def test_a_link_that_took_the_place_of_a_file_is_not_followed(
    project: Path, tmp_path: Path
) -> None:
    apply(project, change(project), "apply")
    write(tmp_path, {"outside.txt": "new\n"})
    (project / "changed.txt").unlink()
    (project / "changed.txt").symlink_to(tmp_path / "outside.txt")
    with pytest.raises(ConflictError, match=r"changed\.txt"):
        undo(project)
    assert (tmp_path / "outside.txt").read_text() == "new\n"


# ------------------------------------------------------------------------ lock
def test_two_at_once(root: Path) -> None:
    with locked(root), pytest.raises(BackendgenError, match="another backendgen"), locked(root):
        pytest.fail("the second got in")
    with locked(root):
        pass


def test_a_root_that_was_made_and_left_empty_goes_again(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), locked(tmp_path / "a/b"):
        raise ZeroDivisionError
    assert os.listdir(tmp_path) == []


def test_a_root_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    write(tmp_path, {"file": ""})
    with pytest.raises(BackendgenError, match="cannot make"), locked(tmp_path / "file/project"):
        pytest.fail("it was made")
