"""Relations: to-one, one-to-one, self-reference, many-to-many, and what deleting does to them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contract.cases import each, fields
from tests.contract.domain import Field, Resource
from tests.contract.problems import done, refused
from tests.contract.rules import bad_ids
from tests.contract.world import Row, World, ids

each_ref = each("field", fields(lambda f: f.type == "ref" and f.writable))
each_many = each("field", fields(lambda f: f.type == "many"))


def deletable(on_delete: str) -> pytest.MarkDecorator:
    """References to what the suite may delete: not to users, not to what stays as deleted."""
    return each(
        "field",
        lambda service: [
            f
            for r in service.resources
            for f in r.fields
            if f.type == "ref" and f.on_delete == on_delete and f.writable
            if f.target != "User" and not service.resource(str(f.target)).soft_delete
        ],
    )


def sides(world: World, field: Field) -> tuple[Resource, Resource]:
    """The resource that refers, and the one it refers to."""
    return world.service.resource(field.resource), world.service.resource(str(field.target))


@each_ref
def test_a_reference_is_shown_by_its_id(world: World, field: Field) -> None:
    resource = world.service.resource(field.resource)
    first, second = (world.target(field, new=True)["id"] for _ in range(2))
    row = world.create(resource, {field.key: first})
    assert row[field.key] == first
    assert done(world.patch(resource, row, {field.key: second}))[field.key] == second
    assert done(world.get(resource, row))[field.key] == second


@each("field", fields(lambda f: f.type == "ref" and f.target_id == "uuid" and f.writable))
def test_a_reference_in_upper_case_is_the_same(world: World, field: Field) -> None:
    resource = world.service.resource(field.resource)
    target = world.target(field, new=True)["id"]
    assert world.create(resource, {field.key: target.upper()})[field.key] == target


@each("field", fields(lambda f: f.type == "ref" and f.writable and f.target not in ("User",)))
def test_a_reference_to_a_deleted_row(world: World, field: Field) -> None:
    resource, target = sides(world, field)
    gone = world.create(target)
    done(world.delete(target, gone), 204)
    error = f"body.{field.key} reference"
    refused(world.post(resource, world.body(resource, {field.key: gone["id"]})), 422, error)
    refused(world.patch(resource, world.shared(resource), {field.key: gone["id"]}), 422, error)


@each("field", fields(lambda f: f.type == "ref" and f.unique and f.writable))
def test_one_to_one(world: World, field: Field) -> None:
    resource = world.service.resource(field.resource)
    target = world.target(field, new=True)["id"]
    first = world.create(resource, {field.key: target})
    error = f"body.{field.key} duplicate"
    refused(world.post(resource, world.body(resource, {field.key: target})), 409, error)
    second = world.create(resource)
    refused(world.patch(resource, second, {field.key: target}), 409, error)
    done(world.patch(resource, first, {field.key: target}))
    if not resource.soft_delete:
        done(world.delete(resource, first), 204)
        done(world.patch(resource, second, {field.key: target}))


@each("field", fields(lambda f: f.type == "ref" and f.target == f.resource and f.writable))
def test_a_row_may_refer_to_itself(world: World, field: Field) -> None:
    resource = world.service.resource(field.resource)
    row = world.create(resource)
    assert row[field.key] is None
    assert done(world.patch(resource, row, {field.key: row["id"]}))[field.key] == row["id"]
    done(world.patch(resource, row, {field.key: None}))


@deletable("restrict")
def test_restrict_keeps_what_is_referred_to(world: World, field: Field) -> None:
    resource, target = sides(world, field)
    wanted = world.create(target)
    row = world.create(resource, {field.key: wanted["id"]})
    problem = refused(world.delete(target, wanted), 409)
    assert problem["detail"] != ""
    assert done(world.get(target, wanted)) == wanted
    if not resource.soft_delete:
        done(world.delete(resource, row), 204)
        done(world.delete(target, wanted), 204)


@deletable("cascade")
def test_cascade_deletes_with_it(world: World, field: Field) -> None:
    resource, target = sides(world, field)
    wanted = world.create(target)
    row = world.create(resource, {field.key: wanted["id"]})
    bystander = world.create(resource)
    done(world.delete(target, wanted), 204)
    refused(world.get(resource, row), 404)
    assert done(world.get(resource, bystander)) == bystander


@deletable("set_null")
def test_set_null_lets_go(world: World, field: Field) -> None:
    resource, target = sides(world, field)
    wanted = world.create(target)
    row = world.create(resource, {field.key: wanted["id"]})
    done(world.delete(target, wanted), 204)
    assert done(world.get(resource, row))[field.key] is None


@each_many
def test_many_is_written_as_a_whole_list(world: World, field: Field) -> None:
    resource = world.service.resource(field.resource)
    targets = ids(world.target(field, new=True) for _ in range(3))
    row = world.create(resource, {field.key: targets[:2]})
    assert row[field.key] == sorted(targets[:2])
    for chosen in (targets[1:], [targets[2], targets[0]], [], targets):
        after = done(world.patch(resource, row, {field.key: chosen}))
        assert after[field.key] == sorted(chosen)
        assert done(world.get(resource, row)) == after
    [listed] = world.rows(resource, id=str(row["id"]))
    assert listed[field.key] == sorted(targets)


@each_many
def test_many_is_empty_unless_sent(world: World, field: Field) -> None:
    assert world.create(world.service.resource(field.resource))[field.key] == []


@each_many
def test_duplicates_in_many_are_refused(world: World, field: Field) -> None:
    resource = world.service.resource(field.resource)
    one = world.target(field)["id"]
    body = {field.key: [one, one]}
    error = f"body.{field.key} duplicate"
    refused(world.post(resource, world.body(resource, body)), 422, error)
    refused(world.patch(resource, world.shared(resource), body), 422, error)


@each("field", fields(lambda f: f.type == "many" and f.target_id == "uuid"))
def test_duplicates_in_many_by_case(world: World, field: Field) -> None:
    resource = world.service.resource(field.resource)
    one = world.target(field)["id"]
    body = world.body(resource, {field.key: [one, one.upper()]})
    refused(world.post(resource, body), 422, f"body.{field.key} duplicate")


@each_many
def test_missing_rows_in_many_are_named_by_place(world: World, field: Field) -> None:
    resource = world.service.resource(field.resource)
    there = world.target(field)["id"]
    nobody = missing_id(field)
    for body in ([nobody, there], [there, nobody]):
        error = f"body.{field.key}.{body.index(nobody)} reference"
        refused(world.post(resource, world.body(resource, {field.key: body})), 422, error)


def missing_id(field: Field) -> Any:
    return next(bad.value for bad in bad_ids(field) if bad.code == "reference")


@each("field", fields(lambda f: f.type == "many" and f.target != "User"))
def test_a_deleted_row_leaves_the_lists_it_was_in(world: World, field: Field) -> None:
    resource, target = sides(world, field)
    kept, gone = world.create(target), world.create(target)
    both = sorted([kept["id"], gone["id"]])
    row = world.create(resource, {field.key: both})
    done(world.delete(target, gone), 204)
    left = both if target.soft_delete else [kept["id"]]
    assert done(world.get(resource, row))[field.key] == left


@each("field", fields(lambda f: f.type == "many" and f.target == f.resource))
def test_many_may_refer_to_the_row_itself(world: World, field: Field) -> None:
    resource = world.service.resource(field.resource)
    row = world.create(resource)
    after = done(world.patch(resource, row, {field.key: [row["id"]]}))
    assert after[field.key] == [row["id"]]
    done(world.delete(resource, row), 204)


@each("field", fields(lambda f: f.type == "many" and f.target != "User"))
def test_a_row_with_many_can_be_deleted(world: World, field: Field) -> None:
    resource, target = sides(world, field)
    other = world.create(target)
    row = world.create(resource, {field.key: [other["id"]]})
    done(world.delete(resource, row), 204)
    assert done(world.get(target, other)) == other


@each("field", fields(lambda f: f.type in ("ref", "many") and f.writable))
def test_a_failed_write_leaves_nothing_behind(world: World, field: Field) -> None:
    resource = world.service.resource(field.resource)
    row = world.create(resource, full=True)
    nobody = missing_id(field)
    change: Row = {field.key: [nobody] if field.type == "many" else nobody}
    plain = next((f for f in resource.writable if f.type in ("string", "int", "text")), None)
    if plain:
        change[plain.key] = world.value(plain, resource)
    at = f"body.{field.key}.0" if field.type == "many" else f"body.{field.key}"
    refused(world.patch(resource, row, change), 422, f"{at} reference")
    assert done(world.get(resource, row)) == row
    body = world.body(resource) | {field.key: change[field.key]}
    before = total(world, resource)
    refused(world.post(resource, body), 422, f"{at} reference")
    assert total(world, resource) == before


def total(world: World, resource: Resource) -> int:
    answer = world.api(resource).get(resource.path, params={"limit": "1", "include_total": "true"})
    counted: int = done(answer)["total"]
    return counted
