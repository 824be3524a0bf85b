"""The JSON Schema takes what the loader takes, and refuses what a schema can refuse."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from backendgen.spec import grammar
from backendgen.spec.loading import load_spec
from backendgen.spec.schema import json_schema, line_pattern

from .helpers import spec_of
from .test_fields import READ

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").glob("*.yaml"))


class Plain(yaml.SafeLoader):
    """YAML 1.2, as editors read it: `on` is text, and so is a time."""


Plain.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if not tag.endswith(("bool", "timestamp"))]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Plain.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


def errors_of(text: str) -> list[Any]:
    return list(Draft202012Validator(json_schema()).iter_errors(yaml.load(text, Plain)))


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_are_valid(path: Path) -> None:
    load_spec(path)
    assert errors_of(path.read_text()) == []


def test_there_are_the_four_examples() -> None:
    assert [path.stem for path in EXAMPLES] == ["all-types", "blog", "open", "shop"]


@pytest.mark.parametrize("line", READ)
def test_every_field_that_is_read_is_valid(line: str) -> None:
    assert errors_of(spec_of(line)) == []


REFUSED = [
    *(
        "a: strin",
        "a: string:x",
        "a: string:uniqe",
        "a: text:unique",
        "a: int:min_length=3",
        "a: int:min=x",
    ),
    *(
        "a: decimal:5",
        "a: enum",
        "a: enum:b",
        "a: ref",
        "a: ref:author",
        "a: many:Tag:optional",
        "a: text:cascade",
    ),
    *(
        "a: json:default=1",
        "a: string:unique=1",
        "A: int",
        "a__b: int",
        "a: 7",
        "a: [int]",
        "a: {unique: true}",
    ),
    *(
        "a: {type: strin}",
        "a: {type: int, uniqe: true}",
        "a: {type: int, unique: 1}",
        "a: {type: enum, values: b}",
    ),
    *("a: {type: text, description: 'a \"b\"'}", "a: {type: ref, target: A, on_delete: drop}"),
]


@pytest.mark.parametrize("line", REFUSED)
def test_a_bad_field_is_not_valid(line: str) -> None:
    assert errors_of(spec_of(line))


@pytest.mark.parametrize(
    "text",
    [
        "framework: fastapi",
        "name: My Shop",
        "name: shop\ndatabase: supabase",
        "name: shop\nframwork: fastapi",
        "name: shop\nresources: {post: {fields: {a: int}}}",
        "name: shop\nresources: {Post: {}}",
        "name: shop\nresources: {User: {fields: {a: int}, id: int}}",
        spec_of("", "timestamps: maybe"),
        spec_of("", "id: serial"),
        spec_of("", "unique: [title]"),
        spec_of("", "unique: [[title]]"),
        spec_of("", "access: {list: everyone}"),
        spec_of("", "access: {all: public}"),
    ],
)
def test_a_bad_spec_is_not_valid(text: str) -> None:
    assert errors_of(text)


@pytest.mark.parametrize(
    "text", ["name: shop", "name: shop\nresources:", "name: shop\nresources: {}"]
)
def test_a_spec_without_resources_is_valid(text: str) -> None:
    assert errors_of(text) == []


def test_every_type_has_its_line() -> None:
    for kind in grammar.TYPES.values():
        assert re.fullmatch(line_pattern(kind.name), kind.line)
