"""Search: every word must occur somewhere in the search fields, whatever its case."""

from __future__ import annotations

from tests.contract.cases import each, resources
from tests.contract.domain import Resource
from tests.contract.problems import done, refused
from tests.contract.world import Row, World, among, ids

searchable = each(
    "resource",
    resources(lambda r: any(room(r, key) for key in r.search)),
)


def room(resource: Resource, key: str) -> bool:
    """Whether free words fit into the field."""
    field = resource.field(key)
    return field.type in ("string", "text") and not field.pattern and (field.length or 99) >= 30


def make(world: World, resource: Resource, words: str) -> Row:
    """A row that has the words in its search fields, spread over all of them."""
    keys = [key for key in resource.search if room(resource, key)]
    parts = words.split(" ")
    texts = {key: " ".join(parts[at :: len(keys)]) or "-" for at, key in enumerate(keys)}
    unique = {k: f"{t} {world.supply.code()}" for k, t in texts.items() if key_of(resource, k)}
    return world.create(resource, texts | unique)


def key_of(resource: Resource, key: str) -> bool:
    return resource.is_key(resource.field(key))


def hits(world: World, resource: Resource, rows: list[Row], q: str) -> list[object]:
    return ids(world.rows(resource, id__in=among(rows), sort="id", q=q))


@searchable
def test_every_word_must_occur_somewhere(world: World, resource: Resource) -> None:
    texts = ("alpha beta", "alpha Gamma", "ALPHABET soup", "nothing")
    one, two, three, four = rows = [make(world, resource, text) for text in texts]
    for q, wanted in (
        ("alpha", [one, two, three]),
        ("beta alpha", [one]),
        ("GAMMA alph", [two]),
        ("alpha nothing", []),
        ("lphabe", [three]),
        ("  alpha \t beta ", [one]),
        ("", rows),
        ("   ", rows),
        ("nothing", [four]),
    ):
        assert hits(world, resource, rows, q) == sorted(ids(wanted)), q


@searchable
def test_search_takes_every_character_as_it_is(world: World, resource: Resource) -> None:
    texts = ("50% off", "a_b", "c\\d", "Straße ÉTÉ", "it's")
    rows = [make(world, resource, text) for text in texts]
    for row, q in zip(rows, ("50%", "a_b", "c\\d", "été", "it's"), strict=True):
        assert hits(world, resource, rows, q) == [row["id"]], q
    assert hits(world, resource, rows, "a%b") == []


@searchable
def test_at_most_ten_words(world: World, resource: Resource) -> None:
    api = world.api(resource)
    done(api.get(resource.path, params={"q": " ".join("abcdefghij")}))
    refused(api.get(resource.path, params={"q": " ".join("abcdefghijk")}), 422, "query.q too_long")
    refused(api.get(resource.path, params={"q": "a\0b"}), 422, "query.q invalid")
    refused(api.get(resource.path, params=[("q", "a"), ("q", "b")]), 422, "query.q invalid")


@searchable
def test_search_and_filters_and_total_together(world: World, resource: Resource) -> None:
    rows = [make(world, resource, text) for text in ("alpha", "alpha", "beta")]
    params = {"q": "alpha", "id__in": among(rows), "limit": "1", "include_total": "true"}
    page = done(world.api(resource).get(resource.path, params=params))
    assert (page["total"], ids(page["items"])) == (2, [rows[1]["id"]])
    rest = done(
        world.api(resource).get(resource.path, params={**params, "cursor": page["next_cursor"]})
    )
    assert (ids(rest["items"]), rest["next_cursor"]) == ([rows[0]["id"]], None)
