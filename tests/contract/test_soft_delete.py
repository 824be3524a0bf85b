"""Soft deletion: a deleted row is gone for every client, but keeps what it holds."""

from __future__ import annotations

from tests.contract.cases import each, fields, resources
from tests.contract.domain import Field, Resource, Service
from tests.contract.problems import done, refused
from tests.contract.world import World, ids

softly = each("resource", resources(lambda r: r.soft_delete))


@softly
def test_a_deleted_row_is_in_no_list(world: World, resource: Resource) -> None:
    kept, gone = world.create(resource, full=True), world.create(resource, full=True)
    done(world.delete(resource, gone), 204)
    params = {"id__in": f"{kept['id']},{gone['id']}", "include_total": "true"}
    page = done(world.api(resource).get(resource.path, params=params))
    assert (ids(page["items"]), page["total"]) == ([kept["id"]], 1)
    assert gone["id"] not in ids(world.rows(resource))


@softly
def test_its_deletion_is_not_shown(world: World, resource: Resource) -> None:
    row = world.create(resource)
    assert "deleted_at" not in row
    answer = world.api(resource).get(resource.path, params={"deleted_at__isnull": "false"})
    refused(answer, 422, "query.deleted_at__isnull unknown")


@each("resource", resources(lambda r: r.soft_delete and r.unique))
def test_its_unique_values_stay_taken(world: World, resource: Resource) -> None:
    for keys in resource.unique:
        body = world.body(resource, full=True)
        done(world.delete(resource, done(world.post(resource, body), 201)), 204)
        again = world.body(resource, full=True) | {key: body[key] for key in keys}
        errors = [f"body.{key} duplicate" for key in keys]
        refused(world.post(resource, again), 409, *errors)


def references(service: Service) -> list[Field]:
    """What refers to rows that are deleted softly."""
    every = [f for r in service.resources for f in r.writable if f.type in ("ref", "many")]
    return [f for f in every if f.target != "User" and service.resource(str(f.target)).soft_delete]


@each("field", references)
def test_what_refers_to_it_stays(world: World, field: Field) -> None:
    resource = world.service.resource(field.resource)
    target = world.service.resource(str(field.target))
    gone = world.create(target)
    value = [gone["id"]] if field.type == "many" else gone["id"]
    row = world.create(resource, {field.key: value})
    done(world.delete(target, gone), 204)
    assert done(world.get(resource, row)) == row
    at = f"{field.key}.0" if field.type == "many" else field.key
    fresh = world.body(resource, {field.key: value})
    refused(world.post(resource, fresh), 422, f"body.{at} reference")


@each("field", fields(lambda f: f.type == "ref" and f.unique and f.writable))
def test_a_one_to_one_is_free_after_a_real_deletion_only(world: World, field: Field) -> None:
    resource = world.service.resource(field.resource)
    target = world.target(field, new=True)["id"]
    done(world.delete(resource, world.create(resource, {field.key: target})), 204)
    answer = world.post(resource, world.body(resource, {field.key: target}))
    if resource.soft_delete:
        refused(answer, 409, f"body.{field.key} duplicate")
    else:
        done(answer, 201)
