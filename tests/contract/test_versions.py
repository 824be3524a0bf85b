"""Versions: ETag and If-Match, 412 and 428."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.contract.cases import each, resources
from tests.contract.client import Answer
from tests.contract.domain import Resource
from tests.contract.problems import done, refused
from tests.contract.test_resources import changed
from tests.contract.world import Row, World

versioned = each("resource", resources(lambda r: r.versioned))


def made(world: World, resource: Resource) -> tuple[Row, str]:
    answer = world.post(resource, world.body(resource, full=True))
    row: Row = done(answer, 201)
    return row, answer.headers["etag"]


def patch(world: World, resource: Resource, row: Row, body: Row, match: str) -> Answer:
    api = world.api(resource)
    return api.patch(resource.item(row["id"]), body, headers={"If-Match": match})


def a_change(world: World, resource: Resource, row: Row) -> Row:
    """A change of something that is shown."""
    field = next(f for f in resource.writable if not f.private and f.type != "bool")
    return {field.key: changed(world, resource, field, row)}


@versioned
def test_the_etag_is_strong_and_the_same_everywhere(world: World, resource: Resource) -> None:
    row, etag = made(world, resource)
    assert re.fullmatch(r'"[^"]+"', etag)
    assert world.get(resource, row).headers["etag"] == etag
    same = patch(world, resource, row, {}, etag)
    assert (done(same), same.headers["etag"]) == (row, etag)


@versioned
def test_each_change_has_another_etag(world: World, resource: Resource) -> None:
    row, etag = made(world, resource)
    tags = [etag]
    for field in resource.writable:
        body = {field.key: changed(world, resource, field, row)}
        answer = patch(world, resource, row, body, tags[-1])
        row = done(answer)
        tags.append(answer.headers["etag"])
        assert world.get(resource, row).headers["etag"] == tags[-1]
        assert len(set(tags)) == len(tags), field


@versioned
def test_another_version_is_412(world: World, resource: Resource) -> None:
    row, etag = made(world, resource)
    body = a_change(world, resource, row)
    after = patch(world, resource, row, body, etag)
    current = after.headers["etag"]
    api, item = world.api(resource), resource.item(row["id"])
    wrong = (etag, '"nope"', f"W/{current}", current.strip('"'), '""', f'{etag}, "x"')
    for match in wrong:
        headers = {"If-Match": match}
        refused(api.patch(item, {}, headers=headers), 412)
        refused(api.delete(item, headers=headers), 412)
    assert done(world.get(resource, row)) == done(after)


@versioned
def test_one_of_several_may_match(world: World, resource: Resource) -> None:
    row, etag = made(world, resource)
    done(patch(world, resource, row, {}, f'"nope", {etag}'))
    done(patch(world, resource, row, {}, "*"))
    done(world.api(resource).delete(resource.item(row["id"]), headers={"If-Match": etag}), 204)


@versioned
def test_no_version_is_428(world: World, resource: Resource) -> None:
    row, _ = made(world, resource)
    api, item = world.api(resource), resource.item(row["id"])
    refused(api.patch(item, {}), 428)
    refused(api.patch(item, a_change(world, resource, row)), 428)
    refused(api.delete(item), 428)
    assert done(world.get(resource, row)) == row


@versioned
def test_a_refused_change_keeps_the_version(world: World, resource: Resource) -> None:
    row, etag = made(world, resource)
    refused(patch(world, resource, row, {"nope": 1}, etag), 422, "body.nope unknown")
    assert world.get(resource, row).headers["etag"] == etag


@versioned
def test_of_parallel_changes_one_wins(world: World, resource: Resource) -> None:
    row, etag = made(world, resource)
    world.api(resource)
    bodies: list[Any] = [a_change(world, resource, row) for _ in range(5)]
    field = next(iter(bodies[0]))
    if len({str(body[field]) for body in bodies}) < len(bodies):
        bodies = [{field: world.supply.value(resource.field(field))} for _ in bodies]
    with ThreadPoolExecutor(5) as threads:
        answers = list(threads.map(lambda b: patch(world, resource, row, b, etag), bodies))
    assert sorted(answer.status for answer in answers) == [200, 412, 412, 412, 412], answers


@each("resource", resources(lambda r: not r.versioned))
@pytest.mark.parametrize("match", ['"nope"', "*", "nonsense"])
def test_others_do_not_look_at_it(world: World, resource: Resource, match: str) -> None:
    row = world.shared(resource)
    answer = patch(world, resource, row, {}, match)
    assert done(answer) == row
    assert "etag" not in answer.headers
