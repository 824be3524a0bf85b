"""Specs that are refused: a directory is a case, with the spec and the exact message.

`pytest --snapshot-update` writes the messages anew.
"""

from pathlib import Path

import pytest
from pytest_snapshot.plugin import Snapshot

from backendgen.errors import SpecError
from backendgen.spec.loading import load_spec

CASES = sorted((Path(__file__).parents[2] / "spec_failures").iterdir())


def told(case: Path) -> str:
    with pytest.raises(SpecError) as caught:
        load_spec(case / "spec.yaml")
    return str(caught.value).replace(f"{case}/", "") + "\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_bad_spec_gets_its_message(case: Path, snapshot: Snapshot) -> None:
    snapshot.snapshot_dir = case
    snapshot.assert_match(told(case), "message.txt")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_problem_is_one_sentence_with_its_position(case: Path) -> None:
    with pytest.raises(SpecError) as caught:
        load_spec(case / "spec.yaml")
    assert caught.value.exit_code == 1
    for problem in caught.value.problems:
        assert problem.line and problem.column
        assert "\n" not in str(problem)
        assert problem.remedy


def test_twenty_mistakes_get_twenty_sentences() -> None:
    case = next(case for case in CASES if case.name == "twenty-mistakes")
    messages = told(case).splitlines()
    assert len(messages) == len(set(messages)) == 20
