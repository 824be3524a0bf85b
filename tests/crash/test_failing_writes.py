"""A full disk, a read-only one, and what may not be written: a sentence, and nothing half done."""

import errno
import os
from pathlib import Path

import pytest

from tests.crash.conftest import Stage, chosen
from tests.faults import Ended, failing_at, short_of, unprivileged

CODES = {"full": errno.ENOSPC, "read-only": errno.EROFS}


def assert_told(stage: Stage, ended: Ended, code: int) -> None:
    """Or done all the same, where what failed was not needed."""
    assert ended.code in (0, 1), ended.said
    assert "bug in backendgen" not in ended.said
    if ended.code == 1:
        assert os.strerror(code) in ended.said
    else:
        assert stage.tree == stage.new


@pytest.mark.parametrize("disk", CODES)
@pytest.mark.parametrize("once", [True, False], ids=["once", "from then on"])
def test_a_disk_that_refuses(stage: Stage, disk: str, once: bool, every: bool) -> None:
    refused = 0
    for at in chosen(stage.changes, every, some=6):
        stage.reset()
        ended = stage.run(failing_at(at, CODES[disk], once=once))
        assert_told(stage, ended, CODES[disk])
        refused += ended.code
        if not stage.is_whole():
            # At most the beginning of a journal is left where the tree is the old one.
            told = "half done, and the next command takes it back" in ended.said
            assert told or stage.tree == stage.old
            stage.then("status")
            assert stage.is_whole() or stage.tree == {}
    # What only deletes needs no room, and one failure may hit what is not needed.
    assert refused or once or disk == "full"


@pytest.mark.parametrize("size", [0, 100, 1_000, 5_000])
def test_a_write_that_breaks_off(stage: Stage, size: int) -> None:
    stage.reset()
    ended = stage.run(short_of(size))
    assert_told(stage, ended, errno.EFBIG)
    assert stage.is_whole()


def changing(stage: Stage) -> set[str]:
    """The files that are there and shall be others, or none."""
    return {path for path in stage.old if stage.old[path][0] != stage.new.get(path, (b"",))[0]}


def run_with(stage: Stage, path: Path, mode: int) -> Ended:
    """As somebody who may do no more at a path than its mode says."""
    before = path.stat().st_mode
    path.chmod(mode)
    try:
        return stage.run(unprivileged)
    finally:
        path.chmod(before)


def test_a_directory_that_may_not_be_written(stage: Stage) -> None:
    directories = {(stage.root / path).parent for path in changing(stage)} | {stage.root}
    for directory in sorted(directories):
        stage.reset()
        ended = run_with(stage, directory, 0o555)
        assert ended.code == 1, directory
        assert "Permission denied" in ended.said
        assert stage.tree == stage.old or "half done, and the next command" in ended.said
        again = stage.then()
        assert stage.tree == stage.new, again.said


def test_a_file_that_may_not_be_read(stage: Stage) -> None:
    for path in sorted(changing(stage)):
        stage.reset()
        ended = run_with(stage, stage.root / path, 0o000)
        assert ended.code == 1
        assert f"{path}: Permission denied" in ended.said
        assert stage.tree == stage.old


@pytest.mark.parametrize("mode", [0o444, 0o400])
def test_a_file_that_may_not_be_written(stage: Stage, case: str, mode: int) -> None:
    for path in () if case.startswith("undo") else sorted(changing(stage)):
        stage.reset()
        ended = run_with(stage, stage.root / path, mode)
        assert ended.code == 1
        assert f"chmod u+w {path}" in ended.said
        assert stage.tree == stage.old
