from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.contract.normalise import differences, normalise

Json = dict[str, Any]

FIRST: Json = {
    "openapi": "3.1.0",
    "info": {"title": "Blog", "version": "1"},
    "paths": {
        "/posts/{post_id}": {
            "get": {
                "operationId": "read_post",
                "tags": ["posts"],
                "parameters": [
                    {
                        "name": "post_id",
                        "in": "path",
                        "required": True,
                        "schema": {"type": "string"},
                    },
                    {
                        "name": "ids",
                        "in": "query",
                        "schema": {"type": "array", "items": {"type": "integer"}, "minItems": 0},
                        "style": "form",
                        "explode": True,
                    },
                ],
                "responses": {
                    "200": {
                        "description": "Found",
                        "content": {
                            "application/json": {
                                "schema": {"$ref": "#/components/schemas/PostRead"}
                            }
                        },
                    }
                },
                "security": [{"bearer": []}],
            }
        }
    },
    "components": {
        "schemas": {
            "PostRead": {
                "title": "PostRead",
                "type": "object",
                "required": ["title", "id"],
                "properties": {
                    "id": {"type": "integer", "minimum": 1.0},
                    "title": {"anyOf": [{"type": "string", "maxLength": 9}, {"type": "null"}]},
                    "kind": {"const": "post"},
                    "parent": {"$ref": "#/components/schemas/PostRead"},
                },
            }
        },
        "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
    },
}

SECOND: Json = {
    "openapi": "3.1.1",
    "info": {"title": "The blog", "version": "2"},
    "security": [{"token": []}],
    "paths": {
        "/posts/{id}": {
            "parameters": [
                {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
            ],
            "get": {
                "operationId": "getPost",
                "parameters": [
                    {"name": "ids", "in": "query", "schema": {"$ref": "#/components/schemas/Ids"}}
                ],
                "responses": {
                    "200": {
                        "description": "OK",
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/P"}}
                        },
                    }
                },
            },
        }
    },
    "components": {
        "schemas": {
            "Ids": {"type": "array", "items": {"type": "integer", "format": "int64"}},
            "P": {
                "type": "object",
                "description": "A post",
                "required": ["id", "title"],
                "properties": {
                    "title": {"type": ["string", "null"], "maxLength": 9, "default": None},
                    "kind": {"type": "string", "enum": ["post"]},
                    "parent": {"allOf": [{"$ref": "#/components/schemas/P"}]},
                    "id": {"type": "integer", "minimum": 1},
                },
            },
        },
        "securitySchemes": {"token": {"type": "http", "scheme": "Bearer"}},
    },
}


def test_the_same_said_in_two_ways() -> None:
    assert list(differences(normalise(FIRST), normalise(SECOND))) == []


def changed(*path: str, to: Any) -> Json:
    document = copy.deepcopy(FIRST)
    part: Any = document
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = to
    return document


POST = ("components", "schemas", "PostRead")
GET = ("paths", "/posts/{post_id}", "get")


@pytest.mark.parametrize(
    "other",
    [
        changed(*POST, "required", to=["id"]),
        changed(*POST, "properties", "id", "minimum", to=2),
        changed(*POST, "properties", "kind", to={"const": "page"}),
        changed(*POST, "properties", "title", to={"type": "string", "maxLength": 9}),
        changed(*POST, "additionalProperties", to=False),
        changed(*GET, "security", to=[]),
        changed(*GET, "parameters", to=FIRST["paths"]["/posts/{post_id}"]["get"]["parameters"][:1]),
        changed(*GET, "responses", "404", to={"description": "Not there"}),
        changed("components", "securitySchemes", "bearer", "scheme", to="basic"),
        changed("paths", "/posts", to={"get": {"responses": {}}}),
    ],
    ids=lambda _: "",
)
def test_what_a_client_can_notice_is_told(other: Json) -> None:
    assert list(differences(normalise(FIRST), normalise(other))) != []


def test_a_difference_is_told_by_its_place() -> None:
    other = changed(*POST, "properties", "id", "minimum", to=2)
    [first, *_] = differences(normalise(FIRST), normalise(other))
    assert first == (
        "GET /posts/{} / responses / 200 / content / application/json / properties / id / "
        "minimum: 1 and 2"
    )
