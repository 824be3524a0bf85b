from pathlib import Path

import pytest

from backendgen.errors import BackendgenError
from backendgen.migrations.alembic.history import DIRECTORY, Head, head


def write(root: Path, files: dict[str, str]) -> None:
    directory = root / DIRECTORY
    directory.mkdir(parents=True)
    for name, text in files.items():
        (directory / name).write_text(text)


def revision(own: str, down: str) -> str:
    return f'revision = "{own}"\ndown_revision = {down}\n'


def test_without_files_the_next_is_the_first(tmp_path: Path) -> None:
    assert head(tmp_path) == Head(None, 1)


def test_the_last_of_a_chain(tmp_path: Path) -> None:
    files = {"0001_initial.py": revision("a", "None"), "0002_add_tag.py": revision("b", "'a'")}
    write(tmp_path, files)
    assert head(tmp_path) == Head("b", 3)


def test_a_person_s_own_migration_counts(tmp_path: Path) -> None:
    own = 'revision: str = "9f"\ndown_revision: str | None = "a"\nraise SystemExit("never run")\n'
    write(tmp_path, {"0001_initial.py": revision("a", "None"), "9f_my_own.py": own})
    assert head(tmp_path) == Head("9f", 2)


def test_a_merge_has_two_parents(tmp_path: Path) -> None:
    chain = {
        "1.py": revision("a", "None"),
        "2.py": revision("b", "'a'"),
        "3.py": revision("c", "'a'"),
        "4.py": revision("d", "('b', 'c')"),
    }
    write(tmp_path, chain)
    assert head(tmp_path).revision == "d"


def test_what_alembic_does_not_read_is_not_read(tmp_path: Path) -> None:
    others = {"__init__.py": "", ".#1.py": "(", "notes.txt": "(", "__init__2.py": "("}
    write(tmp_path, {"1.py": revision("a", "None"), **others})
    assert head(tmp_path).revision == "a"


FIRST = revision("a", "None")
NO_ID = (
    "migrations/versions/1.py: the next migration cannot be chained to this one; write its revision"
    ' and down_revision as plain text: revision = "1a2b" and down_revision = None'
)
NO_PYTHON = (
    "migrations/versions/1.py{}: not Python, so the next migration cannot be chained to it; correct"
    " it, or move it out of the directory"
)
CIRCLE = "migrations/versions: migrations continue each other in a circle; correct a down_revision"
GAP = (
    "migrations/versions/3.py: continues from b, which no file there defines; restore that file, or"
    " correct down_revision"
)
TWICE = (
    "migrations/versions/2.py: revision a is also the one of migrations/versions/1.py; give one of"
    " them another id"
)
TWO_HEADS = (
    "migrations/versions: more than one migration is the last: b (migrations/versions/2.py) and"
    ' c (migrations/versions/3.py); join them: alembic merge heads -m "merge"'
)
REFUSED: dict[str, tuple[dict[str, str], str]] = {
    "two heads": (
        {"1.py": FIRST, "2.py": revision("b", "'a'"), "3.py": revision("c", "'a'")},
        TWO_HEADS,
    ),
    "a gap": ({"1.py": FIRST, "3.py": revision("c", "'b'")}, GAP),
    "one id twice": ({"1.py": FIRST, "2.py": FIRST}, TWICE),
    "a circle": ({"1.py": revision("a", "'b'"), "2.py": revision("b", "'a'")}, CIRCLE),
    "a circle beside the chain": (
        {"0.py": FIRST, "1.py": revision("b", "'c'"), "2.py": revision("c", "'b'")},
        CIRCLE,
    ),
    "not Python": (
        {"1.py": "revision = 'a'\ndown_revision = (\n"},
        NO_PYTHON.format(":2"),
    ),
    "a NUL": ({"1.py": "revision = 'a'\0"}, NO_PYTHON.format("")),
    "no revision": ({"1.py": "down_revision = None\n"}, NO_ID),
    "no down_revision": ({"1.py": "revision = 'a'\n"}, NO_ID),
    "computed": ({"1.py": "revision = make_id()\ndown_revision = None\n"}, NO_ID),
}


@pytest.mark.parametrize(("files", "sentence"), REFUSED.values(), ids=REFUSED)
def test_a_chain_that_cannot_be_continued(
    files: dict[str, str], sentence: str, tmp_path: Path
) -> None:
    write(tmp_path, files)
    with pytest.raises(BackendgenError) as refused:
        head(tmp_path)
    assert str(refused.value) == sentence
