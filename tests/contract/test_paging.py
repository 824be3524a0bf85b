"""Paging: walking `next_cursor` gives each row exactly once, whatever is inserted meanwhile."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from typing import Any

from tests.contract.cases import each, fields, resources
from tests.contract.domain import Field, Resource
from tests.contract.problems import done, refused
from tests.contract.test_sorting import in_order
from tests.contract.world import Row, World, among, ids

every_resource = each("resource", resources())


def walk(
    world: World, resource: Resource, between: Callable[[], object] = bool, /, **params: str
) -> Iterator[list[Row]]:
    """Every page of a list, with something done between two of them."""
    api = world.api(resource)
    cursor: dict[str, str] = {}
    for _ in range(500):
        page = done(api.get(resource.path, params={**params, **cursor}))
        yield page["items"]
        if page["next_cursor"] is None:
            return
        cursor = {"cursor": page["next_cursor"]}
        between()
    raise AssertionError("the walk has no end")


@each("field", fields(lambda f: f.sortable, of="columns"))
def test_a_walk_by_a_field_gives_each_row_once(world: World, field: Field) -> None:
    resource = world.service.resource(field.resource)
    sample = world.sample(resource)
    for key in (field.key, f"-{field.key}"):
        pages = list(walk(world, resource, id__in=among(sample), sort=key, limit="3"))
        assert [len(page) for page in pages] == [3, 3, 2]
        assert ids(row for page in pages for row in page) == ids(in_order(resource, sample, key))


@every_resource
def test_a_walk_by_several_fields(world: World, resource: Resource) -> None:
    keys = [f.key for f in resource.columns if f.sortable and f.key != "id"][-4:]
    chosen = [key if at % 2 else f"-{key}" for at, key in enumerate(keys)]
    if not chosen:
        return
    sample = world.sample(resource)
    pages = walk(world, resource, id__in=among(sample), sort=",".join(chosen), limit="1")
    assert ids(row for page in pages for row in page) == ids(in_order(resource, sample, *chosen))


@every_resource
def test_rows_inserted_meanwhile_disturb_nothing(world: World, resource: Resource) -> None:
    mine = [world.create(resource) for _ in range(5)]
    seen: list[Any] = []
    for page in walk(world, resource, lambda: world.create(resource), limit="2"):
        seen += ids(page)
        if mine[0]["id"] in seen:
            break
    assert [one for one in seen if one in ids(mine)] == ids(reversed(mine))
    assert len(set(seen)) == len(seen)


@each("resource", resources(lambda r: r.timestamps))
def test_an_ascending_walk_comes_to_the_new_rows(world: World, resource: Resource) -> None:
    mine = [world.create(resource) for _ in range(4)]
    late: list[Row] = []

    def insert() -> None:
        if len(late) < 2:
            late.append(world.create(resource))

    start = {"created_at__gte": mine[0]["created_at"], "sort": "created_at"}
    pages = walk(world, resource, insert, limit="2", **start)
    seen = ids(row for page in pages for row in page)
    assert len(late) == 2
    assert seen == ids([*mine, *late])


@every_resource
def test_the_row_of_the_cursor_may_go(world: World, resource: Resource) -> None:
    mine = [world.create(resource) for _ in range(4)]
    api = world.api(resource)
    params = {"limit": "2", "id__in": among(mine)}
    page = done(api.get(resource.path, params=params))
    assert ids(page["items"]) == ids([mine[3], mine[2]])
    done(world.delete(resource, mine[2]), 204)
    rest = done(api.get(resource.path, params={**params, "cursor": page["next_cursor"]}))
    assert (ids(rest["items"]), rest["next_cursor"]) == (ids([mine[1], mine[0]]), None)


@every_resource
def test_a_page_of_twenty_by_default_and_a_hundred_at_most(
    world: World, resource: Resource
) -> None:
    for _ in range(21 - len(world.rows(resource, limit="21"))):
        world.create(resource)
    api = world.api(resource)
    assert len(done(api.get(resource.path))["items"]) == 20
    assert len(done(api.get(resource.path, params={"limit": "21"}))["items"]) == 21
    done(api.get(resource.path, params={"limit": "1"}))
    done(api.get(resource.path, params={"limit": "100"}))


@every_resource
def test_limit_is_a_number_from_1_to_100(world: World, resource: Resource) -> None:
    wrong = {
        "0": "too_small",
        "-1": "too_small",
        "101": "too_large",
        "9" * 30: "too_large",
        "": "type",
        "abc": "type",
        "1.5": "type",
        "1e1": "type",
        "0x1": "type",
        "\N{ARABIC-INDIC DIGIT ONE}": "type",
        "1_0": "type",
    }
    for value, code in wrong.items():
        answer = world.api(resource).get(resource.path, params={"limit": value})
        refused(answer, 422, f"query.limit {code}")


def first_cursor(world: World, resource: Resource, /, **params: str) -> str:
    world.sample(resource)
    answer = world.api(resource).get(resource.path, params={"limit": "1", **params})
    cursor: str = done(answer)["next_cursor"]
    assert cursor
    return cursor


@every_resource
def test_the_last_page_has_no_cursor(world: World, resource: Resource) -> None:
    sample = world.sample(resource)
    answer = world.api(resource).get(
        resource.path, params={"limit": str(len(sample)), "id__in": among(sample)}
    )
    assert done(answer)["next_cursor"] is None


@every_resource
def test_a_cursor_works_with_another_limit_and_total(world: World, resource: Resource) -> None:
    cursor = first_cursor(world, resource)
    params = {"cursor": cursor, "limit": "3", "include_total": "true"}
    assert "total" in done(world.api(resource).get(resource.path, params=params))


@every_resource
def test_a_cursor_is_bound_to_sort_and_filters(world: World, resource: Resource) -> None:
    some_id = str(world.sample(resource)[0]["id"])
    plain = first_cursor(world, resource)
    sorted_by_id = first_cursor(world, resource, sort="id")
    filtered = first_cursor(world, resource, id__ne=some_id)
    search = {"q": "a"} if resource.search else {"id": some_id}
    wrong: tuple[dict[str, str], ...] = (
        {"cursor": plain, "sort": "id"},
        {"cursor": plain, "id__ne": some_id},
        {"cursor": plain, **search},
        {"cursor": sorted_by_id},
        {"cursor": sorted_by_id, "sort": "-id"},
        {"cursor": filtered},
        {"cursor": filtered, "id": some_id},
    )
    for params in wrong:
        answer = world.api(resource).get(resource.path, params=params)
        refused(answer, 422, "query.cursor invalid")


@every_resource
def test_the_order_of_parameters_is_no_difference(world: World, resource: Resource) -> None:
    sample = world.sample(resource)
    pairs = [("id__in", among(sample)), ("sort", "id"), ("limit", "2")]
    api = world.api(resource)
    page = done(api.get(resource.path, params=pairs))
    follow = [("cursor", page["next_cursor"]), *reversed(pairs)]
    rest = done(api.get(resource.path, params=follow))
    assert ids(rest["items"]) == ids(in_order(resource, sample, "id"))[2:4]


@each("resource", lambda service: service.resources if len(service.resources) > 1 else ())
def test_a_cursor_is_bound_to_its_resource(world: World, resource: Resource) -> None:
    stranger = next(r for r in world.service.resources if r is not resource)
    cursor = first_cursor(world, stranger)
    answer = world.api(resource).get(resource.path, params={"cursor": cursor})
    refused(answer, 422, "query.cursor invalid")


@every_resource
def test_a_tampered_cursor_is_refused(world: World, resource: Resource) -> None:
    cursor = first_cursor(world, resource)
    forged = base64.urlsafe_b64encode(json.dumps({"id": 1}).encode()).decode()
    middle = len(cursor) // 2
    flipped = cursor[:middle] + ("A" if cursor[middle] != "A" else "B") + cursor[middle + 1 :]
    wrong = ("", "x", "null", forged, forged.rstrip("="), flipped, cursor[:-4], cursor + "AAAA")
    for value in (*wrong, cursor[::-1], "\0", "é", "a" * 20_000):
        answer = world.api(resource).get(resource.path, params={"cursor": value})
        refused(answer, 422, "query.cursor invalid")


@every_resource
def test_total_counts_what_the_filters_leave(world: World, resource: Resource) -> None:
    sample = world.sample(resource)
    params = {"id__in": among(sample[:3]), "limit": "1", "include_total": "true"}
    page = done(world.api(resource).get(resource.path, params=params))
    assert (len(page["items"]), page["total"]) == (1, 3)
    follow = {**params, "cursor": page["next_cursor"]}
    assert done(world.api(resource).get(resource.path, params=follow))["total"] == 3


@every_resource
def test_include_total_is_true_or_false(world: World, resource: Resource) -> None:
    for value in ("", "yes", "1", "TRUE", "null"):
        answer = world.api(resource).get(resource.path, params={"include_total": value})
        refused(answer, 422, "query.include_total type")
