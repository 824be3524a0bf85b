"""SIGKILL before a change of the file system: the next command finishes the run or takes it back."""

from tests.crash.conftest import Stage, chosen
from tests.faults import killed_before


def kill(stage: Stage, at: int) -> None:
    stage.reset()
    assert stage.run(killed_before(at)).was_killed


def test_the_next_command_finds_the_old_tree_or_the_new_one(stage: Stage, every: bool) -> None:
    torn = 0
    for at in chosen(stage.changes, every):
        kill(stage, at)
        torn += not stage.is_whole()
        told = stage.then("status")
        assert told.code == 0 or "backendgen new" in told.said, told.said
        assert stage.is_whole() or stage.tree == {}
    assert torn > 3


def test_the_same_command_again_brings_the_new_tree(stage: Stage, every: bool) -> None:
    for at in chosen(stage.changes, every, some=8):
        kill(stage, at)
        again = stage.then()
        assert "bug" not in again.said
        assert stage.is_whole()
        assert stage.tree == stage.new, again.said
