from __future__ import annotations

import json
from typing import Any

import httpx2
import pytest

from tests.contract.client import Answer
from tests.contract.openapi import Document
from tests.contract.problems import flaws, never_500, refused
from tests.contract.rules import REFUSED, TAKEN
from tests.contract.values import MAKERS

GOOD: dict[str, Any] = {
    "type": "urn:problem:validation",
    "title": "Unprocessable Content",
    "status": 422,
    "detail": "Some values are not valid",
    "instance": "/api/v1/posts",
    "request_id": "r1",
    "errors": [{"field": "body.title", "code": "required", "message": "Is required"}],
}


def answer(body: Any, status: int = 422, media_type: str = "application/problem+json") -> Answer:
    return Answer(
        method="POST",
        target="/api/v1/posts?limit=1",
        sent=httpx2.Headers(),
        body=b"{}",
        status=status,
        headers=httpx2.Headers({"Content-Type": media_type, "X-Request-ID": "r1"}),
        content=json.dumps(body).encode(),
    )


def test_a_good_problem_passes() -> None:
    assert refused(answer(GOOD), 422, "body.title required") == GOOD
    never_500(answer(GOOD))


@pytest.mark.parametrize(
    "change",
    [
        {"type": "about:blank"},
        {"title": "Unprocessable Entity"},
        {"status": 400},
        {"detail": ""},
        {"instance": "/api/v1/posts?limit=1"},
        {"request_id": "r2"},
        {"extra": 1},
        {"errors": [{"field": "body.title", "code": "missing", "message": "x"}]},
        {"errors": [{"field": "title", "code": "required", "message": "x"}]},
        {"errors": [{"field": "body.title", "code": "required"}]},
    ],
    ids=str,
)
def test_a_bad_problem_is_seen(change: dict[str, Any]) -> None:
    assert flaws(answer(GOOD | change)) != []


def test_a_problem_of_another_media_type_is_seen() -> None:
    assert flaws(answer(GOOD, media_type="application/json")) != []


@pytest.mark.parametrize(
    "errors",
    [(), ("body.title type",), ("body.name required",), ("body.title required", "body.x unknown")],
)
def test_errors_have_to_be_exactly_these(errors: tuple[str, ...]) -> None:
    with pytest.raises(AssertionError):
        refused(answer(GOOD), 422, *errors)


@pytest.mark.parametrize("status", [200, 201, 500, 503])
def test_a_hostile_request_must_not_pass_or_break(status: int) -> None:
    with pytest.raises(AssertionError):
        never_500(answer(GOOD, status))


DOCUMENT = Document(
    {
        "paths": {
            "/api/v1/posts": {
                "post": {
                    "parameters": [{"name": "limit", "in": "query", "schema": {}}],
                    "requestBody": {
                        "content": {"application/json": {"schema": {"maxProperties": 0}}}
                    },
                    "responses": {
                        "201": {
                            "content": {
                                "application/json": {"schema": {"$ref": "#/components/schemas/P"}}
                            }
                        }
                    },
                }
            }
        },
        "components": {"schemas": {"P": {"type": "object", "required": ["id"]}}},
    }
)


@pytest.mark.parametrize(
    ("body", "status", "media_type", "seen"),
    [
        ({"id": 1}, 201, "application/json", 0),
        ({}, 201, "application/json", 1),
        ({"id": 1}, 201, "text/plain", 1),
        ({"id": 1}, 200, "application/json", 1),
    ],
)
def test_an_answer_beside_the_document_is_seen(
    body: Any, status: int, media_type: str, seen: int
) -> None:
    assert len(list(DOCUMENT.flaws(answer(body, status, media_type)))) == seen


def test_every_type_has_its_rules() -> None:
    assert set(MAKERS) | {"ref", "many"} == set(REFUSED)
    assert set(TAKEN) <= set(MAKERS)
