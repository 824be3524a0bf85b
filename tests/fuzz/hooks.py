"""What Schemathesis is told of a service: rows that are there, and what no schema can say.

It runs in Schemathesis's own environment. `KNOWN_ROWS` holds `ids`, a row's id for each collection, and
`bodies`, the references that a body for a collection may hold.
"""

import json
import os
from typing import Any
from uuid import UUID
from zlib import crc32

import schemathesis
from schemathesis.specs.openapi.checks import positive_data_acceptance

KNOWN = json.loads(os.environ["KNOWN_ROWS"])
UNFORESEEABLE = {
    ("query.cursor", "invalid"),
    ("query.sort", "invalid"),
    ("body.current_password", "invalid"),
}
"""A cursor is signed and bound to its sort and filters, `id` and `-id` are not unique together, and a
password is the user's own."""
BOUNDS = {"too_small", "too_large"}
"""Of a decimal: it is a string, and no keyword compares what the digits of one say."""
EDGES = ("0001-01-01T", "9999-12-31T")
"""Days that lie outside the calendar where the offset moves them there."""
WITHIN = (dict, list, int)
"""Of JSON, schemas tell its types and that a text has no NUL, but neither what is inside, nor how deep it
goes, nor how large an integer is (a fraction may be larger)."""


@schemathesis.check
def valid_data_is_accepted(ctx: Any, response: Any, case: Any) -> bool | None:
    """Schemathesis's own check, but for values that only the service's state makes wrong.

    Among them the version in If-Match: a row of another one is 412.
    """
    if response.status_code == 412:
        return None
    if response.status_code == 422:
        errors = response.json()["errors"]
        if all(is_unforeseeable(error, case) for error in errors):
            return None
    accepted: bool | None = positive_data_acceptance(ctx, response, case)
    return accepted


def is_unforeseeable(error: dict[str, str], case: Any) -> bool:
    field, code = error["field"], error["code"]
    place, _, key = field.partition(".")
    part = getattr(case, place, None)
    sent = part.get(key) if isinstance(part, dict) else None
    is_bound = place == "body" and code in BOUNDS and isinstance(sent, str)
    is_within = place == "body" and code == "invalid" and isinstance(sent, WITHIN)
    is_outside = code == "format" and any(edge in str(sent) for edge in EDGES)
    told = code == "reference" or (field, code) in UNFORESEEABLE
    return told or is_bound or is_within or is_outside


@schemathesis.hook
def map_path_parameters(ctx: Any, path_parameters: Any) -> Any:
    """Every other valid id of what is not deleted is that of a row that is there."""
    collection = ctx.operation.path.rpartition("/")[0]
    if ctx.operation.method == "delete" or collection not in KNOWN["ids"]:
        return path_parameters
    row = KNOWN["ids"][collection]
    return {key: known(value, row) for key, value in (path_parameters or {}).items()}


@schemathesis.hook
def filter_query(ctx: Any, query: Any) -> bool:
    """What is wrong as JSON and right as it is written into the address is not sent.

    A number becomes its digits, which are a text like any other, and an empty list or object becomes nothing.
    """
    told = {each.name: each.definition["schema"] for each in ctx.operation.query}
    return all(
        is_written_as_given(value, told[name])
        for name, value in (query or {}).items()
        if name in told
    )


def is_written_as_given(value: Any, schema: dict[str, Any]) -> bool:
    if isinstance(value, list):
        return value != [] and all(is_written_as_given(each, schema) for each in value)
    asked = schema.get("items", schema).get("type")
    return value != {} and (asked != "string" or isinstance(value, str))


@schemathesis.hook
def map_headers(ctx: Any, headers: Any) -> Any:
    """Every other If-Match names any version."""
    found = dict(headers or {})
    return {
        key: "*" if key.lower() == "if-match" and is_chosen(value) else value
        for key, value in found.items()
    }


@schemathesis.hook
def map_body(ctx: Any, body: Any) -> Any:
    """Every other valid reference is to a row that is there."""
    collection = ctx.operation.path.partition("/{")[0]
    rows = KNOWN["bodies"].get(collection, {})
    if not isinstance(body, dict):
        return body
    return {key: known(value, rows[key]) if key in rows else value for key, value in body.items()}


def known(value: Any, row: Any) -> Any:
    if isinstance(value, list):
        return [known(value[0], row)] if len(value) == 1 else value
    return row if is_chosen(value) and is_id(value, type(row)) else value


def is_chosen(value: Any) -> bool:
    return crc32(repr(value).encode()) % 2 == 1


def is_id(value: Any, kind: type) -> bool:
    """Whether it is well-formed: what is wrong on purpose stays wrong."""
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool)
    try:
        return isinstance(value, str) and str(UUID(value)) == value
    except ValueError:
        return False
