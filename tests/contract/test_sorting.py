"""Sorting: every sortable key, both ways, nulls last, ties by id."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.contract.cases import each, fields, resources
from tests.contract.domain import Field, Resource
from tests.contract.problems import done, refused
from tests.contract.values import order
from tests.contract.world import Row, World, among, ids


def in_order(resource: Resource, rows: Iterable[Row], *keys: str) -> list[Row]:
    """The rows as the contract sorts them; the last key is the id, ascending."""
    found = sorted(rows, key=lambda row: row["id"])
    for key in reversed(keys):
        field = resource.field(key.lstrip("-"))
        filled = [row for row in found if row[field.key] is not None]
        empty = [row for row in found if row[field.key] is None]
        by = ordering(field)
        found = sorted(filled, key=by, reverse=key.startswith("-")) + empty
    return found


def ordering(field: Field) -> Any:
    return lambda row: order(field, row[field.key])


def listed(world: World, resource: Resource, /, **params: str) -> list[Any]:
    return ids(world.rows(resource, id__in=among(world.sample(resource)), **params))


@each("field", fields(lambda f: f.sortable, of="columns"))
def test_sorted_by_a_field(world: World, field: Field) -> None:
    resource = world.service.resource(field.resource)
    sample = world.sample(resource)
    for key in (field.key, f"-{field.key}"):
        wanted = in_order(resource, sample, key)
        assert listed(world, resource, sort=key) == ids(wanted), key


@each("resource", resources())
def test_default_sort_is_newest_first(world: World, resource: Resource) -> None:
    wanted = in_order(resource, world.sample(resource), resource.default_sort)
    assert listed(world, resource) == ids(wanted)


@each("resource", resources())
def test_sorted_by_several_fields(world: World, resource: Resource) -> None:
    keys = [f.key for f in resource.columns if f.sortable and f.key != "id"]
    for pair in zip(keys, reversed(keys), strict=True):
        if len(set(pair)) == 2:
            chosen = (pair[0], f"-{pair[1]}")
            wanted = in_order(resource, world.sample(resource), *chosen)
            assert listed(world, resource, sort=",".join(chosen)) == ids(wanted), chosen


@each("resource", resources())
def test_an_unknown_sort_key_names_the_known_ones(world: World, resource: Resource) -> None:
    unsortable = [f.key for f in resource.columns if not f.sortable]
    known = [f.key for f in resource.columns if f.sortable]
    for key in ("nope", "Id", "deleted_at", "version", *unsortable):
        for sort in (key, f"-{key}"):
            answer = world.api(resource).get(resource.path, params={"sort": sort})
            problem = refused(answer, 422, "query.sort unknown")
            assert [k for k in known if k not in problem["detail"]] == []


@each("resource", resources())
def test_a_malformed_sort_is_refused(world: World, resource: Resource) -> None:
    for sort in ("", ",", "id,", "-", "--id", "id,id", "id,-id", " id", "+id"):
        answer = world.api(resource).get(resource.path, params={"sort": sort})
        assert answer.status == 422, answer
        assert {e["field"] for e in answer.json["errors"]} == {"query.sort"}, answer


@each("resource", resources())
def test_at_most_five_sort_keys(world: World, resource: Resource) -> None:
    keys = [f.key for f in resource.columns if f.sortable]
    done(world.api(resource).get(resource.path, params={"sort": ",".join(keys[:5])}))
    if len(keys) > 5:
        answer = world.api(resource).get(resource.path, params={"sort": ",".join(keys[:6])})
        refused(answer, 422, "query.sort invalid")
