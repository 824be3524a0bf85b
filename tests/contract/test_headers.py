"""Headers: request ids, security, CORS, caching, proxies."""

from __future__ import annotations

import re

import pytest

from tests.contract.cases import each, only, resources, with_users
from tests.contract.client import Answer, Api
from tests.contract.domain import Resource
from tests.contract.options import Options
from tests.contract.problems import done, refused
from tests.contract.world import AUTH, PASSWORD, World

MADE = re.compile(r"[A-Za-z0-9._-]{1,128}")
STRANGER = "https://stranger.example"


def ask(anonymous: Api, request_id: str) -> Answer:
    return anonymous.get("/api/v1/nothing", headers={"X-Request-ID": request_id})


@pytest.mark.parametrize("request_id", ["a", "A.b_c-9", "x" * 128, "-", "."])
def test_a_sane_request_id_is_taken(anonymous: Api, request_id: str) -> None:
    answer = ask(anonymous, request_id)
    assert answer.headers["x-request-id"] == request_id
    assert refused(answer, 404)["request_id"] == request_id
    healthy = anonymous.get("/healthz", headers={"X-Request-ID": request_id})
    assert healthy.headers["x-request-id"] == request_id


@pytest.mark.parametrize("request_id", ["", "x" * 129, "a b", "a/b", "a\tb", "<b>", "a,b", "{}"])
def test_another_is_made_instead_of_a_strange_one(anonymous: Api, request_id: str) -> None:
    answer = ask(anonymous, request_id)
    made = answer.headers["x-request-id"]
    assert made != request_id
    assert MADE.fullmatch(made)
    assert refused(answer, 404)["request_id"] == made


def test_every_request_has_its_own_id(anonymous: Api) -> None:
    made = {anonymous.get("/healthz").headers["x-request-id"] for _ in range(5)}
    assert len(made) == 5


@only(lambda service: bool(service.resources))
def test_no_origin_is_allowed_unless_it_is_listed(world: World) -> None:
    resource = world.service.resources[0]
    api = world.api(resource)
    for answer in (
        api.get(resource.path, headers={"Origin": STRANGER}),
        api.get(resource.path, headers={"Origin": "null"}),
        preflight(world.anonymous, resource, STRANGER),
    ):
        allowed = [name for name in answer.headers if name.startswith("access-control-allow-o")]
        assert allowed == [], answer
        assert answer.status < 500


def preflight(api: Api, resource: Resource, origin: str) -> Answer:
    headers = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization, content-type",
    }
    return api.send("OPTIONS", resource.path, headers=headers)


@pytest.mark.cors
@only(lambda service: bool(service.resources))
def test_a_listed_origin_is_allowed(world: World) -> None:
    resource, origin = world.service.resources[0], str(world.options.cors_origin)
    answer = world.api(resource).get(resource.path, headers={"Origin": origin})
    assert answer.headers["access-control-allow-origin"] == origin
    assert "origin" in answer.headers["vary"].lower()
    asked = preflight(world.anonymous, resource, origin)
    assert asked.status in (200, 204), asked
    assert asked.headers["access-control-allow-origin"] == origin
    assert "POST" in asked.headers["access-control-allow-methods"]
    allowed = asked.headers["access-control-allow-headers"].lower()
    assert {"authorization", "content-type"} <= {word.strip() for word in allowed.split(",")}


@pytest.mark.cors
@only(lambda service: bool(service.resources))
def test_a_problem_can_be_read_from_a_listed_origin(world: World) -> None:
    resource, origin = world.service.resources[0], str(world.options.cors_origin)
    answer = world.api(resource).get(
        resource.path, params={"nope": "1"}, headers={"Origin": origin}
    )
    refused(answer, 422, "query.nope unknown")
    assert answer.headers["access-control-allow-origin"] == origin


@with_users
def test_what_is_answered_to_someone_is_not_stored(world: World) -> None:
    for resource in world.service.resources:
        row = world.shared(resource)
        api = world.api(resource)
        for answer in (
            api.get(resource.path),
            api.get(resource.item(row["id"])),
            api.get(resource.item("nope")),
            api.post(resource.path, {"nope": 1}),
            world.post(resource, world.body(resource)),
        ):
            assert answer.headers["cache-control"] == "no-store", answer


@with_users
def test_tokens_are_not_stored(world: World) -> None:
    body = {"email": world.user.email, "password": PASSWORD}
    tokens = world.anonymous.post(f"{AUTH}/login", body)
    token = {"refresh_token": done(tokens)["refresh_token"]}
    for answer in (
        tokens,
        world.anonymous.post(f"{AUTH}/login", {**body, "password": "wrong"}),
        world.anonymous.post(f"{AUTH}/register", world.registration()),
        world.anonymous.post(f"{AUTH}/refresh", token),
        world.user.api.get(f"{AUTH}/me"),
    ):
        assert answer.headers["cache-control"] == "no-store", answer


def test_docs_have_a_policy_of_their_own(anonymous: Api, options: Options) -> None:
    policy = anonymous.get("/healthz").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    if options.docs:
        docs = anonymous.get("/docs").headers.get("content-security-policy", "")
        assert docs != policy


def test_no_hsts_without_tls(anonymous: Api, options: Options) -> None:
    assert "strict-transport-security" not in anonymous.get("/healthz").headers
    if not options.trusted_proxy:
        forged = anonymous.get("/healthz", headers={"X-Forwarded-Proto": "https"})
        assert "strict-transport-security" not in forged.headers


@pytest.mark.proxy
def test_hsts_behind_tls(anonymous: Api) -> None:
    answer = anonymous.get("/healthz", headers={"X-Forwarded-Proto": "https"})
    assert re.match(r"max-age=\d{7,}", answer.headers["strict-transport-security"])


@each("resource", resources())
def test_the_location_is_where_the_row_is(world: World, resource: Resource) -> None:
    answer = world.post(resource, world.body(resource))
    row = done(answer, 201)
    assert done(world.api(resource).get(answer.headers["location"])) == row
