"""`backendgen new` with options or a spec: what lands in the directory, and what never does."""

import shlex
from pathlib import Path

import pytest

from .conftest import EXAMPLES, SPEC, Backendgen, Ran, fingerprint

HEADER = "# yaml-language-server: $schema=.backendgen/schema.json\n"


def again(done: Ran) -> list[str]:
    """The line at the end that does the same, without the program's name."""
    (line,) = [line for line in done.out.splitlines() if line.startswith("  backendgen new ")]
    return shlex.split(line)[1:]


def content(root: Path) -> dict[str, bytes]:
    """What a person has in the project: all but the journal."""
    paths = [path for path in sorted(root.rglob("*")) if path.is_file()]
    names = {path.relative_to(root).as_posix(): path for path in paths}
    return {name: path.read_bytes() for name, path in names.items() if "/journal/" not in name}


@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_spec_is_kept_to_the_byte(example: Path, tmp_path: Path, run: Backendgen) -> None:
    done = run("new", "here", "--spec", str(example), "--no-input", cwd=tmp_path)
    assert done.code == 0, done.err
    text = example.read_text()
    kept = (tmp_path / "here/backendgen.yaml").read_text()
    assert kept == (text if text.startswith(HEADER) else HEADER + text)


def test_the_project_has_schema_answers_and_first_migration(made: Path) -> None:
    assert (made / ".backendgen/schema.json").is_file()
    assert (made / ".copier-answers.yml").is_file()
    assert [path.name for path in (made / "migrations/versions").glob("*.py")] == [
        "0001_initial.py"
    ]


def test_it_ends_with_tree_next_steps_and_the_same_again(tmp_path: Path, run: Backendgen) -> None:
    done = run("new", "my shop", "--resource", "Tag name:string", cwd=tmp_path)
    assert "├── app/" in done.out
    assert "  cd 'my shop'\n  make setup\n" in done.out
    assert again(done)[:4] == ["new", "my shop", "--name", "my-shop"]


def test_options_override_the_spec_and_are_written_into_it(tmp_path: Path, run: Backendgen) -> None:
    (tmp_path / "spec.yaml").write_text(SPEC)
    options = ("--database", "postgresql", "--name", "other", "--auth", "none")
    done = run("new", "here", "--spec", "spec.yaml", *options, cwd=tmp_path)
    assert done.code == 0, done.err
    text = SPEC.replace("name: demo", "name: other").replace("auth: jwt", "auth: none")
    text = text.replace("# What we sell.\n", "# What we sell.\ndatabase: postgresql\n")
    assert (tmp_path / "here/backendgen.yaml").read_text() == HEADER + text


@pytest.mark.parametrize(
    "words",
    [
        ("--spec", "spec.yaml"),
        ("--spec", "spec.yaml", "--database", "mysql", "--description", "What's it: #1"),
        ("--database", "postgresql", "--auth", "none"),
        ("--resource", "Author name:string:120", "--resource", "Post author:ref:Author"),
        ("--resource", r"Voucher 'code:string:pattern=^[A-Z] \d+$'", "--description", "a: b"),
    ],
)
def test_the_line_at_the_end_makes_the_same_bytes(
    words: tuple[str, ...], tmp_path: Path, run: Backendgen
) -> None:
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "spec.yaml").write_text(SPEC)
    done = run("new", "here", *words, cwd=tmp_path / "first")
    assert done.code == 0, done.err
    repeated = run(*again(done), cwd=tmp_path / "second")
    assert repeated.code == 0, repeated.err
    assert content(tmp_path / "first/here") == content(tmp_path / "second/here")


def test_resources_at_once_give_the_spec_of_resources_one_by_one(
    tmp_path: Path, run: Backendgen
) -> None:
    posts = ("Post", "title:string:200:index", "author:ref:Author")
    authors = ("Author", "name:string")
    at_once = ("--resource", " ".join(authors), "--resource", " ".join(posts))
    assert run("new", "one", "--name", "shop", *at_once, cwd=tmp_path).code == 0
    assert run("new", "two", "--name", "shop", "--no-input", cwd=tmp_path).code == 0
    for resource in (authors, posts):
        assert run("add", "resource", *resource, cwd=tmp_path / "two").code == 0
    spec = (tmp_path / "one/backendgen.yaml").read_text()
    assert (tmp_path / "two/backendgen.yaml").read_text() == spec


def test_without_a_name_the_directory_gives_it(tmp_path: Path, run: Backendgen) -> None:
    assert run("new", "My 2nd Shop!", cwd=tmp_path).code == 0
    assert "name: my-2nd-shop\n" in (tmp_path / "My 2nd Shop!/backendgen.yaml").read_text()


def test_without_a_directory_the_spec_names_it(tmp_path: Path, run: Backendgen) -> None:
    (tmp_path / "spec.yaml").write_text(SPEC)
    assert run("new", "--spec", "spec.yaml", cwd=tmp_path).code == 0
    assert (tmp_path / "demo/backendgen.yaml").is_file()


def test_files_that_are_not_in_the_way_stay(tmp_path: Path, run: Backendgen) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "spec.yaml").write_text(SPEC)
    done = run("new", ".", "--spec", "spec.yaml", cwd=tmp_path)
    assert done.code == 0, done.err
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_what_is_in_the_way_is_named_and_nothing_is_written(
    tmp_path: Path, run: Backendgen
) -> None:
    (tmp_path / "Makefile").write_text("all:\n")
    (tmp_path / "app").write_text("a file\n")
    before = fingerprint(tmp_path)
    done = run("new", ".", "--no-input", cwd=tmp_path)
    assert done.code == 1
    assert "Makefile" in done.err
    assert "app" in done.err
    assert fingerprint(tmp_path) == before


def test_a_spec_written_by_hand_in_its_place_is_taken(tmp_path: Path, run: Backendgen) -> None:
    (tmp_path / "backendgen.yaml").write_text(SPEC)
    done = run("new", ".", "--spec", "backendgen.yaml", cwd=tmp_path)
    assert done.code == 0, done.err
    assert (tmp_path / "backendgen.yaml").read_text() == HEADER + SPEC


def test_a_spec_of_the_user_s_own_is_not_overwritten(tmp_path: Path, run: Backendgen) -> None:
    (tmp_path / "backendgen.yaml").write_text(SPEC)
    before = fingerprint(tmp_path)
    done = run("new", ".", "--name", "other", "--no-input", cwd=tmp_path)
    assert done.code == 1
    assert "backendgen.yaml" in done.err
    assert fingerprint(tmp_path) == before


def test_every_problem_of_the_options_is_told_of_its_word(tmp_path: Path, run: Backendgen) -> None:
    options = ("--database", "orcale", "--resource", "Post title:strng class:int a:int a:text")
    done = run("new", "here", *options, cwd=tmp_path)
    assert done.code == 1
    lines = done.err.splitlines()
    assert "--resource Post: column 7: `strng` is not a type, did you mean `string`?" in done.err
    assert any(line.startswith("--database: ") for line in lines)
    assert any("`class`" in line and line.startswith("--resource Post: ") for line in lines)
    assert any("`a` is given twice" in line for line in lines)
    assert not (tmp_path / "here").exists()


def test_every_problem_of_a_spec_is_told_and_no_directory_made(
    tmp_path: Path, run: Backendgen
) -> None:
    (tmp_path / "spec.yaml").write_text(
        "name: shop\ndatabase: orcale\nresources:\n  Post:\n    fields:\n      a: strng\n"
    )
    done = run("new", "here", "--spec", "spec.yaml", cwd=tmp_path)
    assert done.code == 1
    assert done.err.startswith("spec.yaml:2:11: ")
    assert "\nspec.yaml:6:10: " in done.err
    assert not (tmp_path / "here").exists()


def test_a_dry_run_lists_every_file_and_makes_no_directory(tmp_path: Path, run: Backendgen) -> None:
    done = run("new", "here", "--dry-run", "--json", cwd=tmp_path)
    assert done.code == 0
    assert {"path": "Makefile", "kind": "create", "note": ""} in done.data["changes"]
    assert not (tmp_path / "here").exists()


def test_a_directory_that_may_not_be_written_is_told(tmp_path: Path, run: Backendgen) -> None:
    (tmp_path / "file").write_text("")
    done = run("new", "file/below", cwd=tmp_path)
    assert done.code == 1
    assert "Traceback" not in done.err
    assert "file" in done.err
