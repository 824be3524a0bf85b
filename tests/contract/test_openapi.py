"""OpenAPI: valid, complete, and true to every answer of the run."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.contract.cases import each
from tests.contract.client import Journal
from tests.contract.domain import Resource, Service
from tests.contract.openapi import Document, Operation
from tests.contract.rules import bad_values, good_values
from tests.contract.world import AUTH, World

COMMON = {429, 500, 503}
BODY = {400, 413, 415, 422}


@pytest.fixture(scope="session")
def document(openapi: dict[str, Any]) -> Document:
    return Document(openapi)


def integers(part: Any) -> Iterator[dict[str, Any]]:
    """Every schema of an integer within."""
    if isinstance(part, dict) and part.get("type") == "integer":
        yield part
    for inner in (
        part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    ):
        yield from integers(inner)


def test_the_bounds_of_integers_are_whole(openapi: dict[str, Any]) -> None:
    """Read digit by digit, the shortest spelling of 2**63 as a float lies beyond it."""
    for schema in integers(openapi):
        bounds = [value for name, value in schema.items() if "imum" in name]
        assert all(isinstance(bound, int) for bound in bounds), schema


class Expected(NamedTuple):
    """An operation that the spec asks for, with the statuses that it may answer."""

    name: str
    statuses: frozenset[int]

    def __str__(self) -> str:
        return self.name


def expected(service: Service) -> list[Expected]:
    found = [one for r in service.resources for one in of_resource(service, r)]
    return [*found, *(of_authentication() if service.has_users else ())]


def of_resource(service: Service, resource: Resource) -> Iterator[Expected]:
    conflicts = {409} if any(r.unique for r in (resource,)) else set()
    token = {401} if service.has_users else set()
    match = {412, 428} if resource.versioned else set()
    item = f"{resource.path}/{{}}"
    yield named("GET", resource.path, {200, 422, *COMMON, *token, *denied(resource, "list")})
    created = {201, *BODY, *COMMON, *token, *conflicts, *denied(resource, "create")}
    yield named("POST", resource.path, created)
    yield named("GET", item, {200, 404, 422, *COMMON, *token})
    changed = {200, 404, *BODY, *COMMON, *token, *conflicts, *match, *denied(resource, "update")}
    yield named("PATCH", item, changed)
    kept = {409} if is_restricting(service, resource) else set()
    deleted = {204, 404, 422, *COMMON, *token, *match, *kept, *denied(resource, "delete")}
    yield named("DELETE", item, deleted)


def is_restricting(service: Service, resource: Resource) -> bool:
    """Whether a row may be kept by another one that refers to it."""
    if resource.soft_delete:
        return False
    every = [f for r in service.resources for f in r.fields if f.type == "ref"]
    return any(f.target == resource.name and f.on_delete == "restrict" for f in every)


def denied(resource: Resource, action: str) -> set[int]:
    """403, where someone may read a row and not do this to it."""
    rule, read = resource.access[action], resource.access["read"]
    if rule == "admin" and (action in ("list", "create") or read != "admin"):
        return {403}
    is_wider = rule == "owner" and read in ("public", "authenticated")
    return {403} if is_wider and action in ("update", "delete") else set()


def of_authentication() -> Iterator[Expected]:
    yield named("POST", f"{AUTH}/register", {201, 409, *BODY, *COMMON})
    yield named("POST", f"{AUTH}/login", {200, 401, *BODY, *COMMON})
    yield named("POST", f"{AUTH}/refresh", {200, 401, *BODY, *COMMON})
    yield named("POST", f"{AUTH}/logout", {204, *BODY, *COMMON})
    yield named("GET", f"{AUTH}/me", {200, 401, *COMMON})
    yield named("PATCH", f"{AUTH}/me", {200, 401, 409, *BODY, *COMMON})
    yield named("POST", f"{AUTH}/password", {204, 401, *BODY, *COMMON})


def named(method: str, path: str, statuses: set[int]) -> Expected:
    return Expected(f"{method} {path}", frozenset(statuses))


def test_the_document_is_valid(openapi: dict[str, Any]) -> None:
    assert openapi["openapi"].startswith("3.1")
    assert [error.message for error in OpenAPIV31SpecValidator(openapi).iter_errors()] == []


def test_it_has_every_operation_of_the_api_and_no_other(
    document: Document, service: Service
) -> None:
    found = {name for name in document.operations if " /api/v1/" in name}
    assert found == {one.name for one in expected(service)}


def test_health_and_metrics_are_documented(document: Document) -> None:
    assert {"GET /healthz", "GET /readyz", "GET /metrics"} <= set(document.operations)
    assert "503" in document.operations["GET /readyz"].spec["responses"]


def test_operation_ids_are_unique(document: Document) -> None:
    found = [operation.spec["operationId"] for operation in document.operations.values()]
    assert len(set(found)) == len(found)


@each("one", expected)
def test_every_status_that_can_occur(document: Document, one: Expected) -> None:
    described = {int(status) for status in document.operations[one.name].spec["responses"]}
    assert sorted(one.statuses - described) == []


@each("one", expected)
def test_problems_are_documented_as_problems(document: Document, one: Expected) -> None:
    for status, described in document.operations[one.name].spec["responses"].items():
        content = document.resolved(described).get("content", {})
        if int(status) >= 400:
            assert [*content] == ["application/problem+json"], status
        elif int(status) != 204:
            assert [*content] == ["application/json"], status


@each("one", expected)
def test_what_needs_a_login_says_so(document: Document, service: Service, one: Expected) -> None:
    operation = document.operations[one.name]
    schemes = document.content.get("components", {}).get("securitySchemes", {})
    secured = operation.spec.get("security", document.content.get("security", []))
    if needs_login(service, operation):
        [requirement] = secured
        [name] = requirement
        assert schemes[name]["type"] == "http"
        assert schemes[name]["scheme"].lower() == "bearer"
    else:
        assert secured == [] or {} in secured


def needs_login(service: Service, operation: Operation) -> bool:
    if operation.path.startswith(AUTH):
        return operation.path.endswith(("/me", "/password"))
    resource = next(r for r in service.resources if f"{operation.path}/".startswith(f"{r.path}/"))
    actions = {
        "get": "read" if "{" in operation.path else "list",
        "post": "create",
        "patch": "update",
        "delete": "delete",
    }
    return resource.access[actions[operation.method]] != "public"


@each("resource", lambda service: service.resources)
def test_every_query_parameter_of_a_list(document: Document, resource: Resource) -> None:
    operation = document.operations[f"GET {resource.path}"]
    own = {"limit", "cursor", "sort", "include_total", *(["q"] if resource.search else [])}
    filters = {f.parameter(name) for f in resource.columns for name in f.operators}
    assert set(document.parameters(operation, "query")) == own | filters


@each("resource", lambda service: [r for r in service.resources if r.versioned])
def test_if_match_and_etag_are_documented(document: Document, resource: Resource) -> None:
    for method in ("PATCH", "DELETE"):
        operation = document.operations[f"{method} {resource.path}/{{}}"]
        headers = document.parameters(operation, "header")
        required = {name.lower() for name, one in headers.items() if one["required"]}
        assert required == {"if-match"}
    for name, status in (("GET", "200"), ("PATCH", "200")):
        described = document.operations[f"{name} {resource.path}/{{}}"].spec["responses"][status]
        assert "etag" in {name.lower() for name in document.resolved(described)["headers"]}


@each("resource", lambda service: service.resources)
def test_the_location_is_documented(document: Document, resource: Resource) -> None:
    described = document.operations[f"POST {resource.path}"].spec["responses"]["201"]
    assert "location" in {name.lower() for name in document.resolved(described)["headers"]}


def body_schema(document: Document, name: str) -> Any:
    body = document.resolved(document.operations[name].spec["requestBody"])
    assert body["required"] is True
    return body["content"]["application/json"]["schema"]


# What a schema cannot say, or says differently: the rest has to be refused by the schema too.
BEYOND_SCHEMAS = ("duplicate", "reference", "invalid")
CALENDAR = ("date", "time", "datetime", "uuid", "email", "url", "slug", "decimal")


@each("resource", lambda service: service.resources)
def test_the_schema_of_a_body_says_the_rules(
    world: World, document: Document, resource: Resource
) -> None:
    create = body_schema(document, f"POST {resource.path}")
    update = body_schema(document, f"PATCH {resource.path}/{{}}")
    body = world.body(resource, full=True)
    assert document.errors(create, body) == []
    assert document.errors(update, {}) == []
    wrongs: tuple[Any, ...] = ({**body, "nope": 1}, {**body, "id": 1}, [], None)
    for wrong in wrongs:
        assert document.errors(create, wrong), wrong
    for field in resource.writable:
        for bad in bad_values(field):
            said = bad.code not in BEYOND_SCHEMAS and field.type not in CALENDAR
            if said and "surrogate" not in bad.why:
                assert document.errors(create, {**body, field.key: bad.value}), (field, bad)
                assert document.errors(update, {field.key: bad.value}), (field, bad)
        for good in good_values(field) if field.type not in ("ref", "many") else ():
            assert document.errors(create, {**body, field.key: good.value}) == [], (field, good)
            assert document.errors(update, {field.key: good.value}) == [], (field, good)


@each("resource", lambda service: service.resources)
def test_the_schema_of_a_decimal_has_a_sign_where_it_may(
    world: World, document: Document, resource: Resource
) -> None:
    create, body = body_schema(document, f"POST {resource.path}"), world.body(resource, full=True)
    for field in resource.writable:
        if field.type == "decimal":
            may = field.min is None or Decimal(str(field.min)) < 0
            errors = document.errors(create, {**body, field.key: "-0"})
            assert (errors == []) == may, field


@each("resource", lambda service: service.resources)
def test_the_schema_of_a_body_knows_what_is_required(
    document: Document, resource: Resource
) -> None:
    create = document.resolved(body_schema(document, f"POST {resource.path}"))
    required = {field.key for field in resource.fields if field.required}
    assert set(create.get("required", [])) == required
    assert set(create["properties"]) == {field.key for field in resource.writable}


@each("resource", lambda service: service.resources)
def test_the_schema_of_a_row_has_every_key(document: Document, resource: Resource) -> None:
    described = document.operations[f"GET {resource.path}/{{}}"].spec["responses"]["200"]
    content = document.resolved(described)["content"]["application/json"]["schema"]
    row = document.resolved(content)
    keys = {field.key for field in resource.shown}
    assert set(row["properties"]) == keys
    assert set(row["required"]) == keys


@pytest.mark.last
@each("one", expected)
def test_every_answer_of_the_run_is_as_documented(
    document: Document, journal: Journal, one: Expected
) -> None:
    answers = [a for a in journal.answers if answered_by(document, a) == one.name]
    assert answers, "the run asked nothing of this operation"
    wrong = {
        f"{flaw}  (in {answer.test}: {answer.asked[:200]})"
        for answer in answers
        for flaw in document.flaws(answer)
    }
    by_flaw = {text.partition("  (in ")[0]: text for text in sorted(wrong)}
    assert list(by_flaw.values()) == []


def answered_by(document: Document, answer: Any) -> str | None:
    operation = document.operation(answer)
    return operation.name if operation else None
