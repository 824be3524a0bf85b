"""What holds of all commands: exit codes, options, and that a refusal writes nothing."""

import json
import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from backendgen.apply import locked
from backendgen.cli.table import COMMANDS, Command

from .conftest import Backendgen, edit, fingerprint

READING = ("diff", "diff --sql", "status", "check", "show", "show Post", "show --erd")
WRITING = ("add resource Review stars:int", "apply", "update", "undo --yes")
OPTIONS = ("--dry-run", "--json", "--quiet", "--no-input", "--debug")

# Words that a project refuses, and the exit code that says why.
REFUSED = (
    ("nonsense", 2, "there is no command 'nonsense'"),
    ("appyl", 2, "did you mean: backendgen apply"),
    ("add resourc", 2, "did you mean: backendgen add resource"),
    ("apply --nonsense", 2, "see: backendgen apply --help"),
    ("add resource", 2, "see: backendgen add resource --help"),
    ("add resource Review stars:itn", 1, "argument 2: column 7"),
    ("add resource Review stars:int:mni=1 text:strin", 1, "argument 3: column 6"),
    ("add resource Post title:string", 1, "Post"),
    ("add resource review title:string", 1, "Review"),
    ("add resource Review post:ref:Pots", 1, "Post"),
    ("add resource Review stars:int --access lst=public", 1, "list"),
    ("add resource Review stars:int --access public", 2, "--access list=public"),
    ("add resource Review stars:int --unique stars,body", 1, "body"),
    ("add resource Review stars:int --id serial", 1, "uuid"),
    ("show Pots", 1, "did you mean Post"),
    ("new .", 1, "is a backendgen project already"),
    ("new other --spec missing.yaml", 1, "missing.yaml"),
    ("new other --spec . --resource A", 2, "exclude each other"),
    ("new other --database orcale", 1, "database"),
    ("new other --database supabase", 1, "later release"),
    ("new other --resource 'Post", 2, "--resource"),
    ("new backendgen.yaml", 1, "is a file"),
    ("new --no-input", 2, "backendgen new DIR"),
)


def words(line: str) -> Sequence[str]:
    return line.split()


@pytest.mark.parametrize("line", [row.words for row in COMMANDS if row.missing])
@pytest.mark.parametrize("option", [(), ("--json",)])
def test_what_is_not_there_yet_is_refused_in_a_sentence(
    line: str, option: Sequence[str], project: Path, run: Backendgen
) -> None:
    before = fingerprint(project)
    done = run(*words(line), *option, cwd=project)
    assert done.code == 1
    assert done.err.count("\n") == 1
    assert f"`backendgen {line}` comes with a later release" in done.err
    assert fingerprint(project) == before


@pytest.mark.parametrize(("line", "code", "sentence"), REFUSED)
def test_a_refusal_is_a_sentence_and_writes_nothing(
    line: str, code: int, sentence: str, project: Path, run: Backendgen
) -> None:
    before = fingerprint(project)
    done = run(*words(line), cwd=project)
    assert (done.code, done.out) == (code, "")
    assert sentence in done.err
    assert "Traceback" not in done.err
    assert fingerprint(project) == before


@pytest.mark.parametrize(("line", "code", "sentence"), REFUSED)
def test_a_refusal_is_data_with_json(
    line: str, code: int, sentence: str, project: Path, run: Backendgen
) -> None:
    done = run(*words(line), "--json", cwd=project)
    assert done.code == done.data["exit_code"] == code
    assert sentence in done.data["error"]["message"]
    assert sentence in done.err


@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize("line", READING)
def test_reading_commands_take_every_option_and_write_nothing(
    line: str, option: str, project: Path, run: Backendgen
) -> None:
    before = fingerprint(project)
    done = run(*words(line), option, cwd=project / "app")
    assert done.code == 0
    assert done.err == "" or option == "--json"
    assert fingerprint(project) == before


@pytest.mark.parametrize("line", WRITING)
def test_a_dry_run_tells_and_writes_nothing(line: str, project: Path, run: Backendgen) -> None:
    before = fingerprint(project)
    done = run(*words(line), "--dry-run", cwd=project)
    assert (done.code, done.err) == (0, "")
    assert fingerprint(project) == before
    assert "nothing was written (--dry-run)" in done.out


@pytest.mark.parametrize("line", WRITING)
def test_quiet_says_nothing_when_all_is_well(line: str, project: Path, run: Backendgen) -> None:
    done = run(*words(line), "--quiet", cwd=project)
    assert (done.code, done.out, done.err) == (0, "", "")


@pytest.mark.parametrize("line", [*READING, *WRITING])
def test_json_is_all_that_standard_output_holds(line: str, project: Path, run: Backendgen) -> None:
    done = run(*words(line), "--json", cwd=project)
    assert done.code == done.data["exit_code"] == 0
    assert done.data["command"] == " ".join(words(line)[: 2 if line.startswith("add") else 1])
    assert json.dumps(done.data, indent=2, ensure_ascii=False) + "\n" == done.out


@pytest.mark.parametrize("line", [*READING, *WRITING])
def test_outside_a_project_there_is_nothing_to_do(
    line: str, tmp_path: Path, run: Backendgen
) -> None:
    done = run(*words(line), cwd=tmp_path)
    assert (done.code, done.out) == (1, "")
    assert "is not in a backendgen project" in done.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("line", [*READING, "apply", "update", "add resource Review stars:int"])
def test_a_broken_spec_is_told_with_its_position(line: str, project: Path, run: Backendgen) -> None:
    edit(project / "backendgen.yaml", "string:200:index", "strng:200:index")
    before = fingerprint(project)
    done = run(*words(line), cwd=project)
    assert done.code == 1
    assert done.err.startswith("backendgen.yaml:12:14: ")
    assert fingerprint(project) == before


@pytest.mark.parametrize(
    "row", [row for row in COMMANDS if not row.missing], ids=lambda row: row.words
)
def test_help_tells_every_option(row: Command, tmp_path: Path, run: Backendgen) -> None:
    done = run(*words(row.words), "--help", cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert all(option in done.out for option in OPTIONS)


@pytest.mark.parametrize("line", ["", "--help", "-h", "add --help"])
def test_the_overview_lists_the_commands(line: str, tmp_path: Path, run: Backendgen) -> None:
    done = run(*words(line), cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert "add resource" in done.out


def test_colour_is_for_terminals(project: Path, run: Backendgen) -> None:
    green = "\x1b[32m"
    assert "\x1b" not in run("check", cwd=project).out
    assert green in run("check", cwd=project, FORCE_COLOR="1").out
    assert green not in run("check", cwd=project, FORCE_COLOR="1", NO_COLOR="1").out


@pytest.mark.parametrize(("option", "shown"), [((), False), (("--debug",), True)])
def test_a_bug_of_ours_is_one_sentence(
    option: Sequence[str],
    shown: bool,
    project: Path,
    run: Backendgen,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("backendgen.cli.status.standing", lambda _: 1 / 0)
    done = run("status", *option, cwd=project)
    assert (done.code, done.out) == (1, "")
    assert "this is a bug in backendgen (ZeroDivisionError: division by zero)" in done.err
    assert "--debug" in done.err
    assert ("Traceback" in done.err) == shown


def test_a_pipe_that_is_closed_early_is_no_error(
    project: Path, environment: Mapping[str, str]
) -> None:
    command = f"{shlex.quote(sys.executable)} -m backendgen show --erd | head -1"
    done = subprocess.run(
        ["bash", "-c", command], cwd=project, env=environment, capture_output=True, check=False
    )
    assert (done.stdout, done.stderr) == (b"erDiagram\n", b"")


def test_what_a_killed_run_left_is_taken_back_first(project: Path, run: Backendgen) -> None:
    assert run("add", "resource", "Review", "stars:int", cwd=project).code == 0
    journal = project / ".backendgen/journal/000002.done"
    journal.rename(journal.with_suffix(".pending"))
    done = run("status", cwd=project)
    assert done.code == 0
    assert "`add resource` was interrupted and has been taken back" in done.err
    assert not (project / "app/reviews").exists()


def test_a_second_command_at_once_is_refused(project: Path, run: Backendgen) -> None:
    with locked(project):
        done = run("apply", cwd=project)
    assert done.code == 1
    assert "another backendgen is at work" in done.err
