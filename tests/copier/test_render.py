"""Our render makes the bytes that `copier.run_copy` makes."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
import pytest

from backendgen.answers import answers
from backendgen.releases import Template, current
from backendgen.render import render
from backendgen.spec import grammar
from backendgen.spec.loading import load_spec
from tests.copier.conftest import copy, files, resource, write

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
FRAMEWORKS = [each.name for each in grammar.FRAMEWORKS.values() if not each.missing]


def _assert_same(template: Template, data: Mapping[str, Any], target: Path) -> None:
    copy(template, data, target)
    rendered = {path: tuple(file) for path, file in render(template, data).items()}
    assert rendered == files(target)


@pytest.mark.parametrize("framework", FRAMEWORKS)
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_an_example(example: Path, framework: str, home: Path, tmp_path: Path) -> None:
    given = {**answers(load_spec(example)), "framework": framework}
    _assert_same(current(), given, tmp_path / "project")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_in_javascript(example: Path, home: Path, tmp_path: Path) -> None:
    given = {**answers(load_spec(example)), "framework": "express", "language": "javascript"}
    _assert_same(current(), given, tmp_path / "project")


def test_no_answer_at_all(home: Path, tmp_path: Path) -> None:
    _assert_same(current(), {}, tmp_path / "project")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param({}, id="defaults"),
        pytest.param({"auth": "none", "name": "shop"}, id="conditional names"),
        pytest.param({"framework": "other"}, id="another subdirectory"),
        pytest.param({"resources": [resource("Post")]}, id="an empty inner list"),
        pytest.param(
            {"resources": [resource("Post", "title", "body"), resource("Tag", "name", big=True)]},
            id="yields",
        ),
        pytest.param({"name": "ünï: 'quoted' \"twice\" #"}, id="hostile text"),
    ],
)
def test_every_feature(data: Mapping[str, Any], checkout: Path, tmp_path: Path) -> None:
    _assert_same(current(), data, tmp_path / "project")


def test_a_name_that_is_missing_is_no_empty_text(checkout: Path) -> None:
    write(checkout, {"templates/plain/wrong.txt.jinja": "{{ nmae }}\n"})
    with pytest.raises(jinja2.UndefinedError, match="nmae") as caught:
        dict(render(current(), {}))
    assert caught.value.__notes__ == ["while rendering templates/plain/wrong.txt.jinja"]


def test_two_templates_for_one_file_are_refused(checkout: Path) -> None:
    write(checkout, {"templates/plain/{{ 'static' }}.txt": "second\n"})
    with pytest.raises(RuntimeError, match=r"static\.txt"):
        dict(render(current(), {}))
