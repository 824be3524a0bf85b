"""Where Copier's own update loses or refuses something, ours does not: one scenario each."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import copier
import pytest

from backendgen.apply import apply, undo
from backendgen.merge import Plan, plan
from backendgen.releases import Template, current, release
from backendgen.render import render
from tests.copier.conftest import commit, files, git, load_answers, resource, write

POST, TAG = resource("Post", "title"), resource("Tag", "name")
BODY = "".join(f"line {number}\n" for number in range(12))


def block(name: str, size: int = 1) -> str:
    return f"class {name}:\n    first = 1\n    size = {size}\n    last = 3\n\n\n"


BLOCKS = "".join(block(name) for name in "ABCDEF")
REGISTRY = "ROUTERS = (\n{% for r in resources %}    {{ r.name }},\n{% endfor %})\n"


@pytest.fixture
def released(checkout: Path) -> Template:
    write(
        checkout,
        {
            "templates/plain/body.txt": BODY,
            "templates/plain/blocks.py": BLOCKS,
            "templates/plain/dropped.txt": BODY.upper(),
            "templates/plain/registry.py.jinja": REGISTRY,
        },
    )
    release("1.0.0")
    return current()


@pytest.fixture
def project(released: Template, tmp_path: Path) -> Path:
    root = tmp_path / "project"
    root.mkdir()
    apply(root, plan(root, {}, render(released, {"resources": [POST]})), "new")
    commit(root)
    return root


def update(root: Path, checkout: Path, changed: Mapping[str, str], *removed: str) -> Plan:
    """To a release 1.1.0 in which the template's files are changed or removed."""
    old = current()
    write(checkout, {f"templates/plain/{path}": text for path, text in changed.items()})
    for path in removed:
        (checkout / "templates/plain" / path).unlink()
    release("1.1.0")
    return _change(root, old, current(), load_answers(root))


def _change(root: Path, old: Template, new: Template, answers: Mapping[str, Any]) -> Plan:
    made = plan(root, render(old, load_answers(root)), render(new, answers))
    apply(root, made, "change")
    return made


def add(root: Path, *resources: Mapping[str, Any]) -> Plan:
    return _change(root, current(), current(), {**load_answers(root), "resources": resources})


def read(root: Path, path: str) -> str:
    return (root / path).read_bytes().decode()


def test_edits_two_lines_apart(project: Path, checkout: Path) -> None:
    write(project, {"body.txt": BODY.replace("line 4\n", "mine\n")})
    update(project, checkout, {"body.txt": BODY.replace("line 2\n", "new\n")})
    assert read(project, "body.txt") == BODY.replace("line 2\n", "new\n").replace("line 4", "mine")


def test_adjacent_edits_are_a_conflict_that_is_told(project: Path, checkout: Path) -> None:
    write(project, {"body.txt": BODY.replace("line 3\n", "mine\n")})
    made = update(project, checkout, {"body.txt": BODY.replace("line 2\n", "new\n")})
    assert [change.path for change in made.conflicts] == ["body.txt"]
    assert "||||||| generated before" in read(project, "body.txt")


def test_repeated_blocks_one_of_them_removed(project: Path, checkout: Path) -> None:
    write(project, {"blocks.py": BLOCKS.replace(block("D"), block("D", size=99))})
    update(project, checkout, {"blocks.py": BLOCKS.replace(block("B"), "")})
    assert read(project, "blocks.py") == (
        BLOCKS.replace(block("B"), "").replace(block("D"), block("D", size=99))
    )


def test_repeated_blocks_one_put_first(project: Path, checkout: Path) -> None:
    write(project, {"blocks.py": BLOCKS.replace(block("D"), block("D", size=99))})
    update(project, checkout, {"blocks.py": block("Z") + BLOCKS})
    expected = block("Z") + BLOCKS.replace(block("D"), block("D", size=99))
    assert read(project, "blocks.py") == expected


def test_a_file_that_the_user_renamed(project: Path, checkout: Path) -> None:
    (project / "body.txt").rename(project / "renamed.txt")
    made = update(project, checkout, {"body.txt": BODY.replace("line 2\n", "new\n")})
    assert read(project, "renamed.txt") == BODY.replace("line 2\n", "new\n")
    assert "you renamed body.txt to it" in {change.note for change in made.changes}
    assert not (project / "body.txt").exists()


def test_an_edited_file_that_the_template_drops(project: Path, checkout: Path) -> None:
    edited = BODY.upper() + "mine\n"
    write(project, {"dropped.txt": edited})
    made = update(project, checkout, {}, "dropped.txt")
    assert read(project, "dropped.txt") == edited
    assert "keep" in {change.kind for change in made.changes}


def test_a_new_file_where_the_user_has_one(project: Path, checkout: Path) -> None:
    write(project, {"app/tag/model.py": "mine\n"})
    made = add(project, POST, TAG)
    assert read(project, "app/tag/model.py") == "mine\n"
    assert "class Tag" in read(project, "app/tag/model.py.generated")
    assert [change.path for change in made.conflicts] == ["app/tag/model.py"]


@pytest.mark.parametrize(
    ("mine", "expected"),
    [
        (
            "ROUTERS = (\n    Post,\n    Mine,\n)\n",
            "ROUTERS = (\n    Post,\n    Tag,\n    Mine,\n)\n",
        ),
        (
            "ROUTERS = (\n    Mine,\n    Post,\n)\n",
            "ROUTERS = (\n    Mine,\n    Post,\n    Tag,\n)\n",
        ),
    ],
    ids=["after the last generated line", "before it"],
)
def test_a_users_line_in_a_registry(project: Path, mine: str, expected: str) -> None:
    write(project, {"registry.py": mine})
    made = add(project, POST, TAG)
    assert (read(project, "registry.py"), made.conflicts) == (expected, ())


def test_a_project_with_crlf(project: Path, checkout: Path) -> None:
    for path in ("body.txt", "registry.py"):
        write(project, {path: read(project, path).replace("\n", "\r\n")})
    made = update(project, checkout, {"body.txt": BODY.replace("line 2\n", "new\n")})
    assert made.conflicts == ()
    assert read(project, "body.txt") == BODY.replace("line 2\n", "new\n").replace("\n", "\r\n")


def test_a_dirty_tree_with_untracked_files(project: Path) -> None:
    write(project, {"body.txt": BODY + "mine\n", "untracked.txt": "mine\n"})
    with pytest.raises(copier.errors.UserMessageError, match="dirty"):
        copier.run_update(project, defaults=True, overwrite=True, quiet=True)
    add(project, POST, TAG)
    assert read(project, "body.txt") == BODY + "mine\n"
    assert read(project, "untracked.txt") == "mine\n"
    assert "class Tag" in read(project, "app/tag/model.py")


def test_a_project_that_is_no_git_repository(released: Template, tmp_path: Path) -> None:
    apply(tmp_path / "bare", plan(tmp_path / "bare", {}, render(released, {})), "new")
    add(tmp_path / "bare", TAG)
    assert "class Tag" in read(tmp_path / "bare", "app/tag/model.py")


def test_the_answers_name_the_same_source_on_every_machine(project: Path) -> None:
    assert load_answers(project)["_src_path"] == "~/.local/share/backendgen/templates.bundle"


def test_an_update_takes_every_version_between(project: Path, checkout: Path) -> None:
    for number in range(1, 4):
        write(checkout, {"templates/plain/body.txt": BODY + f"{number}\n"})
        release(f"1.{number}.0")
    assert current().version == "1.3.0"
    copier.run_update(project, defaults=True, overwrite=True, quiet=True)
    assert load_answers(project)["_commit"] == "1.3.0"
    assert read(project, "body.txt") == BODY + "3\n"


def test_undo_after_an_add_is_seen_by_git_as_nothing(project: Path) -> None:
    before = files(project)
    add(project, POST, TAG)
    undo(project)
    assert files(project) == before
    assert git(project, "status", "--porcelain") == ""
