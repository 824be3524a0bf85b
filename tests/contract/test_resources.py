"""Resources: create, read, change, delete, list; what is shown and what is written."""

from __future__ import annotations

import re
import uuid
from typing import Any

from tests.contract.cases import each, resources
from tests.contract.domain import Field, Resource
from tests.contract.problems import done, refused
from tests.contract.values import shown
from tests.contract.world import Row, World, any_version, ids

INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z")
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

every_resource = each("resource", resources())


def expected(field: Field, body: Row) -> Any:
    """What a new row shows for a field of the body it was made from."""
    if field.key not in body:
        return [] if field.type == "many" else shown(field, field.default)
    value = body[field.key]
    if field.type == "many":
        return sorted(value)
    return shown(field, value)


def assert_shows(resource: Resource, row: Row, body: Row) -> None:
    for field in resource.fields:
        if not field.private:
            assert row[field.key] == expected(field, body), field


@every_resource
def test_creating_with_every_key(world: World, resource: Resource) -> None:
    body = world.body(resource, full=True)
    answer = world.post(resource, body)
    row = done(answer, 201)
    assert answer.headers["location"] == resource.item(row["id"])
    assert_shows(resource, row, body)
    assert done(world.get(resource, row)) == row


@every_resource
def test_creating_with_the_required_keys_only(world: World, resource: Resource) -> None:
    body = world.body(resource)
    row = done(world.post(resource, body), 201)
    assert_shows(resource, row, body)


@every_resource
def test_a_row_has_exactly_its_keys(world: World, resource: Resource) -> None:
    keys = {field.key for field in resource.shown}
    assert set(world.create(resource)) == keys
    assert set(world.create(resource, full=True)) == keys
    assert {frozenset(row) for row in world.rows(resource)} == {frozenset(keys)}


@each("resource", resources(lambda r: r.id == "uuid"))
def test_uuids_are_lower_case_and_ordered_by_time(world: World, resource: Resource) -> None:
    made = ids(world.create(resource) for _ in range(3))
    assert all(UUID.fullmatch(one) and uuid.UUID(one).version == 7 for one in made)
    assert made == sorted(made)


@each("resource", resources(lambda r: r.id == "uuid"))
def test_an_upper_case_id_finds_the_row(world: World, resource: Resource) -> None:
    row = world.shared(resource)
    assert done(world.get(resource, {"id": row["id"].upper()})) == row


@each("resource", resources(lambda r: r.id == "int"))
def test_integer_ids_count_up(world: World, resource: Resource) -> None:
    made = ids(world.create(resource) for _ in range(3))
    assert all(type(one) is int for one in made)
    assert made == sorted(set(made))


@each("resource", resources(lambda r: r.timestamps))
def test_timestamps_are_instants(world: World, resource: Resource) -> None:
    row = world.create(resource)
    assert INSTANT.fullmatch(row["created_at"])
    assert INSTANT.fullmatch(row["updated_at"])
    assert row["created_at"] == row["updated_at"]


@each("resource", resources(lambda r: r.timestamps))
def test_a_change_moves_updated_at_only(world: World, resource: Resource) -> None:
    row = world.create(resource)
    for field in resource.writable:
        if field.type == "ref" and field.target == resource.name:
            continue
        body = {field.key: changed(world, resource, field, row)}
        after = done(world.patch(resource, row, body))
        assert after["created_at"] == row["created_at"], field
        assert after["updated_at"] > row["updated_at"], field
        row = after


def changed(world: World, resource: Resource, field: Field, row: Row) -> Any:
    """A valid value other than the row's own, which is the example where it is not shown."""
    value = world.value(field, resource)
    if value in (row.get(field.key), field.example if field.private else None):
        value = field.other
    if field.type in ("ref", "many") and value in (row[field.key], None):
        value = world.target(field, new=True)["id"]
    return value


@every_resource
def test_patch_changes_only_what_was_sent(world: World, resource: Resource) -> None:
    row = world.create(resource, full=True)
    for field in resource.writable:
        value = changed(world, resource, field, row)
        after = done(world.patch(resource, row, {field.key: value}))
        kept = {f.key for f in resource.shown} - {field.key, "updated_at"}
        assert {key: after[key] for key in kept} == {key: row[key] for key in kept}, field
        if not field.private:
            assert after[field.key] == expected(field, {field.key: value}), field
        assert done(world.get(resource, row)) == after
        row = after


@every_resource
def test_an_empty_patch_changes_nothing(world: World, resource: Resource) -> None:
    row = world.create(resource, full=True)
    assert done(world.patch(resource, row, {})) == row
    assert done(world.get(resource, row)) == row


@each("resource", resources(lambda r: any(f.optional for f in r.writable)))
def test_null_clears_an_optional_field(world: World, resource: Resource) -> None:
    cleared = {f.key: None for f in resource.writable if f.optional}
    row = world.create(resource, full=True)
    after = done(world.patch(resource, row, cleared))
    visible = {f.key for f in resource.shown} & set(cleared)
    assert {key: after[key] for key in visible} == dict.fromkeys(visible)


@every_resource
def test_nulls_on_required_fields_are_all_reported(world: World, resource: Resource) -> None:
    wrong = [f for f in resource.writable if not f.optional]
    errors = [f"body.{f.key} type" for f in wrong]
    body = {f.key: None for f in wrong}
    row = world.shared(resource)
    if wrong:
        refused(world.post(resource, body), 422, *errors)
        refused(world.patch(resource, row, body), 422, *errors)
    assert done(world.get(resource, row)) == row


@every_resource
def test_a_deleted_row_is_gone(world: World, resource: Resource) -> None:
    row = world.create(resource)
    done(world.delete(resource, row), 204)
    refused(world.get(resource, row), 404)
    refused(world.patch(resource, row, {}), 404)
    refused(world.delete(resource, row), 404)
    assert row["id"] not in ids(world.rows(resource))


@every_resource
def test_a_malformed_id_is_404_like_an_unknown_one(world: World, resource: Resource) -> None:
    api = world.api(resource)
    unknown = str(uuid.uuid4()) if resource.id == "uuid" else "4611686018427387904"
    malformed = ("abc", "0x10", "-1", "1.0", "1e3", "9" * 30, "9" * 2000, "null", "%20", "%C3%A4")
    for row_id in (unknown, *malformed):
        path = resource.item(row_id)
        refused(api.get(path), 404)
        refused(api.patch(path, {}, headers=any_version(resource)), 404)
        refused(api.delete(path, headers=any_version(resource)), 404)


@every_resource
def test_a_list_holds_the_objects_as_they_are(world: World, resource: Resource) -> None:
    row = world.create(resource, full=True)
    [listed] = world.rows(resource, id=str(row["id"]))
    assert listed == row


@every_resource
def test_a_list_has_exactly_its_keys(world: World, resource: Resource) -> None:
    world.sample(resource)
    api = world.api(resource)
    page = done(api.get(resource.path, params={"limit": "1"}))
    assert set(page) == {"items", "next_cursor"}
    assert (len(page["items"]), type(page["next_cursor"])) == (1, str)
    counted = done(api.get(resource.path, params={"limit": "1", "include_total": "true"}))
    assert set(counted) == {"items", "next_cursor", "total"}
    uncounted = done(api.get(resource.path, params={"limit": "1", "include_total": "false"}))
    assert set(uncounted) == {"items", "next_cursor"}


@every_resource
def test_an_empty_list(world: World, resource: Resource) -> None:
    nobody = str(uuid.uuid4()) if resource.id == "uuid" else "4611686018427387904"
    params = {"id": nobody, "include_total": "true"}
    page = done(world.api(resource).get(resource.path, params=params))
    assert page == {"items": [], "next_cursor": None, "total": 0}
