"""Django's format: a migration for each app, in an order that each can run in."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from backendgen.answers import Answers
from backendgen.errors import BackendgenError
from backendgen.migrations import next_migration
from backendgen.migrations.django import uncreated
from backendgen.migrations.django.history import History, histories
from backendgen.migrations.tables import tables
from tests.unit.migrations.test_write import LINTER, RULES, every_length
from tests.unit.migrations.trial import TEMPLATE, trial

CYCLE = """{
  Category: {fields: {name: string, featured: 'ref:Product:optional:set_null'}, indexes: [[featured, name]]},
  Product: {fields: {name: string, category: 'ref:Category', related: 'many:Product', shelves: 'many:Category'}},
}"""


def django(resources: str = "{}", auth: str = "jwt") -> Answers:
    return {**trial(resources, auth), "framework": "django"}


def written(root: Path, old: Answers | None, new: Answers) -> dict[str, str]:
    """The next migrations, by path; they are on disk as well."""
    migration = next_migration(old, new, root, TEMPLATE)
    assert migration
    for path, file in migration.files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(file.content)
    return {path: file.content.decode() for path, file in migration.files.items()}


def dependencies(text: str) -> list[str]:
    between = text.partition("dependencies = [")[2].partition("]\n\n    operations")[0]
    return [line.strip().rstrip(",") for line in between.splitlines() if line.strip()]


def test_each_app_has_its_own(tmp_path: Path) -> None:
    files = written(tmp_path, None, django("{Tag: {fields: {name: string}}}"))
    assert list(files) == [
        "app/users/migrations/0001_initial.py",
        "app/tags/migrations/0001_initial.py",
    ]
    assert dependencies(files["app/users/migrations/0001_initial.py"]) == []
    users = "migrations.swappable_dependency(settings.AUTH_USER_MODEL)"
    assert dependencies(files["app/tags/migrations/0001_initial.py"]) == [users]


def test_all_of_a_change_have_its_number(tmp_path: Path) -> None:
    tag = django("{Tag: {fields: {name: string}}}")
    more = django("{Tag: {fields: {name: string}}, Note: {fields: {text: text, tags: 'many:Tag'}}}")
    for number, (old, new) in enumerate([(None, tag), (tag, more)], start=1):
        for text in written(tmp_path, old, new).values():
            assert f"    change = {number}  #" in text


def test_a_number_is_greater_than_any_on_disk(tmp_path: Path) -> None:
    tag = django("{Tag: {fields: {name: string}}}", "none")
    (path,) = written(tmp_path, None, tag)
    file = tmp_path / path
    file.write_text(file.read_text().replace("change = 1", "change = 41"))
    more = django("{Tag: {fields: {name: string}}, Note: {fields: {text: text}}}", "none")
    (text,) = written(tmp_path, tag, more).values()
    assert "    change = 42  #" in text


def test_a_cycle_is_closed_when_both_are_there(tmp_path: Path) -> None:
    files = written(tmp_path, None, django(CYCLE, "none"))
    first, second, late = files.values()
    assert dependencies(first) == []
    assert dependencies(second) == ['("categories", "0001_initial")']
    assert list(files)[2] == "app/categories/migrations/0002_category_featured.py"
    assert dependencies(late) == ['("categories", "0001_initial")', '("products", "0001_initial")']
    assert "featured" not in first
    assert late.count("migrations.AddField(") == 1
    assert late.count("migrations.AddIndex(") == 2
    assert second.count("models.ManyToManyField(") == 2


def test_a_new_app_continues_from_the_last_of_those_it_refers_to(tmp_path: Path) -> None:
    tag = django("{Tag: {fields: {name: string}}}", "none")
    written(tmp_path, None, tag)
    own = "class Migration:\n    dependencies = [('tags', '0001_initial')]\n"
    (tmp_path / "app/tags/migrations/0002_our_own.py").write_text(own)
    both = "{Tag: {fields: {name: string}}, Post: {fields: {tag: 'ref:Tag', tags: 'many:Tag'}}}"
    files = written(tmp_path, tag, django(both, "none"))
    assert list(files) == ["app/posts/migrations/0001_initial.py"]
    assert dependencies(*files.values()) == ['("tags", "0002_our_own")']


def test_what_was_written_creates_every_table(tmp_path: Path) -> None:
    given = django(CYCLE)
    assert len(uncreated(tmp_path, tables(given))) == len(tables(given))
    written(tmp_path, None, given)
    assert uncreated(tmp_path, tables(given)) == []


def test_the_same_change_is_the_same_files_everywhere(tmp_path: Path) -> None:
    given = django(every_length())
    one, other = (written(tmp_path / name, None, given) for name in ("one", "other"))
    assert one == other


def test_the_formatter_and_the_linter_have_nothing_to_say(tmp_path: Path) -> None:
    written(tmp_path, None, django(every_length()))
    rules = f"{RULES[1]},RUF012"
    own = ["--config", 'lint.isort.known-first-party=["app"]']
    for command in (["format", "--check", *LINTER], ["check", *LINTER, RULES[0], rules, *own]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "."],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def put(root: Path, files: dict[str, str]) -> None:
    directory = root / "app/tags/migrations"
    directory.mkdir(parents=True)
    for name, text in {"__init__.py": "", **files}.items():
        (directory / name).write_text(text)


def chained(*parents: str) -> str:
    pairs = [("tags", parent) for parent in parents]
    return f"class Migration:\n    dependencies: list = {[*pairs, ('posts', '0009_other')]!r}\n"


def test_the_last_of_a_chain(tmp_path: Path) -> None:
    assert histories(tmp_path) == {}
    put(tmp_path, {"0001_initial.py": chained(), "0002_more.py": chained("0001_initial")})
    assert histories(tmp_path) == {"tags": History("0002_more", 3)}


def test_what_was_squashed_is_no_longer_the_last(tmp_path: Path) -> None:
    squashed = f"{chained()}    replaces = [('tags', '0001_initial'), ('tags', '0002_more')]\n"
    files = {"0001_initial.py": chained(), "0002_more.py": chained("0001_initial")}
    put(tmp_path, {**files, "0001_squashed.py": squashed})
    assert histories(tmp_path)["tags"].last == "0001_squashed"


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"0001_a.py": chained(), "0001_b.py": chained()}, "makemigrations --merge"),
        ({"0001_a.py": chained("0002_b"), "0002_b.py": chained("0001_a")}, "in a circle"),
        ({"0001_a.py": "class Migration(\n"}, "app/tags/migrations/0001_a.py:1: not Python"),
    ],
)
def test_a_broken_history_is_told(tmp_path: Path, files: dict[str, str], told: str) -> None:
    put(tmp_path, files)
    with pytest.raises(BackendgenError, match=told):
        histories(tmp_path)


def test_every_type_is_known(tmp_path: Path) -> None:
    kinds = yaml.safe_load((TEMPLATE.root / "templates/django/types.yml").read_text())
    fields = {
        "ref_uuid": "ref:Ant:optional", "many_uuid": "many:Ant", "enum": "enum:a,b",
        "ref_int": "ref:Bee:optional", "many_int": "many:Bee",
    }  # fmt: skip
    own = {f"{kind}_x": fields.get(kind, kind) for kind in kinds["django_types"]["default"]}
    resources = {"Ant": {"fields": {"n": "int"}}, "Bee": {"id": "int", "fields": {"n": "int"}}}
    given = yaml.safe_dump(
        {**resources, "Cat": {"fields": own}}, default_flow_style=True, width=9**9
    )
    files = written(tmp_path, None, django(given.strip(), "none"))
    text = files["app/cats/migrations/0001_initial.py"]
    compile(text, "0001_initial.py", "exec")
    assert all(f'"{name}"' in text for name in own)
