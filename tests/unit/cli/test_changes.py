"""Commands in a project: add resource, apply, diff, undo, update, status, check, show."""

from pathlib import Path

import pytest

from backendgen.cli.questions import Question
from backendgen.project import changed_answers
from backendgen.render import Context, Source, _Renderer

from .conftest import SPEC, Backendgen, edit, fingerprint

REVIEW = ("add", "resource", "Review", "stars:int:min=1:max=5", "post:ref:Post:cascade")
REVIEW_LINES = """\
  Review:
    fields:
      stars: int:min=1:max=5
      post: ref:Post:cascade
"""


def spec(project: Path) -> str:
    return (project / "backendgen.yaml").read_text()


def migrations(project: Path) -> list[str]:
    return sorted(path.name for path in (project / "migrations/versions").glob("*.py"))


def test_add_resource_keeps_the_spec_and_writes_the_next_migration(
    project: Path, run: Backendgen
) -> None:
    done = run(*REVIEW, cwd=project / "app")
    assert done.code == 0, done.err
    assert spec(project).endswith(SPEC + REVIEW_LINES)
    assert migrations(project) == ["0001_initial.py", "0002_add_review.py"]
    assert (project / "app/reviews/model.py").is_file()
    assert "  create    app/reviews/model.py\n" in done.out
    assert "  make migrate\n" in done.out


def test_add_resource_renders_only_what_may_differ(
    project: Path, run: Backendgen, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered: list[str] = []

    def content(renderer: _Renderer, source: Source, context: Context) -> bytes:
        rendered.append(source.path.name)
        return made(renderer, source, context)

    made = _Renderer.content
    monkeypatch.setattr(_Renderer, "content", content)
    assert run(*REVIEW, cwd=project).code == 0
    assert rendered.count("model.py.jinja") == 1
    assert "Dockerfile" not in rendered


def test_add_resource_takes_every_option(project: Path, run: Backendgen) -> None:
    done = run(
        *("add", "resource", "Person", "name:string", "town:string", "born:date", "post:ref:Post"),
        *("--id", "int", "--no-timestamps", "--soft-delete", "--versioned", "--plural", "people"),
        *("--table", "persons", "--unique", "name,born", "--unique", "town,post"),
        *("--index", "town,born", "--search", "name,town", "--access", "list=public,read=public"),
        *("--access", "delete=admin", "--description", "Who: reads #1"),
        cwd=project,
    )
    assert done.code == 0, done.err
    (person,) = run("show", "Person", "--json", cwd=project).data["resources"]
    assert person["id"] == "int"
    assert (person["timestamps"], person["soft_delete"], person["versioned"]) == (False, True, True)
    assert person["names"]["snake_plural"] == "people"
    assert person["names"]["table"] == "persons"
    assert [each["columns"] for each in person["unique"]] == [["name", "born"], ["town", "post_id"]]
    assert [each["columns"] for each in person["indexes"]] == [["town", "born"]]
    assert person["search"] == ["name", "town"]
    assert person["access"]["list"] == person["access"]["read"] == "public"
    assert person["access"]["delete"] == "admin"
    assert person["description"] == "Who: reads #1"


def test_edits_are_merged_and_told(project: Path, run: Backendgen) -> None:
    edit(project / "app/resources.py", '"""', '"""Mine: ')
    done = run(*REVIEW, cwd=project)
    assert done.code == 0, done.err
    assert "  merge     app/resources.py" in done.out
    assert (project / "app/resources.py").read_text().startswith('"""Mine: ')


def test_a_conflict_is_told_by_file_and_left_with_exit_code_3(
    project: Path, run: Backendgen
) -> None:
    (project / "app/reviews").mkdir()
    (project / "app/reviews/model.py").write_text("mine = True\n")
    done = run(*REVIEW, "--quiet", cwd=project)
    assert (done.code, done.out) == (3, "")
    assert "  conflict  app/reviews/model.py: " in done.err
    assert "backendgen undo" in done.err
    assert (project / "app/reviews/model.py").read_text() == "mine = True\n"
    assert run("undo", cwd=project).code == 0
    assert (project / "app/reviews/model.py").read_text() == "mine = True\n"


def test_undo_takes_it_back_to_the_byte(project: Path, run: Backendgen) -> None:
    edit(project / "Makefile", "\n", "\n# mine\n")
    before = {
        path: path.read_bytes()
        for path in project.rglob("*")
        if path.is_file() and "journal" not in path.parts
    }
    assert run(*REVIEW, cwd=project).code == 0
    done = run("undo", cwd=project)
    assert done.code == 0, done.err
    after = {
        path: path.read_bytes()
        for path in project.rglob("*")
        if path.is_file() and "journal" not in path.parts
    }
    assert after == before


def test_undo_refuses_when_a_file_was_touched_since(project: Path, run: Backendgen) -> None:
    assert run(*REVIEW, cwd=project).code == 0
    edit(project / "app/reviews/model.py", "\n", "\n# mine\n")
    before = fingerprint(project)
    done = run("undo", cwd=project)
    assert done.code == 3
    assert "app/reviews/model.py" in done.err
    assert fingerprint(project) == before


def test_undo_spares_the_project_itself(project: Path, run: Backendgen) -> None:
    before = fingerprint(project)
    done = run("undo", cwd=project)
    assert done.code == 1
    assert "backendgen undo --yes" in done.err
    assert fingerprint(project) == before
    assert run("undo", "--yes", cwd=project).code == 0
    assert not (project / "backendgen.yaml").exists()


def test_add_resource_does_only_what_it_says(project: Path, run: Backendgen) -> None:
    edit(project / "backendgen.yaml", "  Post:", "  Tag: {fields: {name: string}}\n  Post:")
    before = fingerprint(project)
    done = run(*REVIEW, cwd=project)
    assert done.code == 1
    assert "Tag" in done.err
    assert "backendgen apply" in done.err
    assert fingerprint(project) == before


def test_a_comment_in_the_spec_is_not_pending(project: Path, run: Backendgen) -> None:
    edit(project / "backendgen.yaml", "  Post:", "  # What they write.\n  Post:")
    assert run("status", "--json", cwd=project).data["pending"] == []
    assert run(*REVIEW, cwd=project).code == 0
    assert "  # What they write.\n" in spec(project)


def test_apply_brings_what_was_written_by_hand(project: Path, run: Backendgen) -> None:
    (project / "backendgen.yaml").write_text(spec(project) + REVIEW_LINES)
    status = run("status", cwd=project)
    assert "Pending in backendgen.yaml:" in status.out
    assert "Review" in status.out
    assert run("check", cwd=project).code == 3
    assert run("apply", cwd=project).code == 0
    assert run("check", cwd=project).code == 0
    assert migrations(project) == ["0001_initial.py", "0002_add_review.py"]
    assert "nothing to change" in run("apply", cwd=project).out


def test_apply_and_add_resource_write_the_same(project: Path, made: Path, run: Backendgen) -> None:
    other = project.parent / "other"
    other.symlink_to(project)
    (project / "backendgen.yaml").write_text(spec(project) + REVIEW_LINES)
    assert run("apply", cwd=project).code == 0
    applied = {
        path.relative_to(project): path.read_bytes()
        for path in project.rglob("*.*")
        if path.is_file() and "journal" not in path.parts
    }
    assert run("undo", cwd=project).code == 0
    (project / "backendgen.yaml").write_bytes((made / "backendgen.yaml").read_bytes())
    assert run(*REVIEW, cwd=project).code == 0
    assert {path: (project / path).read_bytes() for path in applied} == applied


def test_a_change_that_needs_more_is_refused(project: Path, run: Backendgen) -> None:
    edit(project / "backendgen.yaml", "title: string:200:index", "title: string:100:index")
    before = fingerprint(project)
    for words in (("apply",), ("diff",), ("update",)):
        done = run(*words, cwd=project)
        assert done.code == 1
        assert "title" in done.err
    assert fingerprint(project) == before


def test_diff_shows_files_and_migration(project: Path, run: Backendgen) -> None:
    (project / "backendgen.yaml").write_text(spec(project) + REVIEW_LINES)
    before = fingerprint(project)
    done = run("diff", cwd=project)
    assert done.code == 0, done.err
    assert "--- /dev/null\n+++ b/app/reviews/model.py\n" in done.out
    assert "--- a/app/resources.py\n+++ b/app/resources.py\n" in done.out
    assert "\nMigration:\n" in done.out
    assert fingerprint(project) == before


@pytest.mark.parametrize("database", ["sqlite", "postgresql", "mysql"])
def test_diff_shows_the_sql_of_the_database(database: str, tmp_path: Path, run: Backendgen) -> None:
    (tmp_path / "spec.yaml").write_text(SPEC)
    words = ("new", "here", "--spec", "spec.yaml", "--database", database)
    assert run(*words, cwd=tmp_path).code == 0
    project = tmp_path / "here"
    assert run("diff", "--sql", cwd=project).out == "-- the database stays as it is\n"
    (project / "backendgen.yaml").write_text(spec(project) + REVIEW_LINES)
    done = run("diff", "--sql", cwd=project)
    assert "CREATE TABLE reviews (" in done.out
    assert ("DATETIME(6)" in done.out) == (database == "mysql")


def test_status_tells_edits_and_deletions(project: Path, run: Backendgen) -> None:
    edit(project / "Makefile", "\n", "\n# mine\n")
    (project / "Dockerfile").unlink()
    found = run("status", "--json", cwd=project).data
    assert (found["edited"], found["deleted"]) == (["Makefile"], ["Dockerfile"])
    assert run("check", cwd=project).code == 0


def test_check_finds_a_conflict_that_is_left(project: Path, run: Backendgen) -> None:
    path = project / "app/resources.py"
    path.write_text("<<<<<<< yours\na\n=======\nb\n>>>>>>> generated now\n" + path.read_text())
    done = run("check", "--json", cwd=project)
    assert done.code == 3
    assert [row["where"] for row in done.data["drift"]] == ["app/resources.py:1"]


def test_check_finds_code_that_is_gone(project: Path, run: Backendgen) -> None:
    for directory in ("app/posts", "tests/posts"):
        for path in (project / directory).iterdir():
            path.unlink()
    done = run("check", "--json", cwd=project)
    assert done.code == 3
    assert "Post" in [row["where"] for row in done.data["drift"]]


def test_check_finds_a_migration_that_is_gone(project: Path, run: Backendgen) -> None:
    assert run(*REVIEW, cwd=project).code == 0
    (project / "migrations/versions/0002_add_review.py").unlink()
    done = run("check", cwd=project)
    assert done.code == 3
    assert "no migration creates the table reviews" in done.err


def test_check_finds_two_heads(project: Path, run: Backendgen) -> None:
    assert run(*REVIEW, cwd=project).code == 0
    path = project / "migrations/versions/0002_add_review.py"
    lines = path.read_text().splitlines(keepends=True)
    text = "".join('revision = "other"\n' if x.startswith("revision") else x for x in lines)
    (path.parent / "0003_other.py").write_text(text)
    done = run("check", cwd=project)
    assert done.code == 3
    assert "alembic merge heads" in done.err


def test_show_tells_fields_rules_and_relations(project: Path, run: Backendgen) -> None:
    out = run("show", cwd=project).out
    assert "string:200" in out
    assert "ref:Author" in out
    assert "cascade" in out
    erd = run("show", "--erd", cwd=project).out
    assert erd.startswith("erDiagram\n")
    assert '    Author ||--o{ Post : "author"\n' in erd


def test_update_refuses_when_a_choice_is_gone(
    project: Path, run: Backendgen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "backendgen.cli.update.questions",
        lambda _: [Question("database", "Which?", "mysql", {"MySQL": "mysql"}, "")],
    )
    before = fingerprint(project)
    done = run("update", cwd=project)
    assert done.code == 1
    assert "no longer have database: sqlite" in done.err
    assert fingerprint(project) == before


def test_answers_that_came_and_went_are_told() -> None:
    old = {"name": "shop", "colour": "red", "resources": [{"name": "Post", "fields": []}]}
    new = {"name": "shop", "resources": [{"name": "Post", "fields": [], "cached": False}]}
    assert changed_answers(old, new) == (
        "colour is no longer asked",
        "resources[].cached is new: False",
    )


@pytest.mark.parametrize("text", ["", "- a\n", "<<<<<<< mine\n", "_commit: 1.0.0\nname: demo\n"])
def test_a_record_that_cannot_be_read_is_told(text: str, project: Path, run: Backendgen) -> None:
    (project / ".copier-answers.yml").write_text(text)
    done = run("status", cwd=project)
    assert done.code == 1
    assert "git checkout -- .copier-answers.yml" in done.err


def test_templates_of_a_later_backendgen_are_told(project: Path, run: Backendgen) -> None:
    path = project / ".copier-answers.yml"
    lines = path.read_text().splitlines(keepends=True)
    text = "".join("_commit: 99.0.0\n" if x.startswith("_commit") else x for x in lines)
    path.write_text(text)
    done = run("apply", cwd=project)
    assert done.code == 1
    assert "99.0.0" in done.err
    assert "pip install --upgrade backendgen" in done.err


def test_update_to_the_same_templates_changes_nothing(project: Path, run: Backendgen) -> None:
    before = fingerprint(project)
    done = run("update", cwd=project)
    assert done.code == 0, done.err
    assert fingerprint(project) == before
