"""The answers: explicit, complete, and kept once they are given."""

import json
from pathlib import Path
from typing import get_type_hints

import pytest
import yaml

from backendgen.answers import Answers, FieldAnswers, ResourceAnswers, answers
from backendgen.spec.loading import load_spec, parse_spec
from backendgen.spec.names import LONGEST_IDENTIFIER

from .helpers import HEAD, spec_of

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").glob("*.yaml"))


def answers_of(text: str, previous: Answers | None = None) -> Answers:
    return answers(parse_spec(text, "shop.yaml"), previous)


def resource(found: Answers, name: str = "Post") -> ResourceAnswers:
    return next(each for each in found["resources"] if each["name"] == name)


def field(found: Answers, name: str, of: str = "Post") -> FieldAnswers:
    return next(each for each in resource(found, of)["fields"] if each["name"] == name)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_answers_are_plain_and_complete(path: Path) -> None:
    found = answers(load_spec(path))
    assert json.loads(json.dumps(found)) == found
    assert yaml.safe_load(yaml.safe_dump(found)) == found
    assert list(found) == list(get_type_hints(Answers))
    for each in found["resources"]:
        assert list(each) == list(get_type_hints(ResourceAnswers))
        for one in each["fields"]:
            assert list(one) == list(get_type_hints(FieldAnswers))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_answers_are_the_same_again(path: Path) -> None:
    spec = load_spec(path)
    first = answers(spec)
    assert answers(spec, first) == first == answers(spec)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_names_in_the_database_are_each_their_own(path: Path) -> None:
    text = json.dumps(answers(load_spec(path)))
    prefixes = ("uq_", "ix_", "ck_", "fk_")
    found = [word for word in text.split('"') if word.startswith(prefixes)]
    assert len(found) == len(set(found))
    assert all(len(word) <= LONGEST_IDENTIFIER for word in found)


def test_targets_come_first() -> None:
    text = f"{HEAD}  Purchase: {{fields: {{b: ref:Order}}}}\n  Order: {{fields: {{c: many:Coin}}}}\n  Coin: {{fields: {{x: int}}}}\n"
    assert [each["name"] for each in answers_of(text)["resources"]] == ["Coin", "Order", "Purchase"]


def test_a_cycle_is_entered_where_nothing_required_is_missing() -> None:
    text = (
        f"{HEAD}  Item: {{fields: {{b: ref:Bill}}}}\n  Bill: {{fields: {{a: ref:Item:optional}}}}\n"
    )
    assert [each["name"] for each in answers_of(text)["resources"]] == ["Bill", "Item"]


def test_a_relation_to_one() -> None:
    found = field(answers_of(spec_of("writer: ref:Author")), "writer")
    assert (found["key"], found["column"], found["on_delete"]) == (
        "writer_id",
        "writer_id",
        "restrict",
    )
    assert found["target"] is not None
    assert found["target"]["name"] == "Author"
    assert found["target"]["id"] == "uuid"
    assert found["target"]["package"] == found["target"]["table"] == "authors"
    assert found["constraints"] == {
        "unique": None,
        "index": "ix_posts_writer_id",
        "foreign_key": "fk_posts_writer_id_authors",
        "check": None,
        "range": None,
    }


def test_a_relation_to_the_user() -> None:
    found = field(answers_of(spec_of("writer: ref:User:unique")), "writer")
    assert found["target"] is not None
    assert (found["target"]["table"], found["target"]["package"]) == ("users", "users")
    assert found["constraints"]["unique"] == "uq_posts_writer_id"
    assert found["constraints"]["index"] is None


def test_a_relation_to_many() -> None:
    found = field(answers_of(spec_of("tags: many:Tag")), "tags")
    assert (found["key"], found["column"]) == ("tag_ids", None)
    assert found["join"] == {
        "table": "posts_tags",
        "left": "post_id",
        "right": "tag_id",
        "foreign_keys": {
            "left": "fk_posts_tags_post_id_posts",
            "right": "fk_posts_tags_tag_id_tags",
        },
        "index": "ix_posts_tags_tag_id",
    }


@pytest.mark.parametrize(
    ("line", "right"),
    {
        "related: many:Post": "related_id",
        "posts: many:Post": "other_post_id",
        "parts: many:Post": "part_id",
    }.items(),
)
def test_a_relation_to_many_of_its_own_kind(line: str, right: str) -> None:
    join = field(answers_of(spec_of(line)), line.partition(":")[0])["join"]
    assert join is not None
    assert (join["left"], join["right"]) == ("post_id", right)


def test_values_are_json_of_their_full_scale() -> None:
    found = answers_of(
        spec_of("a: decimal:10,2:min=0:max=99.5:default=1\nb: enum:x,y_z:default=x\nc: int:min=1")
    )
    a, b, c = (field(found, name) for name in "abc")
    assert (a["min"], a["max"], a["default"]) == ("0.00", "99.50", "1.00")
    assert b["values"] == [{"value": "x", "constant": "X"}, {"value": "y_z", "constant": "Y_Z"}]
    assert (b["enum"], b["default"], b["length"]) == ({"name": "PostB"}, "x", 40)
    assert b["constraints"]["check"] == "ck_posts_b"
    assert (c["min"], c["max"], c["constraints"]["range"]) == (1, None, "ck_posts_c_range")


def test_lists_of_fields_are_columns() -> None:
    found = resource(
        answers_of(
            spec_of("writer: ref:Author", "unique: [[writer, title]]\nindexes: [[title, writer]]")
        )
    )
    assert found["unique"] == [
        {
            "name": "uq_posts_writer_id_title",
            "columns": ["writer_id", "title"],
            "keys": ["writer_id", "title"],
        }
    ]
    assert found["indexes"] == [
        {"name": "ix_posts_title_writer_id", "columns": ["title", "writer_id"]}
    ]


def test_the_owner_follows_from_the_access() -> None:
    rules = "access: {list: public, read: public, create: admin, update: admin, delete: admin}"
    assert resource(answers_of(spec_of("")))["owned"]
    assert not resource(answers_of(spec_of("", rules)))["owned"]


def test_without_users_everything_is_public() -> None:
    found = resource(answers_of("auth: none\n" + spec_of("")))
    assert set(dict(found["access"]).values()) == {"public"}
    assert not found["owned"]


def test_fields_of_the_user_are_apart() -> None:
    found = answers_of(f"{HEAD}  User: {{fields: {{nickname: string:40:unique}}}}\n")
    assert found["resources"] == []
    assert [each["name"] for each in found["user_fields"]] == ["nickname"]
    assert found["user_fields"][0]["constraints"]["unique"] == "uq_users_nickname"


def test_two_names_that_read_the_same_stay_two() -> None:
    text = f"{HEAD}  Item: {{fields: {{b_c: int, d: int, b: int, c_d: int}}, indexes: [[b_c, d], [b, c_d]]}}\n"
    first, second = resource(answers_of(text), "Item")["indexes"]
    assert first["name"] == "ix_items_b_c_d"
    assert second["name"].startswith("ix_items_b_c_d_")


def test_descriptions_end_without_a_full_stop() -> None:
    found = answers_of(
        spec_of("a: {type: text, description: What it says.}", "description: A post.")
    )
    assert resource(found)["description"] == "A post"
    assert field(found, "a")["description"] == "What it says"


def _older(text: str) -> Answers:
    """Answers as another release could have decided them."""
    found = answers_of(text)
    one = resource(found)
    one["names"]["snake_plural"] = "postings"
    one["names"]["table"] = "postings"
    one["fields"][0]["example"] = "Sample"
    for index in one["indexes"]:
        index["name"] = "ix_postings_title_rank"
    return found


def test_what_was_decided_is_kept() -> None:
    older = _older(spec_of("points: int"))
    newer = resource(answers_of(spec_of("points: int\nnote: text"), older))
    assert newer["names"] == resource(older)["names"]
    assert newer["fields"][0]["example"] == "Sample"
    assert newer["fields"][2]["name"] == "note"


def test_what_the_spec_says_itself_is_not() -> None:
    older = _older(spec_of("points: int"))
    newer = resource(answers_of(spec_of("points: int", "plural: articles"), older))
    assert newer["names"]["snake_plural"] == newer["names"]["table"] == "articles"
    changed = resource(answers_of(spec_of("").replace("string:100", "string:3"), older))
    assert changed["fields"][0]["example"] == "Exa"


def test_a_name_that_is_taken_stays_with_its_owner() -> None:
    """A resource that comes first in the new spec does not take the name of one that was there."""
    old = f"{HEAD}  Item: {{fields: {{b: int, c_d: int}}, indexes: [[b, c_d]]}}\n"
    new = f"{HEAD}  Item: {{fields: {{b_c: int, d: int, b: int, c_d: int}}, indexes: [[b_c, d], [b, c_d]]}}\n"
    first, second = resource(answers_of(new, answers_of(old)), "Item")["indexes"]
    assert second["name"] == "ix_items_b_c_d"
    assert first["name"].startswith("ix_items_b_c_d_")


def test_a_pattern_is_spelled_out() -> None:
    found = field(answers_of(spec_of(r"a: 'string:20:pattern=^\d{3}$'")), "a")
    assert found["pattern"] == "^[0-9]{3}$"
    assert found["counterexample"] == ""


def test_an_example_of_the_spec_comes_first() -> None:
    line = "a: {type: 'string:9', pattern: '^[A-Z]{2}$', example: [QQ, ZZ]}"
    found = field(answers_of(spec_of(line)), "a")
    assert (found["example"], found["other"]) == ("QQ", "ZZ")
