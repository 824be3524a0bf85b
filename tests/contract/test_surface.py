"""Surface: the paths that every service has."""

from __future__ import annotations

import re
from typing import Any

import httpx2
import pytest

from tests.contract.cases import each, only, resources, with_users, without_users
from tests.contract.client import Api
from tests.contract.domain import Resource
from tests.contract.options import Options
from tests.contract.problems import done, refused
from tests.contract.world import AUTH, World


def test_liveness(anonymous: Api) -> None:
    assert done(anonymous.get("/healthz")) == {"status": "ok"}


def test_readiness_names_what_it_checked(anonymous: Api, options: Options) -> None:
    body = done(anonymous.get("/readyz"))
    wanted = {"database": "ok"} | ({"redis": "ok"} if options.redis else {})
    assert body == {"status": "ok", "checks": wanted}


def test_docs_are_a_page_or_off(anonymous: Api, options: Options) -> None:
    answer = anonymous.get("/docs")
    if options.docs:
        assert (answer.status, answer.content_type) == (200, "text/html"), answer
    else:
        refused(answer, 404)


def test_openapi_is_json(anonymous: Api) -> None:
    assert done(anonymous.get("/openapi.json"))["openapi"].startswith("3.1")


@pytest.mark.parametrize("path", ["/", "/nothing", "/api", "/api/v1", "/api/v1/no-such-things"])
def test_an_unknown_path_is_404(anonymous: Api, path: str) -> None:
    refused(anonymous.get(path), 404)


@without_users
@pytest.mark.parametrize("path", ["login", "register", "me", "refresh", "logout", "password"])
def test_there_is_no_authentication(anonymous: Api, path: str) -> None:
    refused(anonymous.post(f"{AUTH}/{path}", {}), 404)


@each("resource", resources())
def test_a_trailing_slash_is_404(world: World, resource: Resource) -> None:
    refused(world.api(resource).get(f"{resource.path}/"), 404)
    refused(world.api(resource).post(f"{resource.path}/", world.body(resource)), 404)


@each("resource", resources())
def test_the_path_is_kebab_case(world: World, resource: Resource) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", resource.plural)
    done(world.api(resource).get(resource.path))


@with_users
def test_no_list_of_users(world: World) -> None:
    refused(world.user.api.get("/api/v1/users"), 404)


def series(text: str) -> list[dict[str, str]]:
    """The labels of each series of the request histogram's count."""
    name = "http_server_request_duration_seconds_count"
    found = re.findall(rf"^{name}{{(.*)}} [0-9.e+]+$", text, re.MULTILINE)
    return [dict(re.findall(r'(\w+)="([^"]*)"', labels)) for labels in found]


@only(lambda service: bool(service.resources))
def test_metrics_go_by_pattern(world: World, options: Options) -> None:
    resource = world.service.resources[0]
    row = world.create(resource)
    world.get(resource, row)
    refused(world.anonymous.get(f"/api/v1/{world.supply.code()}-nowhere"), 404)
    answer = httpx2.get(options.metrics)
    assert (answer.status_code, answer.headers["content-type"][:10]) == (200, "text/plain")
    assert "# TYPE http_server_request_duration_seconds histogram" in answer.text
    counted = series(answer.text)
    seen = {(one["method"], pattern(one["route"]), one["status"]) for one in counted}
    assert ("GET", f"{resource.path}/{{}}", "200") in seen
    assert ("POST", resource.path, "201") in seen
    assert row["id"] not in [part for one in counted for part in one["route"].split("/")]
    assert "-nowhere" not in answer.text
    assert str(row["id"]) not in answer.text or resource.id == "int"


def pattern(route: str) -> str:
    """The route with the names of its parameters left out."""
    return re.sub(r"{[^}]*}", "{}", route)


@each("resource", resources())
def test_a_method_that_is_not_there_is_405(world: World, resource: Resource) -> None:
    row = world.shared(resource)
    expected: dict[str, tuple[str, tuple[str, ...]]] = {
        resource.path: ("GET, POST", ("PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE")),
        resource.item(row["id"]): ("DELETE, GET, PATCH", ("PUT", "POST", "HEAD", "OPTIONS")),
    }
    for path, (allow, methods) in expected.items():
        for method in methods:
            answer = world.anonymous.send(method, path)
            assert listed(answer.headers) == allow, answer
            if method == "HEAD":
                assert (answer.status, answer.content) == (405, b""), answer
            else:
                refused(answer, 405)


@with_users
def test_405_on_the_paths_of_authentication(world: World) -> None:
    for name, allow in (("login", "POST"), ("me", "GET, PATCH"), ("password", "POST")):
        answer = world.anonymous.send("PUT", f"{AUTH}/{name}")
        refused(answer, 405)
        assert listed(answer.headers) == allow, answer


def listed(headers: Any) -> str:
    """The methods of an Allow header, sorted."""
    return ", ".join(sorted(word.strip() for word in headers.get("allow", "").split(",")))
