"""What every answer that is not a success has to look like."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any

from tests.contract.client import Answer

TYPES = {
    400: "bad-request",
    401: "unauthorized",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    409: "conflict",
    412: "precondition-failed",
    413: "payload-too-large",
    415: "unsupported-media-type",
    422: "validation",
    428: "precondition-required",
    429: "rate-limited",
    500: "internal",
    503: "unavailable",
}
TITLES = {status: HTTPStatus(status).phrase for status in TYPES} | {
    413: "Content Too Large",
    422: "Unprocessable Content",
}
"""The phrases of RFC 9110; older libraries know these two by other names."""

CODES = frozenset(
    [
        "required",
        "unknown",
        "type",
        "too_short",
        "too_long",
        "too_small",
        "too_large",
        "pattern",
        "enum",
        "format",
        "duplicate",
        "reference",
        "readonly",
        "invalid",
    ]
)
FIELD = re.compile(r"(body|query)(\.[^.]*)*|header\.[A-Za-z-]+")


def flaws(answer: Answer) -> list[str]:
    """What is wrong with the shape of a problem body; nothing is said of a success."""
    if answer.status < 400 or answer.method == "HEAD":
        return []
    if answer.content_type != "application/problem+json":
        return [f"Content-Type is {answer.content_type!r}, not application/problem+json"]
    return _body_flaws(answer, answer.json)


def _body_flaws(answer: Answer, body: Any) -> list[str]:
    keys = {"type", "title", "status", "detail", "instance", "request_id"}
    if not isinstance(body, dict) or set(body) - {"errors"} != keys:
        return [f"keys are {sorted(body)}"]
    wanted = {
        "type": f"urn:problem:{TYPES.get(answer.status)}",
        "title": TITLES.get(answer.status),
        "status": answer.status,
        "instance": answer.path,
        "request_id": answer.headers.get("x-request-id"),
    }
    wrong = [f"{k} is {body[k]!r}, not {v!r}" for k, v in wanted.items() if body[k] != v]
    if not isinstance(body["detail"], str) or not body["detail"]:
        wrong.append(f"detail is {body['detail']!r}")
    return wrong + [flaw for row in body.get("errors", []) for flaw in _error_flaws(row)]


def _error_flaws(row: Any) -> list[str]:
    if set(row) != {"field", "code", "message"}:
        return [f"error keys are {sorted(row)}"]
    wrong = [] if row["code"] in CODES else [f"code {row['code']!r} is not of the closed set"]
    if not FIELD.fullmatch(row["field"]):
        wrong.append(f"field {row['field']!r} is not a dotted path")
    if not isinstance(row["message"], str) or not row["message"]:
        wrong.append(f"message is {row['message']!r}")
    return wrong


def refused(answer: Answer, status: int, *errors: str) -> dict[str, Any]:
    """Asserts a problem of this status that names exactly these errors (`body.title required`)."""
    assert answer.status == status, answer
    assert flaws(answer) == [], answer
    body: dict[str, Any] = answer.json
    named = sorted(f"{row['field']} {row['code']}" for row in body.get("errors", []))
    assert named == sorted(errors), answer
    return body


def done(answer: Answer, status: int = 200) -> Any:
    """Asserts a success and returns its JSON, None for an empty body."""
    assert answer.status == status, answer
    if status == 204:
        assert answer.content == b"", answer
        return None
    assert answer.content_type == "application/json", answer
    return answer.json


def never_500(answer: Answer) -> None:
    """Asserts that a hostile request was refused, with a problem body of the right shape."""
    assert 400 <= answer.status < 500, answer
    assert flaws(answer) == [], answer
