"""Rendering by itself; that it makes Copier's bytes is held by tests/copier."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from jinja2 import UndefinedError
from jinja2.bccache import FileSystemBytecodeCache

from backendgen.releases import SOURCE, Template
from backendgen.render import File, Rendering, changed, render
from tests.unit.engine.conftest import write

ROOT = Path(__file__).parents[3]
NAME = "{{ _copier_conf.answers_file }}.jinja"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


def made(root: Path, config: str, files: Mapping[str, str], **answers: Any) -> Rendering:
    write(root, {"copier.yml": config, **files})
    return render(Template("1.0.0", root), answers)


def recorded(answers: Mapping[str, Any]) -> Any:
    """The answers file that templates/_shared/answers.jinja makes, read again."""
    tree = render(Template("1.0.0", _answers_only()), answers)
    return yaml.safe_load(tree[".copier-answers.yml"].content)


def _answers_only() -> Path:
    root = Path(os.environ["XDG_CACHE_HOME"]) / "template"
    shared = "templates/_shared/answers.jinja"
    config = (ROOT / "copier.yml").read_text()
    write(
        root,
        {
            "copier.yml": config,
            shared: (ROOT / shared).read_text(),
            f"templates/fastapi/{NAME}": f"{{% include '{shared}' %}}\n",
        },
    )
    return root


def test_a_missing_question_without_a_default_stays_out(tmp_path: Path) -> None:
    config = "a: {type: str, when: false}\nb: 1\n"
    tree = made(tmp_path, config, {"copy.txt.jinja": "{{ a is defined }} {{ b }}"})
    assert tree["copy.txt"] == File(b"False 1")


def test_the_source_can_be_another(tmp_path: Path) -> None:
    files = {NAME: "{{ _copier_answers | to_json }}"}
    source = {"_src_path": "gh:someone/else"}
    by_default = made(tmp_path / "a", "x: 1", files)
    overridden = made(tmp_path / "b", "x: 1", files, **source)
    assert yaml.safe_load(by_default[".copier-answers.yml"].content)["_src_path"] == SOURCE
    assert (
        yaml.safe_load(overridden[".copier-answers.yml"].content)["_src_path"] == "gh:someone/else"
    )


def test_a_yield_from_a_name_that_is_missing_is_an_error(tmp_path: Path) -> None:
    config = "_envops: {undefined: jinja2.StrictUndefined}\n"
    with pytest.raises(UndefinedError, match="itmes"):
        made(tmp_path, config, {"{% yield item from itmes %}{{ item }}{% endyield %}.txt": ""})


def test_compiled_templates_are_kept(tmp_path: Path, cache: Path) -> None:
    dict(made(tmp_path, "x: 1", {"a.txt.jinja": "{{ x }}"}))
    assert list(cache.rglob("*.cache"))


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path, cache: Path) -> None:
    write(cache.parent, {cache.name: "a file\n"})
    assert made(tmp_path / "t", "x: 1", {"a.txt.jinja": "{{ x }}"})["a.txt"] == File(b"1")


def test_a_cache_that_becomes_full_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemBytecodeCache, "dump_bytecode", full)
    assert made(tmp_path, "x: 1", {"a.txt.jinja": "{{ x }}"})["a.txt"] == File(b"1")


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("plain", id="plain"),
        pytest.param("yes", id="a word that YAML reads"),
        pytest.param("1.0", id="a number in words"),
        pytest.param('it\'s "quoted": {a, b} # [c] \\ %', id="punctuation"),
        pytest.param("{{ 7 * 7 }} {% raw %} {# x #}", id="template"),
        pytest.param("two\nlines\tand\r\n", id="white space"),
        pytest.param("\x00\x07\x1b\x7f\x85\u2028\ufeff", id="control"),
        pytest.param("é ü 漢 😀 \u200d", id="beyond ASCII"),
        pytest.param("", id="empty"),
        pytest.param(1e-07, id="a small float"),
        pytest.param(-1.5e300, id="a large float"),
        pytest.param(2**63, id="a large integer"),
        pytest.param([1, None, True, {"a": [1e22]}], id="nested"),
    ],
)
def test_the_answers_file_reads_back_as_it_was(value: Any) -> None:
    resource = {"name": "Post", "default": value, "fields": [{"name": "a", "value": value}]}
    answers: dict[str, Any] = {"user_fields": [{"x": value}], "resources": [resource]}
    if isinstance(value, str):
        answers["description"] = value
    assert {key: recorded(answers)[key] for key in answers} == answers


def test_the_answers_file_has_one_line_per_field() -> None:
    fields = [{"name": name, "values": [{"value": "a\nb"}] * 50} for name in "abc"]
    answers = {"resources": [{"name": "Post", "names": {"snake": "post"}, "fields": fields}]}
    tree = render(Template("1.0.0", _answers_only()), answers)
    lines = tree[".copier-answers.yml"].content.decode().splitlines()
    assert lines[-6:-3] == ['- name: "Post"', '  names: {"snake": "post"}', "  fields:"]
    assert [line[:15] for line in lines[-3:]] == [f'  - {{"name": "{name}' for name in "abc"]


# --------------------------------------------------------------------- changed
CONFIG = "a: 1\nb: 1\nitems: {type: yaml, default: []}\n"
EACH = "{% yield item from items %}{{ item.name }}{% endyield %}"
FILES = {
    "static.txt": "static\n",
    "a.txt.jinja": "{{ a }}",
    "b.txt.jinja": "{% if b == 2 %}two{% endif %}",
    "both.txt.jinja": "{{ a }}{{ b }}",
    "included.txt.jinja": "{% include 'parts/a.jinja' %}",
    "imported.txt.jinja": "{% from 'parts/macro.jinja' import m with context %}{{ m() }}",
    "computed.txt.jinja": "{% include 'parts/' ~ 'a.jinja' %}",
    "plain_include.txt.jinja": "{% include 'parts/plain.txt' %}",
    "loop.txt.jinja": "{% for item in items %}{{ item.name }}{{ a if item.x else '' }}{% endfor %}",
    f"each/{EACH}/file.txt.jinja": "{{ item.x }}",
    f"each/{EACH}/static.txt": "static\n",
    "{% if a == 1 %}one.txt{% endif %}": "one\n",
    "{% if a == 1 %}either.txt{% endif %}": "one\n",
    "{% if a == 2 %}either.txt{% endif %}": "two\n",
    "parts/a.jinja": "{{ a }}",
    "parts/plain.txt": "{{ a }}",
    "parts/macro.jinja": "{% macro m() %}{% include 'parts/a.jinja' %}{% endmacro %}",
}
P, Q = {"name": "p", "x": False}, {"name": "q", "x": True}
ANSWERS = [
    {},
    {"a": 2},
    {"b": 2},
    {"b": 3},
    {"items": [P]},
    {"items": [P, Q]},
    {"items": [Q, P]},
    {"items": [{**P, "x": True}, Q]},
    {"items": [P, Q], "a": 2},
]


@pytest.mark.parametrize("before", ANSWERS, ids=str)
@pytest.mark.parametrize("after", ANSWERS, ids=str)
def test_what_changed_is_what_differs(
    tmp_path: Path, before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    files = {
        f"templates/{path}": text.replace("parts/", "templates/parts/")
        for path, text in FILES.items()
    }
    config = "_subdirectory: templates\n" + CONFIG
    old, new = made(tmp_path, config, files, **before), made(tmp_path, config, files, **after)
    found = changed(old, new)
    assert found == [path for path in sorted({*old, *new}) if old.get(path) != new.get(path)]


def test_what_cannot_have_changed_is_not_rendered(tmp_path: Path) -> None:
    files = {f"templates/{path}": FILES[path] for path in FILES if "parts" not in FILES[path]}
    config = "_subdirectory: templates\n" + CONFIG
    old = made(tmp_path, config, files, items=[P, Q])
    new = made(tmp_path, config, files, items=[P, {**Q, "x": False}])
    changed(old, new)
    assert set(new.files) == {"loop.txt", "each/q/file.txt"}


def test_a_tree_with_other_files_in_it(tmp_path: Path) -> None:
    tree = made(tmp_path, "a: 1", {"a.txt.jinja": "{{ a }}", "b.txt": "b"})
    other = {"b.txt": File(b"mine"), "c.txt": File(b"c")}
    assert dict(tree | other) == {**tree, **other}
    assert len(tree | other) == 4
    assert changed(tree, tree | other) == ["b.txt", "c.txt"]
