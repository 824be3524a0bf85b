"""OpenAPI documents of different frameworks, brought into one form so that they can be compared.

What a client cannot notice goes: names of schemas and path parameters, words for people, order,
and the several ways in which JSON Schema says the same. `python -m tests.contract.normalise A B`
prints where two documents (files or URLs) differ, one line each.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx2

from tests.contract.openapi import METHODS

Json = dict[str, Any]

WORDS = frozenset(
    [
        "title",
        "description",
        "summary",
        "example",
        "examples",
        "deprecated",
        "externalDocs",
        "tags",
        "$comment",
    ]
)
SAYS_NOTHING: Mapping[str, tuple[Any, ...]] = {
    "additionalProperties": (True, {}),
    "default": (None,),
    "minItems": (0,),
    "minLength": (0,),
    "readOnly": (False,),
    "required": ([],),
    "uniqueItems": (False,),
    "writeOnly": (False,),
    "format": ("int32", "int64", "float", "double"),
}
SCHEMA_MAPS = ("properties", "patternProperties", "$defs")
SCHEMA_LISTS = ("anyOf", "oneOf", "allOf", "prefixItems")
SCHEMAS = ("items", "additionalProperties", "not", "contains", "propertyNames")


def normalise(document: Json) -> Json:
    """The operations of the document by method and path, with everything written out."""
    form = _Form(document)
    return dict(
        sorted(
            (f"{method.upper()} {_anonymous(path)}", form.operation(item, method))
            for path, item in document["paths"].items()
            for method in METHODS
            if method in item
        )
    )


def differences(one: Any, other: Any, at: str = "") -> Iterator[str]:
    """Where two normalised documents differ, deepest first named by their path."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted(one.keys() | other.keys()):
            place = f"{at} / {key}" if at else key
            if key not in one:
                yield f"{place}: only in the second: {_short(other[key])}"
            elif key not in other:
                yield f"{place}: only in the first: {_short(one[key])}"
            else:
                yield from differences(one[key], other[key], place)
    elif one != other:
        yield f"{at}: {_short(one)} and {_short(other)}"


def _short(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return text if len(text) <= 200 else text[:199] + "…"


def _anonymous(path: str) -> str:
    """The path with its parameters numbered instead of named."""
    return "{}".join(re.split(r"{[^}]*}", path))


class _Form:
    def __init__(self, document: Json) -> None:
        self.document = document
        self.components: Json = document.get("components", {})

    def operation(self, item: Json, method: str) -> Json:
        spec: Json = item[method]
        return {
            "parameters": self._parameters([*item.get("parameters", []), *_list(spec)]),
            "requestBody": self._body(spec.get("requestBody")),
            "responses": {
                str(status): self._response(response)
                for status, response in spec.get("responses", {}).items()
            },
            "security": self._security(spec),
        }

    def _parameters(self, parameters: list[Json]) -> Json:
        found = [self._resolved(one) for one in parameters]
        in_path = [one for one in found if one["in"] == "path"]
        by_name = {f"{one['in']} {_name(one)}": one for one in found if one["in"] != "path"}
        by_name |= {f"path {at}": one for at, one in enumerate(in_path)}
        return {name: self._parameter(by_name[name]) for name in sorted(by_name)}

    def _parameter(self, one: Json) -> Json:
        usual = {"query": "form", "path": "simple", "header": "simple", "cookie": "form"}
        style = one.get("style", usual[one["in"]])
        schema = self.schema(one.get("schema", {}))
        is_list = "array" in schema.get("type", [])
        return {
            "required": one.get("required", False),
            "style": style,
            "explode": one.get("explode", style == "form") if is_list else None,
            "schema": schema,
        }

    def _body(self, body: Json | None) -> Json | None:
        if body is None:
            return None
        body = self._resolved(body)
        return {"required": body.get("required", False), "content": self._content(body)}

    def _response(self, response: Json) -> Json:
        response = self._resolved(response)
        headers = {
            name.lower(): self.schema(self._resolved(header).get("schema", {}))
            for name, header in response.get("headers", {}).items()
        }
        return {"content": self._content(response), "headers": dict(sorted(headers.items()))}

    def _content(self, part: Json) -> Json:
        content = part.get("content", {})
        return {
            name.partition(";")[0]: self.schema(media.get("schema", {}))
            for name, media in sorted(content.items())
        }

    def _security(self, spec: Json) -> list[list[str]]:
        """What one of several has to be given; for the whole document, unless said otherwise."""
        requirements: list[Json] = ({"security": []} | self.document | spec)["security"]
        named = [sorted(self._scheme(name) for name in one) for one in requirements]
        return sorted(named)

    def _scheme(self, name: str) -> str:
        scheme = self._resolved(self.components["securitySchemes"][name])
        return f"{scheme['type']} {scheme.get('scheme', scheme.get('in', ''))}".lower()

    def _resolved(self, part: Json) -> Json:
        while "$ref" in part:
            rest = {key: value for key, value in part.items() if key != "$ref"}
            part = {**self._at(part["$ref"]), **rest}
        return part

    def _at(self, pointer: str) -> Json:
        part: Any = self.document
        for step in pointer.removeprefix("#/").split("/"):
            part = part[step.replace("~1", "/").replace("~0", "~")]
        found: Json = part
        return found

    def schema(self, schema: Any, seen: tuple[str, ...] = ()) -> Any:
        """The schema with its references written out; one within itself is named as such."""
        if not isinstance(schema, dict):
            return schema
        pointer = schema.get("$ref")
        if pointer in seen:
            return {"recursive": len(seen) - seen.index(str(pointer))}
        seen = (*seen, pointer) if pointer else seen
        plain = {k: v for k, v in self._resolved(schema).items() if _counts(k, v)}
        return _canonical({k: self._part(k, v, seen) for k, v in plain.items()})

    def _part(self, key: str, value: Any, seen: tuple[str, ...]) -> Any:
        if key in SCHEMA_MAPS:
            return {name: self.schema(one, seen) for name, one in value.items()}
        if key in SCHEMA_LISTS:
            return [self.schema(one, seen) for one in value]
        return self.schema(value, seen) if key in SCHEMAS else value


def _list(spec: Json) -> list[Json]:
    found: list[Json] = spec.get("parameters", [])
    return found


def _name(parameter: Json) -> str:
    name: str = parameter["name"]
    return name.lower() if parameter["in"] == "header" else name


def _counts(key: str, value: Any) -> bool:
    """Whether a keyword of a schema says anything."""
    is_word = key in WORDS or key.startswith("x-")
    return not is_word and value not in SAYS_NOTHING.get(key, ())


def _canonical(schema: Json) -> Json:
    """One of the ways in which JSON Schema can say it."""
    for step in STEPS:
        schema = step(schema)
    return dict(sorted(schema.items()))


def _types(schema: Json) -> list[str]:
    found = schema.get("type", [])
    return sorted([found] if isinstance(found, str) else found)


def _listed_types(schema: Json) -> Json:
    return {**schema, "type": _types(schema)} if "type" in schema else schema


def _one_of_one(schema: Json) -> Json:
    """`allOf` of a single schema is that schema."""
    for key in SCHEMA_LISTS[:3]:
        if len(schema.get(key, ())) == 1:
            rest = {name: value for name, value in schema.items() if name != key}
            return {**schema[key][0], **rest}
    return schema


def _nullable(schema: Json) -> Json:
    """`anyOf: [X, null]` is X with one type more."""
    options = schema.get("anyOf") or schema.get("oneOf") or []
    others = [one for one in options if one != {"type": ["null"]}]
    if len(options) != 2 or len(others) != 1 or "type" not in others[0]:
        return schema
    rest = {key: value for key, value in schema.items() if key not in ("anyOf", "oneOf")}
    merged = {**others[0], **rest, "type": sorted({*others[0]["type"], "null"})}
    return merged | {"enum": [*merged["enum"], None]} if "enum" in merged else merged


def _constants(schema: Json) -> Json:
    if "const" not in schema:
        return schema
    rest = {key: value for key, value in schema.items() if key != "const"}
    return {**rest, "enum": [schema["const"]]}


def _enum_types(schema: Json) -> Json:
    """The type is said by the values, whether it is also written or not."""
    if "enum" not in schema or "type" in schema:
        return schema
    names = {str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}
    return {**schema, "type": sorted({names[type(value)] for value in schema["enum"]})}


def _number_bounds(schema: Json) -> Json:
    """3 and 3.0 are the same bound."""
    bounds = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
    return {
        key: int(value) if key in bounds and value == int(value) else value
        for key, value in schema.items()
    }


def _sorted_sets(schema: Json) -> Json:
    return {
        key: sorted(value, key=_sort_key)
        if key in ("enum", "required", "anyOf", "oneOf")
        else value
        for key, value in schema.items()
    }


def _sort_key(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


STEPS: tuple[Callable[[Json], Json], ...] = (
    _listed_types,
    _constants,
    _enum_types,
    _one_of_one,
    _nullable,
    _number_bounds,
    _sorted_sets,
)


def load(source: str) -> Json:
    """A document from a file or a running service."""
    is_url = source.startswith(("http://", "https://"))
    text = httpx2.get(source).text if is_url else Path(source).read_text(encoding="utf-8")
    document: Json = json.loads(text)
    return document


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        print("usage: python -m tests.contract.normalise FIRST SECOND", file=sys.stderr)
        return 2
    one, other = (normalise(load(source)) for source in arguments)
    found = list(differences(one, other))
    print("\n".join(found) if found else "the documents say the same")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
