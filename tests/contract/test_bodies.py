"""Bodies: not JSON in UTF-8, not declared as such, or too large."""

from __future__ import annotations

import json

import pytest

from tests.contract.cases import each, only, resources, with_users
from tests.contract.client import Api, chunked
from tests.contract.domain import Resource
from tests.contract.problems import done, refused
from tests.contract.world import AUTH, World, any_version

NOT_JSON = {
    "nothing": b"",
    "a blank": b"  ",
    "half an object": b'{"a":',
    "a trailing comma": b'{"a": 1,}',
    "single quotes": b"{'a': 1}",
    "no quotes": b"{a: 1}",
    "two documents": b"{} {}",
    "NaN": b'{"a": NaN}',
    "Infinity": b'{"a": Infinity}',
    "minus Infinity": b'{"a": -Infinity}',
    "a comment": b'{"a": 1 /* one */}',
    "a leading zero": b'{"a": 01}',
    "a plus": b'{"a": +1}',
    "a bare control character": b'{"a": "\x01"}',
    "a bad escape": b'{"a": "\\x41"}',
    "a form": b"a=1&b=2",
    "Latin-1": b'{"a": "\xe9"}',
    "0xFF": b'{"a": "\xff\xfe"}',
    "an encoded surrogate": b'{"a": "\xed\xa0\x80"}',
    "an overlong slash": b'{"a": "\xc0\xaf"}',
    "UTF-16": '{"a": 1}'.encode("utf-16"),
    "UTF-16 without a mark": '{"a": 1}'.encode("utf-16-le"),
    "UTF-32": '{"a": 1}'.encode("utf-32"),
    "arrays without an end": b"[" * 100_000,
    "objects without an end": b'{"a":' * 20_000,
    "50,000 levels": b"[" * 50_000 + b"]" * 50_000,
    "levels in a key": b'{"a": ' + b"[" * 50_000 + b"]" * 50_000 + b"}",
}
MEDIA_TYPES = (
    "text/plain",
    "text/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/merge-patch+json",
    "application/problem+json",
    "application/jsonx",
    "application/json; charset=latin-1",
    "application/json; charset=utf-16",
    "json",
    "*/*",
    "",
)

every_resource = each("resource", resources())
any_resource = only(lambda service: bool(service.resources))


@any_resource
@pytest.mark.parametrize("content", NOT_JSON.values(), ids=NOT_JSON)
def test_not_json_is_400(world: World, content: bytes) -> None:
    for resource in world.service.resources[:2]:
        api, row = world.api(resource), world.shared(resource)
        refused(api.as_json("POST", resource.path, content), 400)
        match = any_version(resource)
        refused(api.as_json("PATCH", resource.item(row["id"]), content, **match), 400)


@with_users
@pytest.mark.parametrize("content", NOT_JSON.values(), ids=NOT_JSON)
def test_not_json_is_400_where_people_log_in(anonymous: Api, content: bytes) -> None:
    refused(anonymous.as_json("POST", f"{AUTH}/refresh", content), 400)


@every_resource
def test_not_json_is_400_on_every_resource(world: World, resource: Resource) -> None:
    refused(world.api(resource).as_json("POST", resource.path, b"{"), 400)


@every_resource
@pytest.mark.parametrize("media_type", MEDIA_TYPES)
def test_another_media_type_is_415(world: World, resource: Resource, media_type: str) -> None:
    api, row = world.api(resource), world.shared(resource)
    content = json.dumps(world.body(resource)).encode()
    headers = {"Content-Type": media_type}
    refused(api.send("POST", resource.path, content=content, headers=headers), 415)
    headers |= any_version(resource)
    refused(api.send("PATCH", resource.item(row["id"]), content=b"{}", headers=headers), 415)


@every_resource
def test_no_media_type_is_415(world: World, resource: Resource) -> None:
    api, row = world.api(resource), world.shared(resource)
    refused(api.send("POST", resource.path, content=b"{}"), 415)
    refused(api.send("POST", resource.path), 415)
    match = any_version(resource)
    refused(api.send("PATCH", resource.item(row["id"]), content=b"{}", headers=match), 415)


@every_resource
@pytest.mark.parametrize(
    "media_type",
    [
        "application/json; charset=utf-8",
        "application/json;charset=UTF-8",
        'application/json; charset="utf-8"',
        "Application/JSON",
    ],
)
def test_json_by_another_spelling(world: World, resource: Resource, media_type: str) -> None:
    content = json.dumps(world.body(resource)).encode()
    headers = {"Content-Type": media_type}
    answer = world.api(resource).send("POST", resource.path, content=content, headers=headers)
    done(answer, 201)


@every_resource
def test_the_last_of_two_equal_keys_counts(world: World, resource: Resource) -> None:
    body = world.body(resource, full=True)
    key = next(iter(body))
    content = b'{"%s": [], %s' % (key.encode(), json.dumps(body).encode()[1:])
    done(world.api(resource).as_json("POST", resource.path, content), 201)


def padded(body: object, size: int) -> bytes:
    """JSON of exactly this many bytes."""
    content = json.dumps(body).encode()
    return content + b" " * (size - len(content))


@every_resource
def test_a_body_over_the_limit_is_413(world: World, resource: Resource) -> None:
    limit = world.options.max_body_bytes
    api, row = world.api(resource), world.shared(resource)
    body = world.body(resource)
    refused(api.as_json("POST", resource.path, padded(body, limit + 1)), 413)
    match = any_version(resource)
    content = padded({}, limit + 1)
    refused(api.as_json("PATCH", resource.item(row["id"]), content, **match), 413)
    done(api.as_json("POST", resource.path, padded(body, limit)), 201)


@any_resource
def test_a_chunked_body_over_the_limit_is_413(world: World) -> None:
    resource = world.service.resources[0]
    limit = world.options.max_body_bytes
    api = world.api(resource)

    def parts(size: int) -> list[bytes]:
        content = padded(world.body(resource), size)
        return [content[at : at + 65_536] for at in range(0, size, 65_536)]

    json_type = {"Content-Type": "application/json"}
    over = api.send("POST", resource.path, content=iter(parts(limit + 1)), headers=json_type)
    refused(over, 413)
    within = api.send("POST", resource.path, content=iter(parts(limit)), headers=json_type)
    done(within, 201)


@any_resource
def test_an_endless_chunked_body_is_413(world: World) -> None:
    resource = world.service.resources[0]
    block = b" " * 65_536
    endless = (block for _ in range(4 * world.options.max_body_bytes // len(block)))
    headers = [
        ("Host", world.wire.host),
        ("Authorization", f"Bearer {world.api(resource).token}"),
        ("Content-Type", "application/json"),
        ("Transfer-Encoding", "chunked"),
    ]
    refused(world.wire.send("POST", resource.path, headers=headers, body=chunked(endless)), 413)


@any_resource
def test_a_declared_length_over_the_limit_is_413_before_it_is_sent(world: World) -> None:
    resource = world.service.resources[0]
    headers = [
        ("Host", world.wire.host),
        ("Authorization", f"Bearer {world.api(resource).token}"),
        ("Content-Type", "application/json"),
        ("Content-Length", "99999999999"),
    ]
    refused(world.wire.send("POST", resource.path, headers=headers, body=[b"{"]), 413)


@with_users
def test_413_and_415_where_people_log_in(world: World) -> None:
    over = padded({}, world.options.max_body_bytes + 1)
    refused(world.anonymous.as_json("POST", f"{AUTH}/refresh", over), 413)
    refused(world.anonymous.send("POST", f"{AUTH}/refresh", content=b"{}"), 415)
