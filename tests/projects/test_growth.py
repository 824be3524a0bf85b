"""A project grows: a resource is added to one that was edited by hand, and taken back again."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.projects.project import ROOT, Project, new
from tests.servers import scratch_database

REVIEW = (
    *("add", "resource", "Review", "stars:int:min=1:max=5"),
    *("body:text:optional", "post:ref:Post:cascade"),
)

METHOD = """\
    {} shout(self, text: str) -> str:
        return text.upper()

"""


def words(router: str, routers: str, function: str, state: str) -> Mapping[str, tuple[str, str]]:
    """Edits in each framework's own words."""
    return {
        "app/resources.py": (f"{routers}:", f"# Ours come first.\n{routers}:"),
        "app/main.py": ("    return app\n", f"    {state} = True\n    return app\n"),
        "app/posts/service.py": (
            f"    {function} delete(",
            METHOD.format(function) + f"    {function} delete(",
        ),
        "app/posts/routes.py": (f"{router}(", f"# Our own routes follow.\n{router}("),
    }


WORDS = {
    "fastapi": words("router = APIRouter", "ROUTERS", "async def", "app.state.edited"),
    "flask": words("bp = APIBlueprint", "BLUEPRINTS", "def", 'app.extensions["edited"]'),
}

# Ten files, each with what it says and what a person made of it: the wiring that every new resource
# touches as well, code, tests, settings and prose.
SHARED: Mapping[str, tuple[str, str]] = {
    "app/config.py": ("class Settings(", "GREETING = 'hello'\n\n\nclass Settings("),
    "app/tags/model.py": ("class Tag(", "# A tag is written once and read often.\nclass Tag("),
    "tests/posts/test_service.py": (
        "",
        "\n\ndef test_ours() -> None:\n    assert len('ours') == 4\n",
    ),
    "README.md": ("", "\n## Our own chapter\n\nWhat we learnt.\n"),
    "Makefile": ("", "\nours:\n\techo ours\n"),
    "docs/er-diagram.md": ("", "\nDrawn by hand below.\n"),
}
EDITS = {framework: {**SHARED, **own} for framework, own in WORDS.items()}


@pytest.fixture(params=EDITS)
def framework(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def blog(tmp_path: Path, framework: str) -> Iterator[Project]:
    with scratch_database("sqlite", tmp_path) as url:
        yield new(tmp_path / "blog", ROOT / "examples" / "blog.yaml", framework, "sqlite", url)


@pytest.fixture
def edited(blog: Project, framework: str) -> Project:
    for name, (place, text) in EDITS[framework].items():
        edit(blog.root / name, place, text)
    return blog


def edit(path: Path, place: str, text: str) -> None:
    content = path.read_text()
    if place:
        assert content.count(place) == 1, f"{path.name} should hold {place!r} once"
        path.write_text(content.replace(place, text))
    else:
        path.write_text(content + text)


def lines_of(path: Path) -> set[str]:
    return set(path.read_text().splitlines())


def test_every_edit_survives_and_the_project_stays_green(edited: Project, framework: str) -> None:
    edited.make("setup")
    edited.make("format")
    before = {name: lines_of(edited.root / name) for name in EDITS[framework]}
    untouched = edited.hashes()
    edited.backendgen(*REVIEW)
    for name in EDITS[framework]:
        assert before[name] <= lines_of(edited.root / name), name
    assert (edited.root / "app/reviews/service.py").is_file()
    assert "reviews" in (edited.root / "app/resources.py").read_text()
    edited.make("check")
    edited.backendgen("undo")
    assert edited.hashes() == untouched


def test_adding_touches_only_what_lists_the_resources(blog: Project) -> None:
    before = blog.hashes()
    blog.backendgen(*REVIEW)
    after = blog.hashes()
    changed = {name for name in before if before[name] != after.get(name)}
    assert changed == {
        *(".copier-answers.yml", "backendgen.yaml"),
        *("app/resources.py", "docs/er-diagram.md"),
    }


def test_plain_copier_update_with_nothing_to_do_changes_nothing(edited: Project) -> None:
    commit(edited)
    before = edited.hashes()
    copier = Path(sys.executable).with_name("copier")
    edited.run(str(copier), "update", "--defaults", "--quiet")
    assert edited.hashes() == before
    assert edited.run("git", "status", "--porcelain") == ""


def commit(project: Project) -> None:
    project.run("git", "add", "--all")
    author = ("-c", "user.name=Ada", "-c", "user.email=ada@example.com")
    project.run("git", *author, "commit", "--quiet", "--message", "edited")
