"""Fields: what each type and rule takes and refuses, with the exact code and field."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from tests.contract.cases import each, fields, resources
from tests.contract.domain import Field, Resource, Service
from tests.contract.problems import done, refused
from tests.contract.rules import bad_values, good_values
from tests.contract.values import Bad, Good, shown
from tests.contract.world import Row, World


class Wrong(NamedTuple):
    resource: Resource
    field: Field
    bad: Bad

    def __str__(self) -> str:
        return f"{self.field}: {self.bad.why}"


class Right(NamedTuple):
    resource: Resource
    field: Field
    good: Good

    def __str__(self) -> str:
        return f"{self.field}: {self.good.why}"


def wrong_values(service: Service) -> list[Wrong]:
    return [
        Wrong(resource, field, bad)
        for resource in service.resources
        for field in resource.writable
        for bad in bad_values(field)
    ]


def right_values(service: Service) -> list[Right]:
    return [
        Right(resource, field, good)
        for resource in service.resources
        for field in resource.writable
        for good in good_values(field)
        if field.type not in ("ref", "many")
    ]


@each("wrong", wrong_values)
def test_refused(world: World, template: dict[str, Row], wrong: Wrong) -> None:
    resource, field, bad = wrong
    change = {field.key: bad.value}
    error = f"body.{field.key}{bad.at} {bad.code}"
    status = {400, 422} if "surrogate" in bad.why else {422}
    for answer in (
        world.post(resource, base(world, template, resource) | change),
        world.patch(resource, world.shared(resource), change),
    ):
        assert answer.status in status, answer
        refused(answer, answer.status, *([error] if answer.status == 422 else []))


def base(world: World, template: dict[str, Row], resource: Resource) -> Row:
    """A valid body, made once: what is refused does not use its unique values up."""
    if resource.name not in template:
        template[resource.name] = world.body(resource)
    return template[resource.name]


@each("right", right_values)
def test_taken(world: World, right: Right) -> None:
    resource, field, good = right
    row = world.scratch(resource)
    after = done(world.patch(resource, row, {field.key: good.value}))
    assert done(world.get(resource, row)) == after
    if not field.private:
        assert same(after[field.key], good.shown), right


def same(one: Any, other: Any) -> bool:
    """Equality that tells true from 1; a float may be answered as an integer."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return bool(one == other)


@each("field", fields(lambda f: f.type == "float" and f.writable))
def test_a_float_out_of_range(world: World, field: Field) -> None:
    resource = world.service.resource(field.resource)
    for literal, code in (("1e400", "too_large"), ("-1e400", "too_small")):
        content = json.dumps(world.body(resource, {field.key: 0})).encode()
        content = content.replace(
            f'"{field.key}": 0'.encode(), f'"{field.key}": {literal}'.encode()
        )
        answer = world.api(resource).as_json("POST", resource.path, content)
        refused(answer, 422, f"body.{field.key} {code}")


@each("field", fields(lambda f: f.required))
def test_a_required_key_must_be_there(world: World, field: Field) -> None:
    resource = world.service.resource(field.resource)
    body = world.body(resource)
    del body[field.key]
    refused(world.post(resource, body), 422, f"body.{field.key} required")


@each("field", fields(lambda f: f.has_default and f.writable and not f.private))
def test_a_default_is_used(world: World, field: Field) -> None:
    resource = world.service.resource(field.resource)
    assert world.create(resource)[field.key] == shown(field, field.default)
    again = world.create(resource, full=True)
    assert done(world.patch(resource, again, {}))[field.key] == again[field.key]


@each("field", fields(lambda f: not f.writable and not f.private, of="columns"))
def test_what_the_service_sets_is_never_writable(world: World, field: Field) -> None:
    resource = world.service.resource(field.resource)
    row = world.shared(resource)
    change = {field.key: row[field.key]}
    for body in (change, {field.key: None}, {field.key: "x"}):
        error = f"body.{field.key} readonly"
        refused(world.post(resource, world.body(resource) | body), 422, error)
        refused(world.patch(resource, row, body), 422, error)


@each("resource", resources())
def test_an_unknown_key_is_refused(world: World, resource: Resource) -> None:
    relations = [f.key.removesuffix("_id") for f in resource.fields if f.type == "ref"]
    hidden = ["deleted_at", "version", "__class__", "two words", "Id", *relations]
    for key in hidden:
        refused(world.post(resource, world.body(resource) | {key: 1}), 422, f"body.{key} unknown")
    refused(world.patch(resource, world.shared(resource), {"nope": None}), 422, "body.nope unknown")


@each("resource", resources())
def test_every_problem_is_reported_at_once(world: World, resource: Resource) -> None:
    firsts = [(field, next(iter(bad_values(field)))) for field in resource.writable]
    checked = [(f, bad) for f, bad in firsts if bad.code != "reference"]
    body = {field.key: bad.value for field, bad in checked} | {"nope": 1, "id": 1}
    errors = [f"body.{field.key}{bad.at} {bad.code}" for field, bad in checked]
    own = ["body.nope unknown", "body.id readonly"]
    refused(world.post(resource, body), 422, *errors, *own)
    refused(world.patch(resource, world.shared(resource), body), 422, *errors, *own)


@each("resource", resources())
def test_an_empty_body_lacks_every_required_key(world: World, resource: Resource) -> None:
    missing = [f"body.{f.key} required" for f in resource.fields if f.required]
    if missing:
        refused(world.post(resource, {}), 422, *missing)


@each("resource", resources())
def test_a_body_that_is_no_object(world: World, resource: Resource) -> None:
    bodies: tuple[Any, ...] = (None, [], [{}], "text", 7, True)
    for body in bodies:
        refused(world.post(resource, body), 422, "body type")
        refused(world.patch(resource, world.shared(resource), body), 422, "body type")


@each("field", fields(lambda f: f.private and f.writable))
def test_a_private_field_is_written_and_never_shown(world: World, field: Field) -> None:
    resource = world.service.resource(field.resource)
    row = world.create(resource, {field.key: field.example})
    listed = world.rows(resource, id=str(row["id"]))
    patched = done(world.patch(resource, row, {field.key: field.other}))
    for seen in (row, patched, *listed, done(world.get(resource, row))):
        assert field.key not in seen


@each("resource", resources(lambda r: r.unique))
def test_a_unique_constraint_is_409_on_its_fields(world: World, resource: Resource) -> None:
    for keys in resource.unique:
        if any(not resource.field(key).writable for key in keys):
            continue
        body = world.body(resource, full=True)
        done(world.post(resource, body), 201)
        fresh = world.body(resource, full=True) | {key: body[key] for key in keys}
        errors = [f"body.{key} duplicate" for key in keys]
        refused(world.post(resource, fresh), 409, *errors)
        victim = world.create(resource, full=True)
        refused(world.patch(resource, victim, {key: body[key] for key in keys}), 409, *errors)
        assert done(world.get(resource, victim)) == victim


@each("resource", resources(lambda r: r.unique))
def test_a_row_does_not_collide_with_itself(world: World, resource: Resource) -> None:
    body = world.body(resource, full=True)
    row = done(world.post(resource, body), 201)
    keys = {key for constraint in resource.unique for key in constraint}
    done(world.patch(resource, row, {key: body[key] for key in keys if key in body}))


@each("resource", resources(lambda r: r.unique))
def test_nulls_do_not_collide(world: World, resource: Resource) -> None:
    for keys in resource.unique:
        empty = next((k for k in keys if resource.field(k).optional), None)
        if empty and resource.field(empty).writable:
            body = world.body(resource, {empty: None}, full=True)
            done(world.post(resource, body), 201)
            same_keys = {key: body[key] for key in keys if key in body}
            done(world.post(resource, world.body(resource, full=True) | same_keys), 201)


@each("field", fields(lambda f: f.unique and f.type == "string" and f.writable and not f.pattern))
def test_strings_are_unique_by_code_point(world: World, field: Field) -> None:
    resource = world.service.resource(field.resource)
    word = world.supply.code()[-((field.max_length or 9) - 1) :]
    for text in (f"{word}e", f"{word}E", f"{word}é", f"{word} "):
        world.create(resource, {field.key: text})
    refused(
        world.post(resource, world.body(resource, {field.key: f"{word}E"})),
        409,
        f"body.{field.key} duplicate",
    )
