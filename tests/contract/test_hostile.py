"""Hostile requests: refused with 4xx, never a 500, and the service lives on."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.contract.cases import each, only, resources, with_users
from tests.contract.client import Api
from tests.contract.domain import Resource
from tests.contract.problems import done, flaws, never_500, refused
from tests.contract.world import AUTH, World, any_version

every_resource = each("resource", resources())
any_resource = only(lambda service: bool(service.resources))

BODIES = {
    "a NUL": b'{"%s": "a\\u0000b"}',
    "a NUL in a key": b'{"%s": {"a\\u0000b": 1}}',
    "half a surrogate pair": b'{"%s": "\\ud800"}',
    "the other half": b'{"%s": "\\udc00x"}',
    "the halves swapped": b'{"%s": "\\udc00\\ud800"}',
    "half a pair in a key": b'{"%s": 1, "\\ud800": 1}',
    "past 64 bits": b'{"%s": 99999999999999999999999}',
    "thousands of digits": b'{"%s": ' + b"9" * 5000 + b"}",
    "past a double": b'{"%s": 1e400}',
    "a tiny exponent": b'{"%s": 1e-999999}',
    "a huge exponent": b'{"%s": 1e999999999999}',
    "40 levels": b'{"%s": ' + b"[" * 40 + b"]" * 40 + b"}",
    "400 levels": b'{"%s": ' + b"[" * 400 + b"]" * 400 + b"}",
    "2,000 levels": b'{"%s": ' + b'{"a":' * 2000 + b"1" + b"}" * 2000 + b"}",
    "a class": b'{"%s": {"__class__": "x"}, "__proto__": {"a": 1}, "constructor": {}}',
}


@every_resource
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_hostile_values_in_every_field(world: World, resource: Resource, body: bytes) -> None:
    api, item = world.api(resource), resource.item(world.shared(resource)["id"])
    headers = {"Content-Type": "application/json", "If-Match": "*"}
    for field in resource.writable:
        content = b'{"nope": 1, ' + body.replace(b"%s", field.key.encode())[1:]
        never_500(api.send("POST", resource.path, content=content, headers=headers))
        never_500(api.send("PATCH", item, content=content, headers=headers))


@every_resource
@pytest.mark.parametrize("content", [b"null", b"[]", b'"a"', b"7", b"true"])
def test_json_that_is_no_object(world: World, resource: Resource, content: bytes) -> None:
    api, item = world.api(resource), resource.item(world.shared(resource)["id"])
    refused(api.as_json("POST", resource.path, content), 422, "body type")
    patched = api.as_json("PATCH", item, content, **any_version(resource))
    refused(patched, 422, "body type")


QUERIES = (
    "limit=%00",
    "limit=99999999999999999999999999",
    "limit=" + "9" * 5000,
    "limit=-0x1",
    "cursor=%00",
    "cursor=%ff",
    "cursor=AAAA%F0%9F%98%80",
    "sort=%00",
    "sort=" + "id," * 500,
    "sort=%ff%fe",
    "q=%00&nope=",
    "id=%00",
    "id=%ff",
    "id__in=" + "%2C" * 300,
    "id__in=" + "9" * 3000,
    "id[]=1",
    "id[$ne]=1",
    "%00=1",
    "%ff=1",
    "nope=%F0%9F%98%80",
    "a=1&a=2&a=3",
    "limit=1&limit=2",
    "include_total=%00",
    "id=1;DROP TABLE users".replace(" ", "%20"),
    "__proto__=1",
    "=",
    "&=&nope",
)
PATHS = (
    "%00",
    "%ff",
    "%c0%af",
    "..%2f..%2fetc%2fpasswd",
    "%2e%2e",
    "a%0d%0aX-Injected:%20yes",
    "%F0%9F%98%80",
    "%ed%a0%80",
    "a" * 4000,
    "9" * 4000,
    "{id}",
    "__proto__",
    "%7B%7B7*7%7D%7D",
    "99999999999999999999999999",
    "-9223372036854775809",
    "9223372036854775808",
    "'%20OR%201=1--",
)


@every_resource
@pytest.mark.parametrize("query", QUERIES, ids=lambda query: str(query)[:30])
def test_hostile_queries(world: World, resource: Resource, query: str) -> None:
    never_500(world.api(resource).get(f"{resource.path}?{query}"))


@every_resource
@pytest.mark.parametrize("path", PATHS, ids=lambda path: str(path)[:30])
def test_hostile_ids(world: World, resource: Resource, path: str) -> None:
    api = world.api(resource)
    headers = {"Content-Type": "application/json", "If-Match": "*"}
    for method, content in (("GET", None), ("DELETE", None), ("PATCH", b"{}")):
        answer = api.send(method, f"{resource.path}/{path}", content=content, headers=headers)
        assert answer.status == 404, answer
        assert "x-injected" not in answer.headers
        assert flaws(answer) == [], answer


@every_resource
def test_hostile_filters_on_every_column(world: World, resource: Resource) -> None:
    api = world.api(resource)
    for field in resource.columns:
        for operator in field.operators:
            for value in ("\0", "a\0b", "9" * 400):
                answer = api.get(resource.path, params={field.parameter(operator): value})
                assert answer.status < 500, answer
                assert flaws(answer) == [], answer


@any_resource
def test_invalid_utf_8_in_a_query(world: World) -> None:
    resource = world.service.resources[0]
    for query in ("%ff=1", "limit=%ff", "cursor=%c3%28"):
        never_500(world.api(resource).get(f"{resource.path}?{query}"))


TOKENS = (
    "Bearer",
    "Bearer ",
    "Bearer  ",
    "Bearer a b",
    "Bearer ..",
    "Bearer a.b.c",
    "Bearer \xe9",
    "Bearer \xff\xfe",
    "Bearer " + "a" * 8000,
    "Bearer null",
    "Basic YTpi",
    "Basic \xe9",
    "Token abc",
    "",
    "\t",
)


@with_users
@each("resource", resources())
def test_a_bad_authorization_header_is_401(world: World, resource: Resource) -> None:
    body = json.dumps(world.body(resource)).encode()
    for value in TOKENS[:-2]:
        headers = authorised(world, value)
        writing = [
            *headers,
            ("Content-Type", "application/json"),
            ("Content-Length", str(len(body))),
        ]
        for answer in (
            world.wire.send("GET", resource.path, headers=headers),
            world.wire.send("POST", resource.path, headers=writing, body=[body]),
        ):
            refused(answer, 401)
            assert answer.headers["www-authenticate"].startswith("Bearer"), answer


@with_users
@pytest.mark.parametrize("value", TOKENS, ids=lambda value: repr(value)[:20])
def test_a_bad_authorization_header_is_nobody(world: World, value: str) -> None:
    refused(world.wire.send("GET", f"{AUTH}/me", headers=authorised(world, value)), 401)


def authorised(world: World, value: str) -> list[tuple[str, str]]:
    return [("Host", world.wire.host), ("Authorization", value), ("Connection", "close")]


@with_users
def test_two_authorization_headers(world: World) -> None:
    bearer = ("Authorization", f"Bearer {world.user.api.token}")
    headers = [("Host", world.wire.host), ("Authorization", "Bearer x"), bearer]
    answer = world.wire.send("GET", f"{AUTH}/me", headers=[*headers, ("Connection", "close")])
    assert answer.status < 500, answer


@with_users
@pytest.mark.parametrize("name", ["register", "login", "refresh", "logout"])
def test_hostile_credentials(anonymous: Api, name: str) -> None:
    keys = ("email", "password", "refresh_token")
    texts = ("\0" * 9, "a\0@b.co", "\ud800" * 9, "a" * 100_000, "'; DROP TABLE users--" * 300)
    strange: tuple[Any, ...] = (None, [], {}, 7, True, ["a@b.co"], {"$ne": ""})
    for value in (*texts, *strange):
        for key in keys:
            good = {"email": "a@b.co", "password": "12345678", "refresh_token": "x"}
            body = {**good, key: value, "nope": 1}
            never_500(anonymous.post(f"{AUTH}/{name}", body))


def test_http_1_0_without_a_host(world: World) -> None:
    answer = world.wire.send("GET", "/healthz", version="HTTP/1.0")
    assert (answer.status, answer.json) == (200, {"status": "ok"})


@pytest.mark.parametrize(
    "headers",
    [
        [("Host", "x"), ("X-Request-ID", "a" * 9000)],
        [("Host", "x"), ("X-Request-ID", "\xe9\xff")],
        [("Host", "x"), ("Accept", "image/png")],
        [("Host", "x"), ("Accept-Encoding", "nope;q=x")],
        [("Host", "x"), ("X-Forwarded-For", "\xe9, ::1, 1.2.3.4, x")],
        [("Host", "x"), ("Forwarded", "for=;;=")],
        [("Host", "x"), ("Cookie", "\xff=\xfe; a; =")],
        [("Host", "evil.example:99999")],
        [("Host", "x"), ("If-Match", "\xe9"), ("Range", "bytes=x")],
        [("Host", "x"), ("Expect", "nope")],
    ],
    ids=lambda headers: headers[-1][0],
)
def test_hostile_headers(world: World, headers: list[tuple[str, str]]) -> None:
    answer = world.wire.send("GET", "/healthz", headers=[*headers, ("Connection", "close")])
    assert answer.status < 500, answer


@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("GET", "/api/v1/%00"),
        ("GET", "/api/v1/%ff%fe"),
        ("GET", "/api/v1/../../etc/passwd"),
        ("GET", "//api//v1//"),
        ("GET", "/" + "a" * 8000),
        ("GET", "/api/v1/auth/login/%2e%2e"),
        ("BREW", "/api/v1/nothing"),
        ("OPTIONS", "*"),
        ("get", "/api/v1/nothing"),
    ],
)
def test_hostile_targets(world: World, method: str, target: str) -> None:
    answer = world.wire.send(
        method, target, headers=[("Host", world.wire.host), ("Connection", "close")]
    )
    assert 400 <= answer.status < 500, answer


@pytest.mark.parametrize(
    "headers",
    [
        [("Content-Length", "abc")],
        [("Content-Length", "-1")],
        [("Content-Length", "2"), ("Content-Length", "3")],
        [("Transfer-Encoding", "nope")],
    ],
    ids=lambda headers: f"{headers[-1][0]}: {headers[-1][1]}",
)
def test_broken_framing(world: World, headers: list[tuple[str, str]]) -> None:
    always = [("Host", world.wire.host), ("Connection", "close")]
    json_type = ("Content-Type", "application/json")
    answer = world.wire.send(
        "POST", "/api/v1/nothing", headers=[*always, json_type, *headers], body=[b"{}"]
    )
    assert answer.status == 400, answer
    assert answer.headers["content-type"] == "application/problem+json"


@every_resource
def test_many_keys_and_long_keys(world: World, resource: Resource) -> None:
    api = world.api(resource)
    never_500(api.post(resource.path, {f"key{at}": at for at in range(5000)}))
    never_500(api.post(resource.path, {"k" * 100_000: 1}))
    never_500(api.get(resource.path, params={"k" * 3000: "1"}))


@every_resource
def test_the_service_is_well_after_all_this(world: World, resource: Resource) -> None:
    content = json.dumps(world.body(resource)).encode()
    done(world.api(resource).as_json("POST", resource.path, content), 201)
    assert done(world.anonymous.get("/readyz"))["status"] == "ok"
