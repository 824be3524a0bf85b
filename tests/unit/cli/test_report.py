"""What a person reads: lines, colours, and where they go."""

import json

import pytest

from backendgen.errors import BackendgenError, Problem, SpecError
from backendgen.merge import Change, Plan
from backendgen.render import File
from backendgen.report import Report

OLD, NEW = File(b"old\n"), File(b"new\n")
PLAN = Plan(
    (
        Change("a.py", "create", None, NEW),
        Change("b[1].py", "merge", OLD, NEW, "your edits are kept"),
        Change("c.py", "identical", NEW, NEW),
        Change("d.py", "conflict", OLD, NEW, "you changed the same lines"),
        Change("e.py", "keep", OLD, OLD, "you changed it"),
    )
)


def test_a_plan_is_a_line_per_file_and_identical_ones_are_counted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Report().plan(PLAN)
    told = capsys.readouterr()
    assert told.out == (
        "  create    a.py\n"
        "  merge     b[1].py: your edits are kept\n"
        "  keep      e.py: you changed it\n"
        "\n1 created, 1 merged with your edits, 1 kept, 1 in conflict, 1 identical\n"
    )
    assert told.err == "  conflict  d.py: you changed the same lines\n"


def test_quiet_leaves_the_conflicts(capsys: pytest.CaptureFixture[str]) -> None:
    Report(quiet=True).plan(PLAN)
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "  conflict  d.py: you changed the same lines\n")


def test_json_puts_words_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    report = Report(json=True)
    report.plan(PLAN)
    report.close(3)
    told = capsys.readouterr()
    data = json.loads(told.out)
    assert data["counts"] == {"create": 1, "merge": 1, "keep": 1, "conflict": 1, "identical": 1}
    assert data["conflicts"] == ["d.py"]
    assert data["exit_code"] == 3
    assert "  create    a.py\n" in told.err


def test_every_problem_is_a_line_and_a_datum(capsys: pytest.CaptureFixture[str]) -> None:
    problems = [
        Problem("s.yaml", 2, 1, "it is [wrong]", "right"),
        Problem("s.yaml", 1, 1, "no", "yes"),
    ]
    Report(json=True).refused(SpecError(problems))
    told = capsys.readouterr()
    assert told.err == "s.yaml:1:1: no; write: yes\ns.yaml:2:1: it is [wrong]; write: right\n"
    assert [row["line"] for row in json.loads(told.out)["error"]["problems"]] == [1, 2]


def test_an_error_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    Report().refused(BackendgenError("the sentence is long enough to pass eighty columns " * 3))
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("error: the sentence")
    assert told.err.count("\n") == 1


@pytest.mark.parametrize(
    ("written", "told"),
    [("\x1b[2J", "\\x1b[2J"), ("a\u202eb", "a\\u202eb"), ("\udc80", "\\udc80"), ("\x9b", "\\x9b")],
)
def test_what_a_terminal_would_obey_is_told_by_its_code(
    written: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Report().refused(BackendgenError(f"there is no {written}"))
    Report().refused(SpecError([Problem("spec.yaml", 1, 2, f"{written} is new", written)]))
    assert capsys.readouterr().err == (
        f"error: there is no {told}\nspec.yaml:1:2: {told} is new; write: {told}\n"
    )


def test_a_tree_counts_what_is_deep(capsys: pytest.CaptureFixture[str]) -> None:
    Report().tree("shop", ["app/main.py", "app/core/a.py", "app/core/b/c.py", "Makefile"])
    assert capsys.readouterr().out == (
        "shop/\n├── app/  1 file\n│   └── core/  2 files\n└── Makefile\n"
    )
