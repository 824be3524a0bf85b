"""A Django project grows: a resource is added to one that was edited by hand, and taken back again."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.projects.project import ROOT, Project, new
from tests.projects.test_growth import REVIEW, edit, lines_of
from tests.servers import scratch_database

METHOD = """
    def shout(self, text: str) -> str:
        return text.upper()
"""

EDITS: Mapping[str, tuple[str, str]] = {
    "config/resources.py": ("RESOURCES:", "# Ours come first.\nRESOURCES:"),
    "config/settings.py": ("TITLE =", "GREETING = 'hello'\nTITLE ="),
    "config/urls.py": ('API = "api/v1/"', '# Where clients look.\nAPI = "api/v1/"'),
    "app/posts/services.py": ("    model = Post\n", f"    model = Post\n{METHOD}"),
    "app/tags/models.py": ("class Tag(", "# A tag is written once and read often.\nclass Tag("),
    "app/posts/admin.py": ("list_display =", "# What editors look for.\n    list_display ="),
    "tests/posts/test_api.py": ("", "\n\ndef test_ours() -> None:\n    assert len('ours') == 4\n"),
    "README.md": ("", "\n## Our own chapter\n\nWhat we learnt.\n"),
    "Makefile": ("", "\nours:\n\techo ours\n"),
    "docs/er-diagram.md": ("", "\nDrawn by hand below.\n"),
}


@pytest.fixture
def blog(tmp_path: Path) -> Iterator[Project]:
    with scratch_database("sqlite", tmp_path) as url:
        yield new(tmp_path / "blog", ROOT / "examples" / "blog.yaml", "django", "sqlite", url)


def test_every_edit_survives_and_is_there_again_after_undo(blog: Project) -> None:
    for name, (place, text) in EDITS.items():
        edit(blog.root / name, place, text)
    before = {name: lines_of(blog.root / name) for name in EDITS}
    untouched = blog.hashes()
    blog.backendgen(*REVIEW)
    for name in EDITS:
        assert before[name] <= lines_of(blog.root / name), name
    migration = (blog.root / "app/reviews/migrations/0001_initial.py").read_text()
    assert '("posts", "0001_initial")' in migration
    assert "app.reviews" in (blog.root / "config/resources.py").read_text()
    blog.backendgen("undo")
    assert blog.hashes() == untouched


def test_adding_touches_only_what_lists_the_resources(blog: Project) -> None:
    before = blog.hashes()
    blog.backendgen(*REVIEW)
    after = blog.hashes()
    changed = {name for name in before if before[name] != after.get(name)}
    assert changed == {
        *(".copier-answers.yml", "backendgen.yaml"),
        *("config/resources.py", "docs/er-diagram.md"),
    }
