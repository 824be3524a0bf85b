"""YAML with positions; and whatever is read, there is never a traceback."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backendgen.errors import BackendgenError, SpecError
from backendgen.spec.document import LARGEST, Mapping, Scalar, decode, read_document
from backendgen.spec.loading import load_spec, parse_field_argument, parse_spec

BOMB = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi")
)

HOSTILE = [
    *(
        "",
        "\n",
        "#",
        "null",
        "~",
        "- a",
        "name",
        "{",
        "}",
        "[",
        "'",
        '"',
        "|",
        ">",
        "%",
        "@",
        "`",
        "&",
        "*",
    ),
    *(
        "!",
        "?",
        "? a",
        ": a",
        "name: [",
        "name: {",
        "--- a\n--- b",
        "...",
        "%YAML 9.9\n---\na: b",
        "\t",
        "a:\n\tb",
    ),
    *(
        "name: \x00",
        "name: \x07",
        "name: \ud800",
        "\ufeffname: Shop",
        "name: \u2028",
        "[" * 100_000,
        "- " * 100_000,
    ),
    *(
        "{a: " * 100_000,
        "a:\n" * 50_000,
        "? " * 100_000,
        BOMB,
        "<<: {name: shop}",
        "name: !!binary aGk=",
    ),
    *(
        "resources: {Post: {fields: {? [a]: int}}}",
        "resources: {Post: {fields: {{}: int}}}",
        "resources: {[]: {}}",
    ),
    *(
        "resources: {Post: {unique: [[[a]]]}}",
        "resources: {Post: {access: {list: {a: b}}}}",
        "name: 1e999",
    ),
    *(
        "resources: {Post: {fields: {a: {type: {b: c}}}}}",
        "resources: {Post: {fields: {a: {values: [[]]}}}}",
    ),
    *(
        "resources: {Post: {fields: {a: {type: json, example: {{a: b}: c}}}}}",
        "resources: {'': {fields: {'': ''}}}",
    ),
    "resources: {Post: {fields: {a: {type: 'decimal:1,1', min: '" + "9" * 5000 + "'}}}}",
    "resources: {Post: {fields: {a: 'int:default=" + "9" * 5000 + "'}}}",
    "resources: {Post: {fields: {a: 'string:" + "9" * 5000 + "'}}}",
    "resources: {Post: {fields: {a: 'string:pattern=" + "(" * 5000 + "'}}}",
    "resources: {Post: {fields: {a: 'string:pattern=(a|a)*(a|a)*(a|a)*b'}}}",
    "name: " + "x" * LARGEST,
    "resources: {"
    + ", ".join(f"R{number}: {{fields: {{a: ref:R{number + 1}}}}}" for number in range(600))
    + "}",
    "resources: {Post: {fields: {" + ", ".join(f"f{number}: in" for number in range(2000)) + "}}}",
    "resources:\n" + "".join(f"  R{n}: {{fields: {{a: ref:R{n + 1}}}}}\n" for n in range(499)),
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(SpecError) as caught:
        parse_spec(text, "shop.yaml")
    assert all(len(str(problem)) < 2000 for problem in caught.value.problems)
    assert all("\n" not in str(problem) for problem in caught.value.problems)


KEYS = st.sampled_from(
    [
        "name",
        "auth",
        "resources",
        "User",
        "Post",
        "Tag",
        "fields",
        "title",
        "tags",
        "access",
        "unique",
    ]
    + [
        "indexes",
        "search",
        "list",
        "type",
        "values",
        "default",
        "example",
        "description",
        "id",
        "was",
    ]
)
LINES = st.sampled_from(
    [
        "shop",
        "jwt",
        "none",
        "string",
        "string:20:unique",
        "enum:a,b:default=a",
        "ref:Post",
        "many:Tag",
    ]
    + [
        "int:min=1:max=0",
        "text:pattern=[",
        "true",
        "no",
        "",
        "decimal:1,9:default=3",
        "ref:User:set_null",
    ]
)
TREES = st.recursive(
    LINES | st.text(max_size=10) | st.none() | st.booleans() | st.integers() | st.floats(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(KEYS | st.text(max_size=6), inner, max_size=5)
    ),
    max_leaves=25,
)


@given(TREES)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=150)
def test_any_tree_is_a_spec_or_is_refused(tree: object) -> None:
    import yaml

    text = yaml.safe_dump(tree, allow_unicode=True)
    try:
        parse_spec(text, "shop.yaml")
    except SpecError as error:
        assert error.problems


@given(st.text(max_size=60))
@settings(deadline=None)
def test_any_text_is_a_spec_or_is_refused(text: str) -> None:
    with pytest.raises(SpecError):
        parse_spec(text, "shop.yaml")


@given(st.text(alphabet="abt:=,{}[]^$0159._-é intxrfmany", max_size=30))
@settings(deadline=None)
def test_any_word_is_a_field_or_is_refused(text: str) -> None:
    try:
        parse_field_argument(text)
    except SpecError as error:
        assert error.problems


def test_positions_count_characters_from_one() -> None:
    root = read_document("é: 'x'\nb:\n  - 😀: y\n", "s")
    assert isinstance(root, Mapping)
    (_, first), (key, _) = root.entries
    assert isinstance(first, Scalar)
    assert (first.mark.line, first.mark.column) == (1, 4)
    assert first.at(0).column == 5
    assert key.mark.line == 2


def test_line_ends_of_windows_and_a_byte_order_mark_are_read() -> None:
    text = "\ufeffname: shop\r\nresources:\r\n  Post:\r\n    fields:\r\n      title: string\r\n"
    assert parse_spec(text, "s").resources[0].fields[0].name == "title"


def test_what_is_no_file_or_too_large(tmp_path: Path) -> None:
    with pytest.raises(BackendgenError, match="cannot be read"):
        load_spec(tmp_path / "none.yaml")
    with pytest.raises(BackendgenError, match="cannot be read"):
        load_spec(tmp_path)
    with pytest.raises(SpecError, match="larger than"):
        decode(b" " * (LARGEST + 1), "s")


def test_a_long_list_of_problems_ends() -> None:
    fields = "".join(f"      f{number}: strin\n" for number in range(3000))
    with pytest.raises(SpecError) as caught:
        parse_spec(f"name: shop\nresources:\n  Post:\n    fields:\n{fields}", "s")
    assert len(caught.value.problems) == 500
