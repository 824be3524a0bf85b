"""The OpenAPI document, with every problem that can occur."""

from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from app.core.problems import Problem, responses

PREFIX = "/api/v1"
METHODS = frozenset({"get", "put", "post", "delete", "patch"})
BOUNDS = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"})


class DocumentedAPI(FastAPI):
    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            self.openapi_schema = _complete(super().openapi())
        return self.openapi_schema


def operation_id(route: APIRoute) -> str:
    """The function's name in the spelling of JavaScript, where clients are generated."""
    first, *others = route.name.split("_")
    return first + "".join(word.capitalize() for word in others)


def _complete(document: dict[str, Any]) -> dict[str, Any]:
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for replaced in ("HTTPValidationError", "ValidationError"):
        schemas.pop(replaced, None)
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= problem.pop("$defs") | {"Problem": problem}
    for path, item in document["paths"].items():
        for operation in (item[method] for method in METHODS & item.keys()):
            _add_problems(path, operation)
    _write_whole_bounds(document)
    return document


def _write_whole_bounds(part: Any) -> None:
    """FastAPI writes the bounds of an integer as floats, and the digits of one are not those of 2**63."""
    inner = part if isinstance(part, list) else []
    if isinstance(part, dict):
        if part.get("type") == "integer":
            part |= {bound: int(part[bound]) for bound in BOUNDS & part.keys()}
        inner = list(part.values())
    for each in inner:
        _write_whole_bounds(each)


def _add_problems(path: str, operation: dict[str, Any]) -> None:
    described = operation["responses"]
    if "application/json" in described.get("422", {}).get("content", {}):
        del described["422"]  # FastAPI's own description of it
    for status, response in responses(*_statuses(path, operation)).items():
        described.setdefault(str(status), response)
    operation["responses"] = dict(sorted(described.items()))


def _statuses(path: str, operation: dict[str, Any]) -> set[int]:
    """What any operation of this shape may answer; a route names only what is its own."""
    statuses: set[int] = set()
    if path.startswith(PREFIX):
        statuses |= {429, 500, 503}
    if "security" in operation:
        statuses |= {401}
    if "requestBody" in operation:
        statuses |= {400, 413, 415, 422}
    if any(parameter["in"] != "path" for parameter in operation.get("parameters", ())):
        statuses |= {422}
    return statuses
