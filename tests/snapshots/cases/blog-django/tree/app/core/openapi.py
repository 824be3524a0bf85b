"""The OpenAPI document: every view tells its operations, and this adds every problem that can occur."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, get_args

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.fields import empty

from app import __version__
from app.core.errors import Code
from app.core.fields import Field, Json
from app.core.metrics import PARAMETER
from app.core.problems import KINDS, MEDIA_TYPE
from app.core.serializers import Serializer

PREFIX = "/api/v1"
DESCRIPTIONS = {
    "ETag": "The version of the object, for If-Match",
    "Location": "The path of the new object",
}
PHRASES = {200: "OK", 201: "Created", 204: "No Content"}
STRING = {"type": "string"}
IF_MATCH = {"name": "If-Match", "in": "header", "required": True, "schema": STRING}
PROBLEM: Json = {
    "type": "object",
    "properties": {
        "type": STRING,
        "title": STRING,
        "status": {"type": "integer"},
        "detail": STRING,
        "instance": STRING,
        "request_id": STRING,
        "errors": {
            "type": "array",
            "items": {"$ref": "#/components/schemas/InvalidField"},
            "default": [],
        },
    },
    "required": ["type", "title", "status", "detail", "instance", "request_id"],
}
INVALID_FIELD: Json = {
    "type": "object",
    "properties": {
        "field": STRING,
        "code": {"type": "string", "enum": list(get_args(Code))},
        "message": STRING,
    },
    "required": ["field", "code", "message"],
}


@dataclass(frozen=True)
class Schema:
    """A schema with a name of its own in the document."""

    name: str
    content: Json

    @property
    def reference(self) -> Json:
        return {"$ref": f"#/components/schemas/{self.name}"}


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One method of one path. `problems` are its own; what all of its shape answer is added."""

    id: str
    tag: str
    status: int = 200
    body: Schema | None = None
    answer: Schema | None = None
    media_type: str = "application/json"
    headers: Sequence[str] = ()
    parameters: Sequence[Json] = ()
    problems: frozenset[int] = frozenset()
    also: Mapping[str, Any] | None = None
    secured: bool = False

    @property
    def schemas(self) -> Iterator[Schema]:
        yield from (each for each in (self.body, self.answer) if each)

    def describe(self, path: str, parameters: Sequence[Json]) -> dict[str, Any]:
        described: dict[str, Any] = {"tags": [self.tag], "operationId": self.id}
        if self.secured:
            described["security"] = [{"bearer": []}]
        if parameters or self.parameters:
            described["parameters"] = [*parameters, *self.parameters]
        if self.body:
            content = {"application/json": {"schema": self.body.reference}}
            described["requestBody"] = {"required": True, "content": content}
        responses = {str(self.status): self._success(), **(self.also or {})}
        responses |= {str(each): _problem(each) for each in self._problems(path)}
        return {**described, "responses": dict(sorted(responses.items()))}

    def _success(self) -> dict[str, Any]:
        success: dict[str, Any] = {"description": PHRASES[self.status]}
        if self.answer:
            success["content"] = {self.media_type: {"schema": self.answer.reference}}
        if self.headers:
            success["headers"] = {
                name: {"description": DESCRIPTIONS[name], "required": True, "schema": STRING}
                for name in self.headers
            }
        return success

    def _problems(self, path: str) -> frozenset[int]:
        found = self.problems
        if path.startswith(PREFIX):
            found |= {429, 500, 503}
        if self.secured:
            found |= {401}
        if self.body:
            found |= {400, 413, 415, 422}
        return found | {422} if self.parameters else found


def written(serializer: type[Serializer], name: str, *, partial: bool = False) -> Schema:
    """What a client sends."""
    fields: Any = serializer().fields
    writable = {key: field for key, field in fields.items() if not field.read_only}
    required = [] if partial else [key for key, field in writable.items() if field.required]
    content = {
        "type": "object",
        "properties": {
            key: _property(field, field.body, default=not partial)
            for key, field in writable.items()
        },
        "additionalProperties": False,
    }
    return Schema(name, content | ({"required": required} if required else {}))


def shown(serializer: type[Serializer], name: str) -> Schema:
    """What a client is answered."""
    fields: Any = serializer().fields
    readable = {key: field for key, field in fields.items() if not field.write_only}
    properties = {key: _property(field, field.shown) for key, field in readable.items()}
    return Schema(name, {"type": "object", "properties": properties, "required": list(readable)})


def page_of(row: Schema, name: str) -> Schema:
    properties = {
        "items": {"type": "array", "items": row.content},
        "next_cursor": {"type": ["string", "null"]},
        "total": {"type": "integer"},
    }
    return Schema(
        name,
        {"type": "object", "properties": properties, "required": ["items", "next_cursor"]},
    )


def _property(field: Field, schema: Json, *, default: bool = False) -> Json:
    found: dict[str, Any] = (
        {"anyOf": [schema, {"type": "null"}]} if field.allow_null else dict(schema)
    )
    if field.help_text:
        found["description"] = str(field.help_text)
    value = field.default
    if default and value is not empty and value is not None and not callable(value):
        found["default"] = field.to_representation(value)
    return found


def _problem(status: int) -> dict[str, Any]:
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": KINDS[status][1], "content": content}


@lru_cache
def document() -> dict[str, Any]:
    paths: dict[str, Any] = {}
    schemas: dict[str, Json] = {"Problem": PROBLEM, "InvalidField": INVALID_FIELD}
    is_secured = False
    for path, method, parameters, operation in _operations():
        paths.setdefault(path, {})[method] = operation.describe(path, parameters)
        schemas |= {each.name: each.content for each in operation.schemas}
        is_secured = is_secured or operation.secured
    components: dict[str, Any] = {"schemas": dict(sorted(schemas.items()))}
    if is_secured:
        bearer = {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
        components["securitySchemes"] = {"bearer": bearer}
    info = {"title": settings.TITLE, "version": __version__}
    return {"openapi": "3.1.0", "info": info, "paths": paths, "components": components}


def _operations() -> Iterator[tuple[str, str, list[Json], Operation]]:
    for route, callback in _routes(get_resolver().url_patterns, ""):
        view: Any = getattr(callback, "cls", None)
        operations: Mapping[str, Operation] = view.operations(callback) if view else {}
        path = "/" + PARAMETER.sub(r"{\1}", route)
        for method, operation in operations.items():
            parameters: list[Json] = [
                {"name": name, "in": "path", "required": True, "schema": view.id_schema()}
                for name in PARAMETER.findall(route)
            ]
            yield path, method, parameters, operation


def _routes(patterns: Sequence[Any], before: str) -> Iterator[tuple[str, Any]]:
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _routes(each.url_patterns, route)
        elif isinstance(each, URLPattern):
            yield route, each.callback
