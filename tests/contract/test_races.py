"""Races: the database decides, and the loser is told properly."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.contract.cases import each, fields, resources
from tests.contract.domain import Field, Resource
from tests.contract.problems import done, refused
from tests.contract.world import World, ids

CLIENTS = 6


@each("resource", resources(lambda r: r.unique))
def test_of_equal_rows_one_is_made(world: World, resource: Resource) -> None:
    keys = resource.unique[0]
    body = world.body(resource, full=True)
    bodies = [world.body(resource, full=True) | {k: body[k] for k in keys} for _ in range(CLIENTS)]
    with ThreadPoolExecutor(CLIENTS) as threads:
        answers = list(threads.map(lambda one: world.post(resource, one), bodies))
    lost = [answer for answer in answers if answer.status != 201]
    assert len(lost) == CLIENTS - 1, answers
    for answer in lost:
        refused(answer, 409, *[f"body.{key} duplicate" for key in keys])


@each("resource", resources())
def test_many_rows_at_once(world: World, resource: Resource) -> None:
    bodies = [world.body(resource, full=True) for _ in range(2 * CLIENTS)]
    with ThreadPoolExecutor(CLIENTS) as threads:
        made = [done(a, 201) for a in threads.map(lambda one: world.post(resource, one), bodies)]
    assert len(set(ids(made))) == len(bodies)


@each("resource", resources())
def test_a_row_is_deleted_once(world: World, resource: Resource) -> None:
    row = world.create(resource)
    with ThreadPoolExecutor(CLIENTS) as threads:
        answers = list(threads.map(lambda _: world.delete(resource, row), range(CLIENTS)))
    first, *others = sorted(answer.status for answer in answers)
    # A version that is gone is a row that is gone: a loser may be told of either.
    assert first == 204, answers
    assert set(others) <= ({404, 412} if resource.versioned else {404}), answers


@each("field", fields(lambda f: f.type == "many"))
def test_a_list_is_written_whole(world: World, field: Field) -> None:
    resource = world.service.resource(field.resource)
    row = world.create(resource)
    pairs = [ids(world.target(field, new=True) for _ in range(2)) for _ in range(3)]

    def write(pair: list[Any]) -> int:
        return world.patch(resource, row, {field.key: pair}).status

    with ThreadPoolExecutor(3) as threads:
        statuses = list(threads.map(write, pairs))
    # A versioned row may tell a loser that it was changed meanwhile.
    assert set(statuses) <= {200, 412} if resource.versioned else set(statuses) == {200}, statuses
    assert done(world.get(resource, row))[field.key] in [sorted(pair) for pair in pairs]


@each("field", fields(lambda f: f.type == "ref" and f.on_delete == "restrict" and f.writable))
def test_a_row_that_goes_while_it_is_referred_to(world: World, field: Field) -> None:
    if field.target == "User":
        return
    resource = world.service.resource(field.resource)
    target = world.service.resource(str(field.target))
    for _ in range(3):
        wanted = world.create(target)
        body = world.body(resource, {field.key: wanted["id"]})
        with ThreadPoolExecutor(2) as threads:
            making = threads.submit(world.post, resource, body)
            deleting = threads.submit(world.delete, target, wanted)
        made, gone = making.result(), deleting.result()
        if made.status == 201 and not target.soft_delete:
            refused(gone, 409)
        elif made.status != 201:
            refused(made, 422, f"body.{field.key} reference")
            done(gone, 204)
