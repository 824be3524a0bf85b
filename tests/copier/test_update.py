"""Plain `copier update` on our projects, and our merge beside Copier's own on unedited ones."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import copier
import pytest

from backendgen import releases
from backendgen.answers import answers
from backendgen.apply import apply
from backendgen.merge import plan
from backendgen.releases import Template, current, release
from backendgen.render import changed, render
from backendgen.spec.loading import load_spec
from tests.copier.conftest import commit, files, git, load_answers, resource, write

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
POST = resource("Post", "title", "body")
TAG = resource("Tag", "name", big=True)


def new(template: Template, answers: Mapping[str, Any], root: Path) -> Path:
    """A project of ours, committed."""
    root.mkdir()
    apply(root, plan(root, {}, render(template, answers)), "new")
    commit(root)
    return root


def change(root: Path, old: Template, new: Template, answers: Mapping[str, Any]) -> None:
    """What add, apply and update do: two trees, one merge."""
    base = render(old, load_answers(root))
    apply(root, plan(root, base, render(new, answers)), "change")


def copier_update(root: Path, ref: copier.VcsRef | None = None, **data: Any) -> None:
    copier.run_update(root, data=data, defaults=True, overwrite=True, quiet=True, vcs_ref=ref)


def without_journal(root: Path) -> dict[str, tuple[bytes, bool]]:
    return {path: file for path, file in files(root).items() if "/journal/" not in path}


def twins(template: Template, answers: Mapping[str, Any], tmp_path: Path) -> tuple[Path, Path]:
    return new(template, answers, tmp_path / "ours"), new(template, answers, tmp_path / "theirs")


# --------------------------------------------------------------- nothing to do
def test_nothing_to_do_after_an_unreleased_checkout(checkout: Path, tmp_path: Path) -> None:
    project = new(current(), {"resources": [POST]}, tmp_path / "project")
    copier_update(project)
    assert git(project, "status", "--porcelain") == ""


def test_nothing_to_do_after_a_release(checkout: Path, tmp_path: Path) -> None:
    release("1.0.0")
    project = new(current(), {"resources": [POST]}, tmp_path / "project")
    assert load_answers(project)["_commit"] == "1.0.0"
    copier_update(project)
    assert git(project, "status", "--porcelain") == ""


def test_nothing_to_do_after_a_checkout_that_changed_since_its_release(
    checkout: Path, tmp_path: Path
) -> None:
    release("1.0.0")
    write(checkout, {"templates/plain/more.txt": "more\n"})
    project = new(current(), {"resources": [POST]}, tmp_path / "project")
    assert load_answers(project)["_commit"].startswith("1.0.0+1.g")
    copier_update(project)
    assert git(project, "status", "--porcelain") == ""


def test_nothing_to_do_after_a_resource_was_added(checkout: Path, tmp_path: Path) -> None:
    project = new(current(), {"resources": [POST]}, tmp_path / "project")
    change(project, current(), current(), {"resources": [POST, TAG]})
    commit(project)
    copier_update(project)
    assert git(project, "status", "--porcelain") == ""


# ------------------------------------------------------------------- same bytes
@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param([], [POST], id="the first resource"),
        pytest.param([POST], [POST, TAG], id="one more"),
        pytest.param([POST, TAG], [TAG], id="one less"),
        pytest.param([POST], [resource("Post", "title", "text", "more")], id="other fields"),
    ],
)
def test_a_change_of_answers(
    checkout: Path, tmp_path: Path, before: list[Any], after: list[Any]
) -> None:
    template = current()
    ours, theirs = twins(template, {"resources": before}, tmp_path)
    change(ours, template, template, {"resources": after})
    copier_update(theirs, copier.VcsRef.CURRENT, resources=after)
    assert without_journal(ours) == without_journal(theirs)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_grows_by_its_last_resource(example: Path, home: Path, tmp_path: Path) -> None:
    template = current()
    whole = answers(load_spec(example))
    *earlier, _ = whole["resources"]
    ours, theirs = twins(template, {**whole, "resources": earlier}, tmp_path)
    old, grown = render(template, {**whole, "resources": earlier}), render(template, whole)
    assert changed(old, grown) == changed(dict(old), dict(grown))
    change(ours, template, template, whole)
    copier_update(theirs, copier.VcsRef.CURRENT, resources=whole["resources"])
    assert without_journal(ours) == without_journal(theirs)
    commit(ours)
    copier_update(ours)
    assert git(ours, "status", "--porcelain") == ""


def test_a_newer_release(checkout: Path, tmp_path: Path) -> None:
    release("1.0.0")
    old = current()
    ours, theirs = twins(old, {"resources": [POST, TAG]}, tmp_path)
    (checkout / "templates/plain/static.txt").unlink()
    write(
        checkout,
        {
            "templates/plain/README.md.jinja": "# {{ title }}\n\nrewritten\n",
            "templates/plain/new/{{ name }}.txt.jinja": "{{ count }}\n",
            "templates/_shared/linked.txt": "linked to another text\n",
        },
    )
    (checkout / "templates/plain/run.sh.jinja").chmod(0o644)
    release("1.1.0")
    change(ours, old, current(), load_answers(ours))
    copier_update(theirs)
    assert load_answers(ours)["_commit"] == "1.1.0"
    assert without_journal(ours) == without_journal(theirs)


def test_an_edited_project_goes_to_a_newer_release_in_both_ways(
    checkout: Path, tmp_path: Path
) -> None:
    body = "".join(f"line {number}\n" for number in range(12))
    write(checkout, {"templates/plain/long.txt": body})
    release("1.0.0")
    old = current()
    ours, theirs = twins(old, {"resources": [POST]}, tmp_path)
    write(checkout, {"templates/plain/long.txt": body.replace("line 2\n", "new\n")})
    release("1.1.0")
    for project in (ours, theirs):
        write(project, {"long.txt": body.replace("line 9\n", "mine\n")})
        commit(project)
    change(ours, old, current(), load_answers(ours))
    copier_update(theirs)
    expected = body.replace("line 2\n", "new\n").replace("line 9\n", "mine\n")
    assert (ours / "long.txt").read_text() == expected
    assert without_journal(ours) == without_journal(theirs)


def test_the_first_version_of_a_project_can_be_rendered_again(
    checkout: Path, tmp_path: Path
) -> None:
    first = current()
    tree = render(first, {"resources": [POST]})
    for number in range(3):
        write(checkout, {"templates/plain/static.txt": f"{number}\n"})
        assert current().version != first.version
    assert render(releases.at(first.version), {"resources": [POST]}) == tree
