import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from backendgen.answers import Answers
from backendgen.migrations import next_migration
from backendgen.migrations.alembic.history import DIRECTORY, Head
from backendgen.migrations.alembic.revision import write_file
from backendgen.migrations.operations import operations
from backendgen.spec import grammar
from tests.unit.migrations.trial import ROOT, TEMPLATE, TYPES, trial

FIRST = Head(None, 1)
TAG = "{Tag: {fields: {name: string}}}"
TAG_AND_POST = "{Tag: {fields: {name: string}}, Post: {fields: {title: string}}}"

# What a generated project holds itself to, less what its other files need.
LINTER = ["--isolated", "--line-length=100", "--target-version=py311"]
RULES = ["--select=ALL", "--ignore=COM812,CPY,D1,D203,D213,INP001"]
FIELDS = (
    "string:4000:default={long}",
    "string:200:index:default={short}",
    "int:min=-2147483648:max=2147483647:default=-1",
    "bigint:min=-9223372036854775808",
    "float:max=0.0000123456789012345:default=-0.000001234567890123",
    "decimal:18,9:min=-123456789.123456789:max=123456789.123456789:default=-1",
    "decimal:18,17:unique:min=-1.01234567890123456",
    "enum:one,two_and_a_half,a_value_that_is_as_long_as_they_can_ever:default=two_and_a_half",
    "enum:a,b:index",
    "datetime:optional:index",
    "json",
    "time",
    "ref:Target:optional:set_null",
    "ref:Target:unique",
    "many:Target",
)


def first(answers: Answers) -> str:
    return write_file(TEMPLATE, operations(None, answers), FIRST, "initial")[1].content.decode()


def fields(length: int) -> dict[str, str]:
    """A field of each kind, all names of that length."""
    samples = {"long": "d" * 60, "short": "d" * length}
    names = (chr(ord("a") + number) + "x" * (length - 1) for number in range(len(FIELDS)))
    return {name: kind.format(**samples) for name, kind in zip(names, FIELDS, strict=True)}


def every_length() -> str:
    """A resource for each length that a name can have, so that each line breaks at some point."""
    resources: dict[str, object] = {
        "Target": {"id": "int", "fields": {"other": "ref:Target:optional"}}
    }
    for length in range(3, grammar.LONGEST_NAME + 1):
        own = fields(length)
        together = [[*own][number] for number in (1, 2, 8)]
        options = {"unique": [together], "indexes": [together[1:]]}
        resources["R" + "x" * (length - 1)] = {"fields": own, **options}
    return yaml.safe_dump(resources, default_flow_style=True, width=10**9).strip()


def lint(path: Path) -> str:
    commands = (["format", "--check", "--diff", *LINTER], ["check", *LINTER, *RULES])
    results = [
        subprocess.run(
            [sys.executable, "-m", "ruff", *command, path],
            cwd=path.parents[2],
            capture_output=True,
            text=True,
            check=False,
        )
        for command in commands
    ]
    return "".join(result.stdout + result.stderr for result in results if result.returncode)


def place(root: Path, text: str) -> Path:
    """A migration beside the column types that it imports."""
    types = root / "app/core/types.py"
    types.parent.mkdir(parents=True)
    types.write_text(TYPES)
    path = root / DIRECTORY / "0001_initial.py"
    path.parent.mkdir(parents=True)
    path.write_text(text)
    return path


def test_the_formatter_and_the_linter_have_nothing_to_say(tmp_path: Path) -> None:
    assert lint(place(tmp_path, first(trial(every_length())))) == ""


def test_the_type_checker_has_nothing_to_say(tmp_path: Path) -> None:
    path = place(tmp_path, first(trial(every_length())))
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", ROOT / ".mypy_cache/trial", path],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("count", range(14, 20))
def test_a_long_migration_says_so_to_the_linter_only_where_it_must(
    count: int, tmp_path: Path
) -> None:
    """Each resource is three statements up and one down; accounts are four and two."""
    resources = ", ".join(f"R{number}x: {{fields: {{n: int}}}}" for number in range(count))
    text = first(trial(f"{{{resources}}}"))
    assert text.count("noqa") == (4 + 3 * count > 50)
    assert lint(place(tmp_path, text)) == ""


def test_each_import_is_there_only_where_it_is_used(tmp_path: Path) -> None:
    for number, kind in enumerate(grammar.TYPES):
        field = {"enum": "enum:a,b", "ref": "ref:Ant:optional", "many": "many:Ant"}.get(kind, kind)
        resources = f"{{Ant: {{id: int, timestamps: false, fields: {{n: '{field}'}}}}}}"
        path = place(tmp_path / str(number), first(trial(resources, "none")))
        assert lint(path) == "", kind


def test_the_same_change_is_the_same_file_everywhere() -> None:
    assert first(trial(every_length())) == first(trial(every_length()))


def test_another_change_has_another_revision() -> None:
    done = operations(None, trial(TAG))
    heads = (FIRST, Head(None, 2), Head("a", 1))
    files = {write_file(TEMPLATE, done, head, "initial")[1].content for head in heads}
    revisions = {line for file in files for line in file.splitlines() if line[:8] == b"revision"}
    assert len(revisions) == 3


def test_the_next_migration_continues_from_the_last_on_disk(tmp_path: Path) -> None:
    old, new = trial(TAG), trial(TAG_AND_POST)
    own = tmp_path / DIRECTORY / "c0ffee_my_own.py"
    own.parent.mkdir(parents=True)
    own.write_text('revision = "c0ffee"\ndown_revision = None\n')
    shutil.copy(own, own.with_name("notes.txt"))
    migration = next_migration(old, new, tmp_path, TEMPLATE)
    assert migration is not None
    ((path, file),) = migration.files.items()
    assert path == "migrations/versions/0001_add_post.py"
    assert b'\ndown_revision = "c0ffee"\n' in file.content
    assert migration.steps == ("create table posts",)


def test_a_project_without_migrations_gets_the_whole_of_them(tmp_path: Path) -> None:
    """Plain `copier copy` makes one."""
    migration = next_migration(trial(TAG), trial(TAG_AND_POST), tmp_path, TEMPLATE)
    assert migration is not None
    ((path, file),) = migration.files.items()
    assert path == "migrations/versions/0001_initial.py"
    assert file.content.decode() == first(trial(TAG_AND_POST))


def test_several_resources_are_one_migration(tmp_path: Path) -> None:
    before = place(tmp_path, 'revision = "a"\ndown_revision = None\n')
    more = "{Tag: {fields: {name: string}}, BlogPost: {fields: {n: int}}, Zoo: {fields: {n: int}}}"
    migration = next_migration(trial(TAG), trial(more), tmp_path, TEMPLATE)
    assert migration is not None
    ((path, file),) = migration.files.items()
    assert before.name == "0001_initial.py"
    assert path == "migrations/versions/0002_add_blog_post_and_1_more.py"
    assert file.content.startswith(b'"""Add blog post and 1 more."""\n')


def test_no_change_is_no_migration(tmp_path: Path) -> None:
    place(tmp_path, 'revision = "a"\ndown_revision = None\n')
    assert next_migration(trial(TAG), trial(TAG), tmp_path, TEMPLATE) is None


def test_every_type_has_a_row() -> None:
    rows = yaml.safe_load((ROOT / "templates/_shared/alembic/columns.yml").read_text())
    stored = {kind for kind in grammar.TYPES if kind not in {"ref", "many"}}
    assert set(rows) == stored | {"serial", "timestamp", "password_hash", "token_hash"}


DEFAULTS: dict[str, tuple[dict[str, object], str]] = {
    "a percent sign": ({"type": "string", "default": "100%"}, ""),
    "a colon": ({"type": "string", "default": "a:b"}, ""),
    "no ASCII": ({"type": "string", "default": "né"}, ""),
    "long": ({"type": "string", "default": "d" * 61}, ""),
    "not too long": ({"type": "string", "default": "d" * 60}, f'"{"d" * 60}"'),
    "plain": ({"type": "string", "default": "plain text"}, '"plain text"'),
    "empty": ({"type": "string", "default": ""}, "sa.text(\"''\")"),
    "text": ({"type": "text", "default": "plain"}, ""),
    "int": ({"type": "int", "default": -1}, '"-1"'),
    "true": ({"type": "bool", "default": True}, '"1"'),
    "false": ({"type": "bool", "default": False}, '"0"'),
    "float": ({"type": "float", "default": 1.5}, '"1.5"'),
    "whole float": ({"type": "float", "default": -3.0}, '"-3"'),
    "tiny float": ({"type": "float", "default": 1e-7}, ""),
    "huge float": ({"type": "float", "default": 1e15}, ""),
    "parentheses": ({"type": "string", "default": "(x)"}, ""),
    "decimal": (
        {"type": "decimal", "precision": 10, "scale": 2, "default": "1.5"},
        'sa.literal(Decimal("1.50"), ExactDecimal(10, 2))',
    ),
    "enum": ({"type": "enum", "values": ["a", "b"], "default": "b"}, '"b"'),
    "date": ({"type": "date", "default": "2026-01-02"}, ""),
    "time": ({"type": "time", "default": "03:04:05"}, ""),
    "datetime": ({"type": "datetime", "default": "2026-01-02T03:04:05Z"}, ""),
    "uuid": ({"type": "uuid", "default": "01890a5d-ac96-774b-bcce-b302099a8057"}, ""),
}


@pytest.mark.parametrize(("field", "written"), DEFAULTS.values(), ids=DEFAULTS)
def test_server_defaults_are_those_that_every_database_echoes(
    field: dict[str, object], written: str
) -> None:
    answers = trial(
        yaml.safe_dump(
            {"Ant": {"timestamps": False, "fields": {"f": field}}},
            default_flow_style=True,
            width=10**9,
        ).strip(),
        "none",
    )
    text = " ".join(first(answers).split())
    assert text.count("server_default") == bool(written)
    assert f"server_default={written}" in text or not written
