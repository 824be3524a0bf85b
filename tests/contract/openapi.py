"""Reading an OpenAPI 3.1 document: operations by path, and whether an answer is as it says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.protocols import Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from tests.contract.client import Answer

METHODS = ("get", "post", "patch", "delete", "put", "head", "options", "trace")
DOCUMENT = "urn:openapi"
Json = dict[str, Any]


@dataclass(frozen=True)
class Operation:
    method: str
    path: str
    spec: Mapping[str, Any]

    @property
    def name(self) -> str:
        """With the names of path parameters left out."""
        return f"{self.method.upper()} {re.sub('{[^}]*}', '{}', self.path)}"


class Document:
    def __init__(self, content: Json) -> None:
        self.content = content

    @cached_property
    def operations(self) -> dict[str, Operation]:
        found = [
            Operation(method, path, item[method])
            for path, item in self.content["paths"].items()
            for method in METHODS
            if method in item
        ]
        return {operation.name: operation for operation in found}

    @cached_property
    def _registry(self) -> Registry[Any]:
        empty: Registry[Any] = Registry()
        filled: Registry[Any] = empty.with_resource(
            DOCUMENT, DRAFT202012.create_resource(self.content)
        )
        return filled

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], str]]:
        paths = sorted(self.content["paths"], key=lambda path: path.count("{"))
        return [(re.compile(re.sub("{[^}]*}", "[^/]+", path)), path) for path in paths]

    def operation(self, answer: Answer) -> Operation | None:
        """The operation that answered; None for what is no path or method of the document."""
        for pattern, path in self._patterns:
            if pattern.fullmatch(answer.path):
                name = Operation(answer.method.lower(), path, {}).name
                return self.operations.get(name)
        return None

    def resolved(self, part: Any) -> Any:
        """The part itself, or what it refers to."""
        while isinstance(part, dict) and "$ref" in part:
            part = self._at(part["$ref"])
        return part

    def _at(self, pointer: str) -> Any:
        part: Any = self.content
        for step in pointer.removeprefix("#/").split("/"):
            part = part[step.replace("~1", "/").replace("~0", "~")]
        return part

    def validator(self, schema: Any) -> Validator:
        absolute = json.loads(json.dumps(schema).replace('"#/', f'"{DOCUMENT}#/'))
        return Draft202012Validator(
            absolute, registry=self._registry, format_checker=FormatChecker()
        )

    def errors(self, schema: Any, value: Any) -> list[str]:
        found = self.validator(schema).iter_errors(value)
        return [f"{error.json_path}: {error.message[:200]}" for error in found]

    def flaws(self, answer: Answer) -> Iterator[str]:
        """Where an answer is not as the document says."""
        operation = self.operation(answer)
        if operation is None:
            return
        described = operation.spec["responses"].get(str(answer.status))
        if described is None:
            yield f"{answer.status} is not documented"
            return
        yield from self._response_flaws(self.resolved(described), answer)
        if answer.status < 300:
            yield from self._request_flaws(operation, answer)

    def _response_flaws(self, described: Mapping[str, Any], answer: Answer) -> Iterator[str]:
        content = described.get("content", {})
        if not content:
            if answer.content and answer.method != "HEAD":
                yield f"{answer.status} has a body, but none is documented"
            return
        if answer.content_type not in content:
            yield f"{answer.status} is {answer.content_type}, documented are {[*content]}"
            return
        if answer.content_type.endswith("json"):
            for error in self.errors(content[answer.content_type].get("schema", {}), answer.json):
                yield f"{answer.status} {error}"

    def _request_flaws(self, operation: Operation, answer: Answer) -> Iterator[str]:
        """What was accepted must be documented."""
        if answer.body:
            body = self.resolved(operation.spec.get("requestBody", {}))
            schema = body.get("content", {}).get("application/json", {}).get("schema", False)
            for error in self.errors(schema, json.loads(answer.body)):
                yield f"accepted, but by the document wrong: {error}"
        sent = {name for name, _ in parse_qsl(answer.target.partition("?")[2])}
        for name in sorted(sent - set(self.parameters(operation, "query"))):
            yield f"the query parameter {name} is not documented"

    def parameters(self, operation: Operation, place: str) -> dict[str, Json]:
        """The operation's parameters by name."""
        shared = self.content["paths"][operation.path].get("parameters", [])
        every = [self.resolved(one) for one in (*shared, *operation.spec.get("parameters", []))]
        return {one["name"]: one for one in every if one["in"] == place}
