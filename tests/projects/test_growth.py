"""A project grows: a resource is added to one that was edited by hand, and taken back again."""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.projects.project import ROOT, Project, new
from tests.servers import scratch_database

Edits = Mapping[str, tuple[str, str]]

REVIEW = (
    *("add", "resource", "Review", "stars:int:min=1:max=5"),
    *("body:text:optional", "post:ref:Post:cascade"),
)


@dataclass(frozen=True)
class Growth:
    """Ten files, each with what it says and what a person made of it: the wiring that every new
    resource touches as well, code, tests, settings and prose.
    """

    edits: Edits
    wiring: str
    """The file that lists the resources."""
    listed: str
    """How it lists the new one."""
    made: str
    """A file of the new one."""
    touched: tuple[str, ...] = ()
    """What else every new resource touches."""
    left: tuple[str, ...] = ()
    """What `make setup` writes into the project."""


PROSE: Edits = {
    "README.md": ("", "\n## Our own chapter\n\nWhat we learnt.\n"),
    "Makefile": ("", "\nours:\n\techo ours\n"),
    "docs/er-diagram.md": ("", "\nDrawn by hand below.\n"),
}
TEST = "\n\ndef test_ours() -> None:\n    assert len('ours') == 4\n"
SHOUT = """\
    {} shout(self, text: str) -> str:
        return text.upper()

"""
SHOUT_IN_TYPESCRIPT = """\
  shout(text: string): string {
    return text.toUpperCase();
  }
"""
SHOUT_IN_JAVASCRIPT = """\
  /** @param {string} text */
  shout(text) {
    return text.toUpperCase();
  }
"""


def layered(router: str, routers: str, function: str, state: str) -> Growth:
    """FastAPI's and Flask's layout, in each one's own words."""
    edits = {
        "app/resources.py": (f"{routers}:", f"# Ours come first.\n{routers}:"),
        "app/main.py": ("    return app\n", f"    {state} = True\n    return app\n"),
        "app/config.py": ("class Settings(", "GREETING = 'hello'\n\n\nclass Settings("),
        "app/tags/model.py": ("class Tag(", "# Written once, read often.\nclass Tag("),
        "app/posts/service.py": (
            f"    {function} delete(",
            SHOUT.format(function) + f"    {function} delete(",
        ),
        "app/posts/routes.py": (f"{router}(", f"# Our own routes follow.\n{router}("),
        "tests/posts/test_service.py": ("", TEST),
        **PROSE,
    }
    return Growth(edits, "app/resources.py", "reviews", "app/reviews/service.py")


def express(ending: str, shout: str) -> Growth:
    edits = {
        f"src/resources.{ending}": (
            "export const RESOURCES",
            "// Ours come first.\nexport const RESOURCES",
        ),
        f"src/app.{ending}": (
            "  const app = express();\n",
            "  // Ours.\n  const app = express();\n",
        ),
        f"src/config.{ending}": (
            "const ORIGIN =",
            'export const GREETING = "hello";\n\nconst ORIGIN =',
        ),
        f"src/posts/service.{ending}": (
            "export class PostService {\n",
            f"export class PostService {{\n{shout}\n",
        ),
        f"src/posts/routes.{ending}": ("const PATH =", "// Our own routes follow.\nconst PATH ="),
        f"src/tags/repository.{ending}": (
            "export class Tag",
            "// Written once, read often.\nexport class Tag",
        ),
        "prisma/schema.prisma": ("model Tag {", "/// Written once, read often.\nmodel Tag {"),
        **PROSE,
    }
    return Growth(
        edits,
        wiring=f"src/resources.{ending}",
        listed="reviews",
        made=f"src/reviews/service.{ending}",
        touched=("prisma/schema.prisma",),
        left=("package-lock.json",),
    )


GROWTHS: Mapping[str, Growth] = {
    "fastapi": layered("router = Router", "ROUTERS", "async def", "app.state.edited"),
    "flask": layered("bp = APIBlueprint", "BLUEPRINTS", "def", 'app.extensions["edited"]'),
    "django": Growth(
        {
            "config/resources.py": ("RESOURCES:", "# Ours come first.\nRESOURCES:"),
            "config/settings.py": ("TITLE =", "GREETING = 'hello'\nTITLE ="),
            "config/urls.py": ('API = "api/v1/"', '# Where clients look.\nAPI = "api/v1/"'),
            "app/posts/services.py": (
                "    model = Post\n",
                f"    model = Post\n\n{SHOUT.format('def').rstrip()}\n",
            ),
            "app/tags/models.py": ("class Tag(", "# Written once, read often.\nclass Tag("),
            "app/posts/admin.py": ("list_display =", "# What editors want.\n    list_display ="),
            "tests/posts/test_api.py": ("", TEST),
            **PROSE,
        },
        wiring="config/resources.py",
        listed="app.reviews",
        made="app/reviews/services.py",
    ),
    "express": express("ts", SHOUT_IN_TYPESCRIPT),
    "express-javascript": express("js", SHOUT_IN_JAVASCRIPT),
}


@pytest.fixture(params=GROWTHS)
def framework(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def growth(framework: str) -> Growth:
    return GROWTHS[framework]


@pytest.fixture
def blog(tmp_path: Path, framework: str) -> Iterator[Project]:
    with scratch_database("sqlite", tmp_path) as url:
        yield new(tmp_path / "blog", ROOT / "examples" / "blog.yaml", framework, "sqlite", url)


@pytest.fixture
def edited(blog: Project, growth: Growth) -> Project:
    for name, (place, text) in growth.edits.items():
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


def test_every_edit_survives_and_the_project_stays_green(edited: Project, growth: Growth) -> None:
    edited.make("setup")
    edited.make("format")
    for name in growth.left:
        (edited.root / name).unlink()
    before = {name: lines_of(edited.root / name) for name in growth.edits}
    untouched = edited.hashes()
    edited.backendgen(*REVIEW)
    for name in growth.edits:
        assert before[name] <= lines_of(edited.root / name), name
    assert (edited.root / growth.made).is_file()
    assert growth.listed in (edited.root / growth.wiring).read_text()
    edited.make("check")
    edited.backendgen("undo")
    assert edited.hashes() == untouched


def test_adding_touches_only_what_lists_the_resources(blog: Project, growth: Growth) -> None:
    before = blog.hashes()
    blog.backendgen(*REVIEW)
    after = blog.hashes()
    changed = {name for name in before if before[name] != after.get(name)}
    assert changed == {
        *(".copier-answers.yml", "backendgen.yaml"),
        *(growth.wiring, *growth.touched, "docs/er-diagram.md"),
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
