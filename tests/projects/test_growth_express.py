"""An Express project grows as the FastAPI one does: what is edited stays, and stays green."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.projects.project import ROOT, Project, new
from tests.projects.test_growth import REVIEW, edit, lines_of
from tests.servers import scratch_database

METHOD = """\
  shout(text: string): string {
    return text.toUpperCase();
  }

"""

EDITS: Mapping[str, tuple[str, str]] = {
    "src/resources.ts": ("export const RESOURCES", "// Ours come first.\nexport const RESOURCES"),
    "src/app.ts": ("  const app = express();\n", "  // Ours.\n  const app = express();\n"),
    "src/config.ts": ("const ORIGIN =", 'export const GREETING = "hello";\n\nconst ORIGIN ='),
    "src/posts/service.ts": ("  async delete(", METHOD + "  async delete("),
    "src/posts/routes.ts": ("const PATH =", "// Our own routes follow.\nconst PATH ="),
    "src/tags/repository.ts": (
        "export class Tag",
        "// Written once, read often.\nexport class Tag",
    ),
    "prisma/schema.prisma": ("model Tag {", "/// Written once, read often.\nmodel Tag {"),
    "README.md": ("", "\n## Our own chapter\n\nWhat we learnt.\n"),
    "Makefile": ("", "\nours:\n\techo ours\n"),
    "docs/er-diagram.md": ("", "\nDrawn by hand below.\n"),
}


@pytest.fixture
def blog(tmp_path: Path) -> Iterator[Project]:
    with scratch_database("sqlite", tmp_path) as url:
        yield new(tmp_path / "blog", ROOT / "examples" / "blog.yaml", "express", "sqlite", url)


def test_every_edit_survives_and_the_project_stays_green(blog: Project) -> None:
    for name, (place, text) in EDITS.items():
        edit(blog.root / name, place, text)
    before = {name: lines_of(blog.root / name) for name in EDITS}
    untouched = blog.hashes()
    blog.backendgen(*REVIEW)
    for name in EDITS:
        assert before[name] <= lines_of(blog.root / name), name
    assert (blog.root / "src/reviews/service.ts").is_file()
    blog.make("setup")
    blog.make("check")
    (blog.root / "package-lock.json").unlink()
    blog.backendgen("undo")
    assert blog.hashes() == untouched


def test_adding_touches_only_what_lists_the_resources(blog: Project) -> None:
    before = blog.hashes()
    blog.backendgen(*REVIEW)
    after = blog.hashes()
    changed = {name for name in before if before[name] != after.get(name)}
    assert changed == {
        *(".copier-answers.yml", "backendgen.yaml"),
        *("src/resources.ts", "prisma/schema.prisma", "docs/er-diagram.md"),
    }
