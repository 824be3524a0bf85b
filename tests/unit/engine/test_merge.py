"""The table of docs/merge.md, a scenario or more per row."""

import os
from pathlib import Path

import pytest

from backendgen import merge
from backendgen.errors import BackendgenError
from backendgen.merge import Change, Kind, Plan, plan
from backendgen.render import File
from tests.unit.engine.conftest import tree, write

LINES = [f"line {number}\n" for number in range(1, 13)]
OLD = "".join(LINES)


def edited(**edits: str) -> str:
    """OLD with lines replaced: `_3="x\\n"` puts x in place of line 3."""
    lines = list(LINES)
    for number, text in edits.items():
        lines[int(number[1:]) - 1] = text
    return "".join(lines)


def one(
    root: Path, mine: str | bytes | None, old: str | bytes | None, new: str | bytes | None
) -> Change:
    """The one change to a.txt."""
    if mine is not None:
        write(root, {"a.txt": mine})
    made = plan(root, *(tree({} if text is None else {"a.txt": text}) for text in (old, new)))
    (change,) = made.changes
    return change


def text(change: Change) -> str:
    assert change.after is not None
    return change.after.content.decode()


def kinds(made: Plan) -> dict[str, Kind]:
    return {change.path: change.kind for change in made.changes}


# --------------------------------------------------------------- as generated
def test_as_generated_and_changed_is_updated(root: Path) -> None:
    change = one(root, OLD, OLD, edited(_2="new\n"))
    assert (change.kind, text(change)) == ("update", edited(_2="new\n"))


def test_as_generated_and_dropped_is_deleted(root: Path) -> None:
    change = one(root, OLD, OLD, None)
    assert (change.kind, change.after) == ("delete", None)


def test_a_new_file_is_created(root: Path) -> None:
    assert one(root, None, None, OLD).kind == "create"


def test_what_did_not_change_is_not_looked_at(root: Path) -> None:
    write(root, {"a.txt": "something else\n"})
    assert plan(root, tree({"a.txt": OLD}), tree({"a.txt": OLD})).changes == ()


# --------------------------------------------------------------------- edited
def test_an_edit_elsewhere_is_merged(root: Path) -> None:
    change = one(root, edited(_10="mine\n"), OLD, edited(_2="new\n"))
    assert (change.kind, text(change)) == ("merge", edited(_2="new\n", _10="mine\n"))
    assert change.note == "your edits are kept"


def test_edits_two_lines_apart_are_merged(root: Path) -> None:
    change = one(root, edited(_4="mine\n"), OLD, edited(_2="new\n"))
    assert (change.kind, text(change)) == ("merge", edited(_2="new\n", _4="mine\n"))


def test_the_same_edit_on_both_sides_is_identical(root: Path) -> None:
    change = one(root, edited(_2="new\n"), OLD, edited(_2="new\n"))
    assert (change.kind, change.is_write) == ("identical", False)


def test_an_edit_of_the_same_line_is_a_conflict_with_its_base(root: Path) -> None:
    change = one(root, edited(_3="mine\n"), OLD, edited(_3="new\n"))
    marked = (
        "<<<<<<< yours\nmine\n||||||| generated before\nline 3\n=======\nnew\n"
        ">>>>>>> generated now\n"
    )
    assert (change.kind, text(change)) == ("conflict", edited(_3=marked))
    assert "one place" in change.note


def test_edits_of_adjacent_lines_are_a_conflict(root: Path) -> None:
    change = one(root, edited(_3="mine\n"), OLD, edited(_4="new\n"))
    assert change.kind == "conflict"
    assert "mine\n" in text(change)
    assert "new\n" in text(change)


def test_an_edit_of_what_was_removed_is_a_conflict(root: Path) -> None:
    change = one(root, edited(_3="mine\n"), OLD, edited(_2="", _3=""))
    assert change.kind == "conflict"
    assert "mine\n" in text(change)


def test_every_conflict_is_counted(root: Path) -> None:
    mine, new = edited(_2="m\n", _9="m\n"), edited(_2="n\n", _9="n\n")
    assert "2 places" in one(root, mine, OLD, new).note


def test_the_lines_that_both_sides_share_are_outside_the_markers(root: Path) -> None:
    change = one(root, edited(_3="same\nmine\n"), OLD, edited(_3="same\nnew\n"))
    assert text(change).startswith("line 1\nline 2\nsame\n<<<<<<< yours\nmine\n|||||||")


def test_marker_like_lines_of_a_text_are_text(root: Path) -> None:
    old = edited(_1="=======\n", _12=">>>>>>> x\n")
    mine, new = old.replace("line 3\n", "mine\n"), old.replace("line 3\n", "new\n")
    assert text(one(root, mine, old, new)).count("=======\n") == 2


def test_a_block_that_repeats_keeps_the_edit_in_its_place(root: Path) -> None:
    def block(name: str, body: str = "    value = 1\n    other = 2\n    third = 3\n") -> str:
        return f"class {name}:\n{body}\n\n"

    old = block("A") + block("B") + block("C") + block("D")
    mine = old.replace(block("C"), block("C", "    value = 1\n    other = 99\n    third = 3\n"))
    new = block("Z") + block("B") + block("C") + block("D")
    change = one(root, mine, old, new)
    assert (change.kind, text(change)) == ("merge", mine.replace(block("A"), block("Z")))


def test_a_repeated_block_removed_before_the_edited_one(root: Path) -> None:
    def block(name: str, other: int = 2) -> str:
        return f"class {name}:\n    value = 1\n    other = {other}\n    third = 3\n\n\n"

    old = "".join(map(block, "ABCD"))
    mine = old.replace(block("C"), block("C", 99))
    change = one(root, mine, old, old.replace(block("A"), ""))
    assert (change.kind, text(change)) == ("merge", mine.replace(block("A"), ""))


# ------------------------------------------------------------------ both added
REGISTRY = "from app import posts\n\nROUTERS = (\n    posts.router,\n)\n"
TAGS = REGISTRY.replace("    posts.router,\n", "    posts.router,\n    tags.router,\n")
MINE = REGISTRY.replace("    posts.router,\n", "    posts.router,\n    mine.router,\n")
BOTH = REGISTRY.replace(
    "    posts.router,\n", "    posts.router,\n    tags.router,\n    mine.router,\n"
)


def test_what_both_added_at_one_place_is_kept(root: Path) -> None:
    change = one(root, MINE, REGISTRY, TAGS)
    assert (change.kind, text(change)) == ("merge", BOTH)
    assert "both" in change.note


def test_what_both_added_stays_in_order_when_more_is_added(root: Path) -> None:
    newer = TAGS.replace("    tags.router,\n", "    tags.router,\n    users.router,\n")
    expected = BOTH.replace("    tags.router,\n", "    tags.router,\n    users.router,\n")
    assert text(one(root, BOTH, TAGS, newer)) == expected


def test_what_the_user_had_added_already_is_not_added_twice(root: Path) -> None:
    change = one(root, BOTH, REGISTRY, TAGS)
    assert (change.kind, text(change)) == ("identical", BOTH)


@pytest.mark.parametrize(
    ("mine", "new", "expected"),
    [
        pytest.param("b\nmine\n", "b\nnew\n", "b\nnew\nmine\n", id="both at the end"),
        pytest.param("mine\nb\n", "new\nb\n", "new\nmine\nb\n", id="both at the start"),
        pytest.param("edited\n", "b\nnew\n", "edited\nnew\n", id="added below an edited line"),
        pytest.param("edited\n", "new\nb\n", "new\nedited\n", id="added above an edited line"),
        pytest.param("b\nmine\n", "changed\n", "changed\nmine\n", id="user added below a change"),
        pytest.param("mine\nb\n", "changed\n", "mine\nchanged\n", id="user added above a change"),
        pytest.param("b\nmine", "b\nnew\n", "b\nnew\nmine", id="no final newline"),
    ],
)
def test_additions_around_a_line(root: Path, mine: str, new: str, expected: str) -> None:
    change = one(root, f"a\n{mine}", "a\nb\n", f"a\n{new}")
    assert (change.kind, text(change)) == ("merge", f"a\n{expected}")


def test_two_functions_at_the_end_stay_whole(root: Path) -> None:
    def function(name: str) -> str:
        return f"\n\ndef {name}():\n    return 1\n"

    change = one(root, OLD + function("mine"), OLD, OLD + function("new"))
    assert text(change) == OLD + function("new") + function("mine")


# ------------------------------------------------------- dropped, deleted, own
def test_edited_and_dropped_is_kept_and_told(root: Path) -> None:
    change = one(root, edited(_3="mine\n"), OLD, None)
    assert (change.kind, change.is_write) == ("keep", False)
    assert "you changed it" in change.note


def test_dropped_and_gone_already_is_nothing(root: Path) -> None:
    assert plan(root, tree({"a.txt": OLD}), {}).changes == ()


def test_deleted_by_the_user_stays_deleted_and_is_told(root: Path) -> None:
    change = one(root, None, OLD, edited(_2="new\n"))
    assert (change.kind, change.is_write) == ("skip", False)
    assert "you deleted it" in change.note


@pytest.mark.parametrize("mine", [OLD, edited(_9="mine\n")], ids=["as generated", "edited"])
def test_renamed_by_the_user_is_found_and_told(root: Path, mine: str) -> None:
    write(root, {"moved/b.txt": mine, "c.txt": "another\ntext\naltogether\n"})
    change = one(root, None, OLD, edited(_2="new\n"))
    assert (change.path, text(change)) == ("moved/b.txt", mine.replace("line 2\n", "new\n"))
    assert change.note.startswith("you renamed a.txt to it")


def test_a_copy_of_another_generated_file_is_no_rename(root: Path) -> None:
    post = "".join(f"post {number}\n" for number in range(3)) + OLD
    tag = "".join(f"tag {number}\n" for number in range(3)) + OLD
    write(root, {"post.txt": post, "mine.txt": post})
    base = tree({"post.txt": post, "tag.txt": tag})
    made = plan(root, base, tree({"post.txt": post, "tag.txt": tag + "new\n"}))
    assert kinds(made) == {"tag.txt": "skip"}


def test_two_renames_do_not_land_in_one_file(root: Path) -> None:
    write(root, {"moved.txt": OLD})
    base, new = (tree({"a.txt": t, "b.txt": t}) for t in (OLD, edited(_2="new\n")))
    assert sorted(kinds(plan(root, base, new)).items()) == [
        ("b.txt", "skip"),
        ("moved.txt", "update"),
    ]


def test_a_users_own_file_is_never_overwritten(root: Path) -> None:
    write(root, {"a.txt": "mine\n"})
    made = plan(root, {}, tree({"a.txt": OLD}))
    assert kinds(made) == {"a.txt": "conflict", "a.txt.generated": "create"}
    assert [change.path for change in made.conflicts] == ["a.txt"]
    assert [change.path for change in made.writes] == ["a.txt.generated"]


def test_what_was_laid_beside_it_before_is_not_overwritten(root: Path) -> None:
    write(root, {"a.txt": "mine\n", "a.txt.generated": "mine too\n"})
    made = plan(root, {}, tree({"a.txt": OLD}))
    assert kinds(made) == {"a.txt": "conflict", "a.txt.generated-2": "create"}


def test_a_users_own_file_that_equals_the_new_one_is_identical(root: Path) -> None:
    assert one(root, OLD, None, OLD).kind == "identical"


# -------------------------------------------------------------- kept faithfully
def crlf(content: str) -> str:
    return content.replace("\n", "\r\n")


def test_a_crlf_file_is_merged_and_stays_crlf(root: Path) -> None:
    change = one(root, crlf(edited(_9="mine\n")), OLD, edited(_2="new\n"))
    assert (change.kind, text(change)) == ("merge", crlf(edited(_2="new\n", _9="mine\n")))


def test_a_crlf_file_as_generated_is_updated_and_stays_crlf(root: Path) -> None:
    change = one(root, crlf(OLD), OLD, edited(_2="new\n"))
    assert (change.kind, text(change)) == ("update", crlf(edited(_2="new\n")))


def test_a_crlf_file_as_generated_is_deleted_when_dropped(root: Path) -> None:
    assert one(root, crlf(OLD), OLD, None).kind == "delete"


def test_a_crlf_conflict_has_crlf_markers(root: Path) -> None:
    change = one(root, crlf(edited(_3="mine\n")), OLD, edited(_3="new\n"))
    assert change.kind == "conflict"
    assert text(change).count("\r\n") == text(change).count("\n")


def test_a_file_generated_with_crlf_is_merged_as_it_is(root: Path) -> None:
    mine, new = edited(_9="mine\n"), edited(_2="new\n")
    change = one(root, crlf(mine), crlf(OLD), crlf(new))
    assert text(change) == crlf(edited(_2="new\n", _9="mine\n"))


def test_no_final_newline_is_kept(root: Path) -> None:
    change = one(root, OLD.removesuffix("\n"), OLD, edited(_2="new\n"))
    assert (change.kind, text(change)) == ("merge", edited(_2="new\n").removesuffix("\n"))


def test_a_file_that_is_no_text_is_kept_and_the_new_one_laid_beside_it(root: Path) -> None:
    write(root, {"a.bin": b"\0mine"})
    made = plan(root, tree({"a.bin": b"\0old"}), tree({"a.bin": b"\0new"}))
    assert kinds(made) == {"a.bin": "conflict", "a.bin.generated": "create"}


def test_a_file_that_is_no_text_is_updated_as_generated(root: Path) -> None:
    assert one(root, b"\0old\r\n", b"\0old\r\n", b"\0new").kind == "update"


def test_a_mode_that_the_user_changed_is_kept(root: Path) -> None:
    write(root, {"a.txt": OLD})
    (root / "a.txt").chmod(0o755)
    (change,) = plan(root, tree({"a.txt": OLD}), tree({"a.txt": edited(_2="new\n")})).changes
    assert change.after == File(edited(_2="new\n").encode(), executable=True)


def test_a_mode_that_the_template_changed_is_taken_over(root: Path) -> None:
    write(root, {"a.txt": edited(_9="mine\n")})
    new = {"a.txt": File(OLD.encode(), executable=True)}
    (change,) = plan(root, tree({"a.txt": OLD}), new).changes
    assert change.after == File(edited(_9="mine\n").encode(), executable=True)
    assert change.kind == "update"


def test_a_link_within_the_project_is_followed(root: Path) -> None:
    write(root, {"docs/b.md": edited(_9="mine\n")})
    (root / "a.txt").symlink_to("docs/b.md")
    change = one(root, None, OLD, edited(_2="new\n"))
    assert (change.path, text(change)) == ("docs/b.md", edited(_2="new\n", _9="mine\n"))
    assert "link" in change.note


def test_a_link_out_of_the_project_is_left_alone(root: Path, tmp_path: Path) -> None:
    write(tmp_path, {"outside.txt": OLD})
    (root / "a.txt").symlink_to(tmp_path / "outside.txt")
    made = plan(root, tree({"a.txt": OLD}), tree({"a.txt": edited(_2="new\n")}))
    assert kinds(made) == {"a.txt": "conflict", "a.txt.generated": "create"}


def test_a_link_that_is_no_longer_generated_is_kept(root: Path) -> None:
    (root / "a.txt").symlink_to("nowhere")
    (change,) = plan(root, tree({"a.txt": OLD}), {}).changes
    assert (change.kind, change.is_write) == ("keep", False)


def test_a_directory_where_a_file_should_be(root: Path) -> None:
    write(root, {"a.txt/mine.txt": "mine\n"})
    made = plan(root, {}, tree({"a.txt": OLD}))
    assert kinds(made) == {"a.txt": "conflict", "a.txt.generated": "create"}


def test_a_file_where_a_directory_should_be(root: Path) -> None:
    write(root, {"app": "mine\n"})
    made = plan(root, {}, tree({"app/a.txt": OLD}))
    assert kinds(made) == {"app/a.txt": "conflict", "app.generated/a.txt": "create"}


def test_a_directory_that_leads_out_of_the_project(root: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (root / "app").symlink_to(tmp_path / "outside")
    made = plan(root, {}, tree({"app/a.txt": OLD}))
    assert kinds(made) == {"app/a.txt": "conflict", "app.generated/a.txt": "create"}
    assert os.listdir(tmp_path / "outside") == []


@pytest.mark.parametrize("path", ["../a.txt", "app/../../a.txt", "/a.txt", "..", "app/.."])
def test_no_path_leads_out_of_the_project(root: Path, path: str) -> None:
    (root / "app").mkdir()
    with pytest.raises(ValueError, match="leads out"):
        plan(root, {}, tree({path: OLD}))


# ------------------------------------------------------------------------ owned
def test_an_owned_file_that_the_command_knew_is_set(root: Path) -> None:
    write(root, {"backendgen.yaml": "mine\n"})
    made = plan(root, tree({"backendgen.yaml": "mine\n"}), {}, tree({"backendgen.yaml": "new\n"}))
    assert kinds(made) == {"backendgen.yaml": "update"}


def test_a_file_where_an_owned_one_should_be_is_a_conflict(root: Path) -> None:
    write(root, {"migrations/0002.py": "mine\n"})
    made = plan(root, {}, {}, tree({"migrations/0002.py": "new\n"}))
    assert kinds(made) == {
        "migrations/0002.py": "conflict",
        "migrations/0002.py.generated": "create",
    }


def test_an_owned_file_that_is_there_already_is_identical(root: Path) -> None:
    write(root, {"a.txt": OLD})
    assert kinds(plan(root, {}, {}, tree({"a.txt": OLD}))) == {"a.txt": "identical"}


def test_the_answers_are_set_whatever_was_done_to_them(root: Path) -> None:
    name = ".copier-answers.yml"
    write(root, {name: "a: 1 # mine\n"})
    (change,) = plan(root, tree({name: "a: 1\n"}), tree({name: "a: 2\n"})).changes
    assert (change.kind, text(change)) == ("update", "a: 2\n")


# ------------------------------------------------------------------------- else
def test_without_git_a_sentence_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(root))
    with pytest.raises(BackendgenError, match="needs git, which is not installed"):
        one(root, edited(_3="mine\n"), OLD, edited(_8="new\n"))


def test_a_file_that_cannot_be_read_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    write(root, {"a.txt": OLD})
    with pytest.raises(BackendgenError, match=r"cannot read .*a\.txt: Permission denied"):
        plan(root, tree({"a.txt": OLD}), {})


def test_a_root_behind_a_link_is_the_same_project(root: Path, tmp_path: Path) -> None:
    write(root, {"real/a.txt": OLD})
    (root / "app").symlink_to("real")
    (tmp_path / "link").symlink_to(root)
    assert merge.look(tmp_path / "link", "app/a.txt") == File(OLD.encode())


def test_only_a_real_merge_starts_git(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object, **__: object) -> bytes:
        pytest.fail("git was started")

    monkeypatch.setattr(merge, "git", forbidden)
    write(root, {"a.txt": OLD, "same.txt": "new\n"})
    base = tree({"a.txt": OLD, "same.txt": "old\n", "gone.txt": "old\n"})
    made = plan(root, base, tree({"a.txt": "new\n", "same.txt": "new\n", "born.txt": "new\n"}))
    assert kinds(made) == {"a.txt": "update", "born.txt": "create", "same.txt": "identical"}


def test_a_plan_comes_in_the_order_of_paths(root: Path) -> None:
    made = plan(root, {}, tree({"b": "", "a/c": "", "a": ""}))
    assert [change.path for change in made.changes] == ["a", "a/c", "b"]
