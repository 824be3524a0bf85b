"""What is different between two answers, and whether it can be applied."""

import pytest

from backendgen.answers import answers
from backendgen.spec.differences import LATER, MOVE_LATER, SETTING_LATER, Difference, differences
from backendgen.spec.loading import parse_spec

from .helpers import OTHERS, spec_of

BASE = spec_of("views: int:optional\nwriter: ref:Author", "search: [title]")

CASES = {
    # what the spec is now: kind, subject, whether it can be applied, what is told
    BASE + "  Review: {fields: {stars: int}}\n": [
        ("resource_added", "Review", True, "the resource Review is new"),
    ],
    BASE.replace("  Tag: {fields: {name: string}}\n", ""): [
        ("resource_removed", "Tag", False, f"the resource Tag is gone; {LATER}"),
    ],
    BASE.replace("  Tag: {", "  Label: {was: Tag, "): [
        ("resource_renamed", "Label", False, f"the resource Tag is called Label now; {LATER}"),
    ],
    BASE.replace("views: int:optional", "views: int:optional\n      note: text"): [
        ("field_added", "Post.note", False, f"the field Post.note is new; {LATER}"),
    ],
    BASE.replace("      views: int:optional\n", ""): [
        ("field_removed", "Post.views", False, f"the field Post.views is gone; {LATER}"),
    ],
    BASE.replace("views: int:optional", "hits: int:optional:was=views"): [
        ("field_renamed", "Post.hits", False, f"the field Post.views is called hits now; {LATER}"),
    ],
    BASE.replace("views: int:optional", "views: bigint"): [
        (
            "field_changed",
            "Post.views",
            False,
            f"type, optional of Post.views is different; {LATER}",
        ),
    ],
    BASE.replace("views: int:optional", "views: int:optional:readonly:private"): [
        ("field_changed", "Post.views", True, "readonly, private of Post.views is different"),
    ],
    BASE.replace("views: int:optional", "views: {type: int:optional, description: How often}"): [
        ("description_changed", "Post.views", True, "the description of Post.views is different"),
    ],
    BASE.replace("search: [title]", "description: A post"): [
        ("search_changed", "Post", True, "the search of Post is different"),
        ("description_changed", "Post", True, "the description of Post is different"),
    ],
    BASE + "    access: {list: public}\n": [
        ("access_changed", "Post", True, "the access to Post is different"),
    ],
    BASE + "    access: {update: admin, delete: admin}\n": [
        ("access_changed", "Post", False, f"Post loses an owner, and with it a column; {LATER}"),
    ],
    BASE + "    versioned: true\n": [
        ("option_changed", "Post", False, f"`versioned` of Post is different; {LATER}"),
    ],
    BASE + "    indexes: [[title, views]]\n": [
        ("option_changed", "Post", False, f"`indexes` of Post is different; {LATER}"),
    ],
    BASE + "    table: articles\n": [
        ("table_changed", "Post", False, f"the table of Post goes from posts to articles; {LATER}"),
    ],
    BASE + "    plural: articles\n    table: posts\n": [
        (
            "plural_changed",
            "Post",
            False,
            f"the plural of Post goes from posts to articles; {MOVE_LATER}",
        ),
    ],
    BASE + "description: A shop\n": [
        ("description_changed", "spec", True, "the description of the spec is different"),
    ],
    BASE + "database: mysql\n": [
        (
            "setting_changed",
            "database",
            False,
            f"`database` was sqlite and is mysql; {SETTING_LATER}",
        ),
    ],
    BASE.replace(OTHERS, "".join(f"{line}\n" for line in reversed(OTHERS.splitlines()))): [
        ("order_changed", "spec", True, "the order of the spec is different"),
    ],
    BASE: [],
    BASE.replace("resources:\n", "resources:  # all of them\n"): [],
}


@pytest.mark.parametrize(("text", "told"), CASES.items())
def test_what_is_different_is_told(text: str, told: list[tuple[str, str, bool, str]]) -> None:
    old = answers(parse_spec(BASE, "s"))
    new = answers(parse_spec(text, "s"), old)
    assert differences(old, new) == tuple(
        Difference(kind, subject, sentence, supported)
        for kind, subject, supported, sentence in told
    )


def test_fields_of_the_user_are_compared() -> None:
    old = answers(parse_spec(BASE, "s"))
    new = answers(parse_spec(BASE + "  User: {fields: {nickname: string:optional}}\n", "s"), old)
    (found,) = differences(old, new)
    assert (found.kind, found.subject, found.supported) == ("field_added", "User.nickname", False)


def test_a_rename_that_is_done_is_none() -> None:
    renamed = answers(parse_spec(BASE.replace("views: int", "hits: int:was=views"), "s"))
    plain = answers(parse_spec(BASE.replace("views: int", "hits: int"), "s"), renamed)
    assert all(found.supported for found in differences(renamed, plain))


def test_a_plural_that_changes_is_not_told_of_those_that_refer_to_it() -> None:
    old = answers(parse_spec(BASE, "s"))
    text = BASE.replace("Author: {", "Author: {plural: writers, table: authors, ")
    found = differences(old, answers(parse_spec(text, "s"), old))
    assert [each.subject for each in found] == ["Author"]
