"""A resource is added to the text of a spec, and every other byte stays."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from backendgen.errors import SpecError
from backendgen.spec.editing import add_resource
from backendgen.spec.loading import parse_spec
from backendgen.spec.model import Resource

FIELDS = [("stars", "int:min=1:max=5"), ("kind", "enum:good,bad")]
OPTIONS = {"unique": [["stars", "kind"]], "access": {"list": "public"}, "timestamps": False}
BLOCK = """\
  Review:
    fields:
      stars: int:min=1:max=5
      kind: enum:good,bad
"""
FLOW = 'Review: {fields: {stars: int:min=1:max=5, kind: "enum:good,bad"}}'
POST = "  Post:\n    fields:\n      title: string\n"

CASES = {
    # before: after
    "name: s\n": f"name: s\nresources:\n{BLOCK}",
    "name: s": f"name: s\nresources:\n{BLOCK}",
    "": f"resources:\n{BLOCK}",
    "# only a comment\n": f"# only a comment\nresources:\n{BLOCK}",
    "name: s\n...\n": f"name: s\nresources:\n{BLOCK}...\n",
    "name: s\nresources:\n": f"name: s\nresources:\n{BLOCK}",
    "name: s\nresources:": f"name: s\nresources:\n{BLOCK}",
    "resources:  # none yet\nname: s\n": f"resources:  # none yet\n{BLOCK}name: s\n",
    "resources: {}\nname: s\n": f"resources:\n{BLOCK}name: s\n",
    "resources: {}  # none yet\nname: s\n": f"resources:  # none yet\n{BLOCK}name: s\n",
    "resources: ~\nname: s\n": f"resources:\n{BLOCK}name: s\n",
    f"name: s\nresources:\n{POST}": f"name: s\nresources:\n{POST}{BLOCK}",
    f"name: s\nresources:\n{POST}".rstrip("\n"): f"name: s\nresources:\n{POST}{BLOCK}",
    f"resources:\n{POST}\n# settings\nname: s\n": f"resources:\n{POST}{BLOCK}\n# settings\nname: s\n",
    f"resources:\n{POST}      # body: text\n  # Tag:\nname: s\n": (
        f"resources:\n{POST}      # body: text\n{BLOCK}  # Tag:\nname: s\n"
    ),
    f"name: s\nresources:\n{POST}\n  Tag:\n    fields: {{a: int}}  # one\n": (
        f"name: s\nresources:\n{POST}\n  Tag:\n    fields: {{a: int}}  # one\n\n{BLOCK}"
    ),
    "name: s\nresources: {Post: {fields: {a: int}}}\n": (
        f"name: s\nresources: {{Post: {{fields: {{a: int}}}}, {FLOW}}}\n"
    ),
    "name: s\nresources: {\n  Post: {fields: {a: int}},  # one\n}\n": (
        f"name: s\nresources: {{\n  Post: {{fields: {{a: int}}}}, {FLOW},  # one\n}}\n"
    ),
    "name: s\nresources: {\n}\n": f"name: s\nresources: {{\n{FLOW}}}\n",
    "{name: s}": f"{{name: s, resources: {{{FLOW}}}}}",
    "{name: s, resources: {}}\n": f"{{name: s, resources: {{{FLOW}}}}}\n",
    "{name: s, resources: }\n": f"{{name: s, resources: {{{FLOW}}} }}\n",
    "name: s\nresources:\n    Post:\n        fields:\n            a: int\n": (
        "name: s\nresources:\n    Post:\n        fields:\n            a: int\n"
        "    Review:\n        fields:\n            stars: int:min=1:max=5\n            kind: enum:good,bad\n"
    ),
    "name: s\nresources:\n  Post:\n    fields: {a: int}\n    description: >\n      Two\n      lines\n": (
        "name: s\nresources:\n  Post:\n    fields: {a: int}\n    description: >\n      Two\n      lines\n"
        + BLOCK
    ),
}


@pytest.mark.parametrize(("before", "after"), CASES.items())
def test_a_resource_is_added(before: str, after: str) -> None:
    assert add_resource(before, "Review", FIELDS, {}) == after


@pytest.mark.parametrize("before", [text for text in CASES if "name: s" in text])
def test_what_is_added_is_read(before: str) -> None:
    spec = parse_spec(add_resource(before, "Review", FIELDS, OPTIONS), "s")
    review = next(each for each in spec.resources if each.name == "Review")
    assert [field.name for field in review.fields] == ["stars", "kind"]
    assert (review.unique, review.timestamps) == ((("stars", "kind"),), False)
    assert review.access.list == "public"


@pytest.mark.parametrize("before", [text for text in CASES if text])
def test_line_ends_are_kept(before: str) -> None:
    windows = before.replace("\n", "\r\n")
    if "\n" in before:
        after = add_resource(windows, "Review", FIELDS, OPTIONS)
        assert after.count("\r\n") == after.count("\n")
        assert after.replace("\r\n", "\n") == add_resource(before, "Review", FIELDS, OPTIONS)


def test_options_are_lines_in_the_order_given() -> None:
    text = add_resource("name: s\n", "Review", FIELDS, OPTIONS)
    assert text.endswith(
        "    unique: [[stars, kind]]\n    access: {list: public}\n    timestamps: false\n"
    )


def test_a_resource_that_is_there_is_refused() -> None:
    with pytest.raises(SpecError, match=r"yaml:3:3: there is a resource `Post` already"):
        add_resource(f"name: s\nresources:\n{POST}", "Post", FIELDS, {})


def test_what_is_not_yaml_is_refused() -> None:
    with pytest.raises(SpecError, match="this is not YAML"):
        add_resource("name: [", "Post", FIELDS, {})


VALUES = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12
)


@given(st.sampled_from(sorted(CASES)), VALUES, VALUES, VALUES)
@example("{name: s, resources: {}}\n", "0", "0", "0?")
@example("name: s\n", "0", "0", "a?,b")
@settings(deadline=None)
def test_any_words_are_quoted_as_they_need(before: str, name: str, field: str, line: str) -> None:
    after = add_resource(before, name, [(field, line)], {})
    assert _read(after)[name]["fields"] == {field: line}


def _read(text: str) -> dict[str, dict[str, dict[str, str]]]:
    import yaml

    root = yaml.load(text, yaml.BaseLoader)
    found: dict[str, dict[str, dict[str, str]]] = root["resources"]
    return found


def test_nothing_else_of_an_example_is_touched() -> None:
    from pathlib import Path

    for path in (Path(__file__).parents[3] / "examples").glob("*.yaml"):
        before = path.read_text()
        after = add_resource(before, "Extra", [("note", "text")], {})
        assert (
            after.replace("  Extra:\n    fields:\n      note: text\n", "").rstrip()
            == before.rstrip()
        )
        assert _names(parse_spec(after, "s").resources) == [
            *_names(parse_spec(before, "s").resources),
            "Extra",
        ]


def _names(resources: tuple[Resource, ...]) -> list[str]:
    return [each.name for each in resources]
