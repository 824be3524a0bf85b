"""No text of a spec is ever more than a text in what is made of it.

A project is rendered twice: with texts that are code somewhere, and with harmless ones. But for the
texts, the two are the same: as syntax trees, as documents, and else byte for byte.
"""

import ast
import json
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple
from zlib import crc32

import pytest
import yaml

from backendgen.answers import answers
from backendgen.migrations import next_migration
from backendgen.render import render
from backendgen.spec.finding import UNSAFE
from backendgen.spec.loading import parse_spec
from backendgen.spec.values import UNQUOTABLE
from tests.fuzz import typescript
from tests.fuzz.batch import TOOLCHAINS
from tests.fuzz.hostile import HOSTILE_TEXTS
from tests.fuzz.specs import is_valid, written
from tests.migrations.project import TEMPLATE

SENTENCE_END = re.compile(r"[.!?]+$", re.MULTILINE)
Contents = Mapping[str, bytes]


class Place(NamedTuple):
    """Where a text can stand; `at_once` is how many of them one spec holds."""

    document: Callable[[Sequence[str]], Any]
    at_once: int


def of_project(texts: Sequence[str]) -> Any:
    return {"description": texts[0], "resources": {"Post": {"fields": {"title": "string"}}}}


def of_resources(texts: Sequence[str]) -> Any:
    fields = {"title": "string"}
    named = {f"Thing{at}": {"description": text, "fields": fields} for at, text in enumerate(texts)}
    return {"resources": named}


def of_fields(texts: Sequence[str]) -> Any:
    return with_fields({"type": "text", "description": text} for text in texts)


def of_defaults(texts: Sequence[str]) -> Any:
    return with_fields({"type": "text", "default": text} for text in texts)


def of_examples(texts: Sequence[str]) -> Any:
    return with_fields({"type": "text", "example": [text, "harmless"]} for text in texts)


def of_json(texts: Sequence[str]) -> Any:
    return with_fields({"type": "json", "example": {text: [text, {"a": text}]}} for text in texts)


def with_fields(bodies: Any) -> Any:
    fields = {f"field_{at}": body for at, body in enumerate(bodies)}
    return {"resources": {"Post": {"fields": fields}, "User": {"fields": fields}}}


PLACES = {
    "project": Place(of_project, 1),
    "resources": Place(of_resources, 20),
    "fields": Place(of_fields, 50),
    "defaults": Place(of_defaults, 50),
    "examples": Place(of_examples, 50),
    "json": Place(of_json, 50),
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """`make test` takes a quarter of the texts where each needs a project of its own."""
    if "place" in metafunc.fixturenames:
        every = metafunc.config.getoption("--every-combination")
        steps = {name: 1 if every or place.at_once > 1 else 4 for name, place in PLACES.items()}
        metafunc.parametrize(("place", "step"), [*steps.items()])


@pytest.mark.parametrize("framework", TOOLCHAINS)
def test_texts_stay_texts(framework: str, place: str, step: int, tmp_path: Path) -> None:
    document, at_once = PLACES[place]
    chosen = HOSTILE_TEXTS[::step]
    texts = [text for text in chosen if is_valid(spec(framework, document([text])))]
    assert len(texts) > len(chosen) // 4
    for start in range(0, len(texts), at_once):
        some = texts[start : start + at_once]
        hostile = rendered(spec(framework, document(some)), tmp_path)
        tame = rendered(spec(framework, document([*map(harmless, some)])), tmp_path)
        assert hostile.keys() == tame.keys()
        for path in hostile:
            assert shape(path, hostile[path], some) == shape(path, tame[path], some), path
        told = {text for path in hostile for text in strings(path, hostile[path])}
        assert [text for text in some if not any(spoken(text) in each for each in told)] == []


def spec(framework: str, document: Any) -> str:
    return written({"name": "shop", **TOOLCHAINS[framework].settings, **document})


def harmless(text: str) -> str:
    return f"harmless {crc32(text.encode()):08x}"


def spoken(text: str) -> str:
    """A sentence ends as the place that shows it ends sentences."""
    return text.strip().rstrip(". ")


def rendered(text: str, empty: Path) -> Contents:
    given = answers(parse_spec(text, "spec"))
    migration = next_migration(None, given, empty, TEMPLATE)
    assert migration
    tree = {**render(TEMPLATE, given), **migration.files}
    return {path: file.content for path, file in tree.items()}


def shape(path: str, content: bytes, texts: Sequence[str]) -> object:
    """What is left of a file when its texts are left out, or else the file with the texts in it."""
    parse = SHAPES.get(PurePosixPath(path).suffix)
    if parse:
        return parse(content)
    found = content.decode()
    for text in texts:
        found = found.replace(harmless(text), spoken(text))
    return SENTENCE_END.sub("", found)


class Blank(ast.NodeTransformer):
    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        return ast.Constant("" if isinstance(node.value, str) else node.value)


def python_shape(content: bytes) -> object:
    return ast.dump(Blank().visit(ast.parse(content)))


def data_shape(value: object) -> object:
    if isinstance(value, dict):
        return [(data_shape(key), data_shape(inner)) for key, inner in value.items()]
    if isinstance(value, list):
        return [data_shape(inner) for inner in value]
    return "" if isinstance(value, str) else value


SHAPES: Mapping[str, Callable[[bytes], object]] = {
    ".py": python_shape,
    ".ts": typescript.shape,
    ".js": typescript.shape,
    ".json": lambda content: data_shape(json.loads(content)),
    ".toml": lambda content: data_shape(tomllib.loads(content.decode())),
    ".yaml": lambda content: data_shape(yaml.safe_load(content)),
    ".yml": lambda content: data_shape(yaml.safe_load(content)),
}


def strings(path: str, content: bytes) -> list[str]:
    """The string literals of a Python, TypeScript or JavaScript file, or the whole of another one."""
    if path.endswith((".ts", ".js")):
        return typescript.strings(content)
    if not path.endswith(".py"):
        return [content.decode()]
    nodes = ast.walk(ast.parse(content))
    constants = [node.value for node in nodes if isinstance(node, ast.Constant)]
    return [value for value in constants if isinstance(value, str)]


def test_what_would_end_a_text_is_refused() -> None:
    """The places that no quoting makes safe in every language."""
    for character in UNSAFE:
        assert not is_valid(spec("fastapi", of_fields([f"a {character} b"])))
    for character in UNQUOTABLE:
        assert not is_valid(spec("fastapi", of_defaults([f"a {character} b"])))
