"""The OpenAPI document, with every problem that can occur."""

from typing import Any

from app.core.problems import Problem, responses

PREFIX = "/api/v1"
METHODS = frozenset({"get", "put", "post", "delete", "patch"})


# Every id in a path is the key of a row.
PATH_SCHEMAS: dict[str, dict[str, Any]] = {
    "string": {"type": "string", "format": "uuid"},
    "integer": {"type": "integer", "minimum": 1, "exclusiveMaximum": 2**63},
}


def complete(document: dict[str, Any]) -> dict[str, Any]:
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    document.pop("tags", None)  # blueprints of one tag would tell it twice
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= problem.pop("$defs") | {"Problem": problem}
    for path, item in document["paths"].items():
        for operation in (item[method] for method in METHODS & item.keys()):
            _add_problems(path, operation)
    return document


def _add_problems(path: str, operation: dict[str, Any]) -> None:
    described = operation["responses"]
    if "requestBody" in operation:
        operation["requestBody"]["required"] = True
    for parameter in operation["parameters"]:
        if parameter["in"] == "path":
            parameter["schema"] = PATH_SCHEMAS[parameter["schema"]["type"]]
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
