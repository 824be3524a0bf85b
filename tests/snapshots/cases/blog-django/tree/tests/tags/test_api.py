"""Tags over HTTP, on a real database."""

from functools import partial
from typing import Any
from uuid import UUID

import pytest

from tests.support.callers import Caller, at_once, raw
from tests.support.samples import (
    Field,
    Filter,
    accepted,
    filters,
    fixed,
    in_a_query,
    no_filters,
    ordered,
    refused,
    sortable,
    spread,
    writable,
)
from tests.support.statements import commits, counted_statements, no_commits
from tests.tags import samples

SHOWN = {
    "id",
    "name",
    "created_at",
    "updated_at",
}
READ_ONLY = [
    "id",
    "created_at",
    "updated_at",
]
REQUIRED = {
    "name",
}
MISSING = "018f0000-0000-7000-8000-00000000dead"
MALFORMED = ["1", "018f0000", "018f0000-0000-7000-8000-00000000dead0", "%00", "x" * 300]
ROWS = min(5, samples.CAPACITY)


def read(api: Caller, row_id: Any) -> dict[str, Any]:
    response = api.get(f"{samples.URL}/{row_id}")
    assert response.status_code == 200, response.text
    row: dict[str, Any] = response.json()
    return row


def create_rows(api: Caller, count: int = ROWS) -> list[dict[str, Any]]:
    """In the order in which they were made."""
    return [read(api, samples.create(api)) for _ in range(count)]


def problems(response: Any) -> set[tuple[str, str]]:
    """Which fields are told to be wrong, and how."""
    assert response.status_code in {409, 422}, response.text
    return {(error["field"], error["code"]) for error in response.json()["errors"]}


def names(value: Any) -> str | None:
    return value.key if isinstance(value, Field) else None


def test_is_created_shown_listed_and_deleted(api: Caller) -> None:
    body = samples.sample(api)
    created = api.post(samples.URL, json=body)
    assert created.status_code == 201, created.text
    row = created.json()
    assert set(row) == SHOWN
    assert UUID(row["id"]).version == 7
    assert {key: row[key] for key in SHOWN & set(body)} == {k: body[k] for k in SHOWN & set(body)}
    assert created.headers["Location"] == f"{samples.URL}/{row['id']}"
    assert read(api, row["id"]) == row
    page = api.get(samples.URL)
    assert page.json() == {"items": [row], "next_cursor": None}
    deleted = api.delete(f"{samples.URL}/{row['id']}")
    assert (deleted.status_code, deleted.content) == (204, b"")
    assert api.get(f"{samples.URL}/{row['id']}").status_code == 404
    assert api.get(samples.URL).json() == {"items": [], "next_cursor": None}


def test_gets_its_defaults(api: Caller) -> None:
    body = samples.sample(api)
    sent = {key: value for key, value in body.items() if key in REQUIRED}
    row = api.post(samples.URL, json=sent).json()
    omitted = [field for field in samples.FIELDS if field.key not in sent and not field.private]
    assert {field.key: row[field.key] for field in omitted} == {f.key: f.default for f in omitted}


@pytest.mark.parametrize(("field", "sent", "shown"), accepted(samples.FIELDS), ids=names)
def test_takes(api: Caller, field: Field, sent: Any, shown: Any) -> None:
    body = samples.sample(api) | {field.key: sent}
    response = api.post(samples.URL, json=body)
    assert response.status_code == 201, response.text
    row = read(api, response.json()["id"])
    assert row.get(field.key, "private") == ("private" if field.private else shown)


@pytest.mark.parametrize(("field", "value", "code"), refused(samples.FIELDS), ids=names)
def test_refuses(api: Caller, field: Field, value: Any, code: str) -> None:
    row_id = samples.create(api)
    before = read(api, row_id)
    told = [{(f"body.{field.key}", code)}, {(f"body.{field.key}", "pattern")}]
    told = told if field.pattern else told[:1]
    sent = samples.sample(api) | {field.key: value}
    assert problems(api.post(samples.URL, **raw(sent))) in told
    sent = raw({field.key: value})
    assert problems(api.patch(f"{samples.URL}/{row_id}", **sent)) in told
    assert read(api, row_id) == before


@pytest.mark.parametrize("field", writable(samples.FIELDS), ids=names)
def test_changes_only_what_is_sent(api: Caller, field: Field) -> None:
    row_id = samples.create(api, **{field.key: field.example})
    before = read(api, row_id)
    row = samples.change(api, row_id, {field.key: field.other})
    assert row == read(api, row_id)
    changed = {field.key: field.other} if not field.private else {}
    assert row["updated_at"] != before["updated_at"]
    changed["updated_at"] = row["updated_at"]
    assert row == before | changed


def test_tells_everything_wrong_at_once(api: Caller) -> None:
    response = api.post(samples.URL, json={"no_such_key": 1, "id": "x"})
    missing = {(f"body.{key}", "required") for key in REQUIRED}
    extra = {("body.no_such_key", "unknown"), ("body.id", "readonly")}
    assert problems(response) == missing | extra


@pytest.mark.parametrize("key", READ_ONLY)
def test_does_not_let_clients_write(api: Caller, key: str) -> None:
    row_id = samples.create(api)
    row = read(api, row_id)
    body = samples.sample(api) | {key: row.get(key)}
    assert problems(api.post(samples.URL, json=body)) == {(f"body.{key}", "readonly")}
    url = f"{samples.URL}/{row_id}"
    response = api.patch(url, json={key: row.get(key)})
    assert problems(response) == {(f"body.{key}", "readonly")}
    assert read(api, row_id) == row


@pytest.mark.parametrize("body", [None, [], "text", 7])
def test_is_an_object(api: Caller, body: Any) -> None:
    assert problems(api.post(samples.URL, **raw(body))) == {("body", "type")}


def test_an_empty_patch_changes_nothing(api: Caller) -> None:
    row_id = samples.create(api)
    before = read(api, row_id)
    assert samples.change(api, row_id, {}) == before == read(api, row_id)


@pytest.mark.parametrize("row_id", [MISSING, *MALFORMED])
def test_is_not_there(api: Caller, row_id: Any) -> None:
    url = f"{samples.URL}/{row_id}"
    for response in (
        api.get(url),
        api.patch(url, json={}),
        api.delete(url),
    ):
        assert response.status_code == 404, response.text
        assert response.json()["type"] == "urn:problem:not-found"


def test_only_its_list_takes_parameters(api: Caller) -> None:
    row_id = samples.create(api)
    url, body, asked = f"{samples.URL}/{row_id}", samples.sample(api), {"limit": "1"}
    for response in (
        api.post(samples.URL, json=body, params=asked),
        api.get(url, params=asked),
        api.patch(url, json={}, params=asked),
        api.delete(url, params=asked),
    ):
        assert problems(response) == {("query.limit", "unknown")}
    assert [row["id"] for row in api.walk(samples.URL)] == [row_id]


def test_knows_its_methods(api: Caller) -> None:
    assert api.put(samples.URL, json={}).headers["Allow"] == "GET, POST"
    one = api.put(f"{samples.URL}/{MISSING}", json={})
    assert (one.status_code, one.headers["Allow"]) == (405, "DELETE, GET, PATCH")


@pytest.mark.django_db(transaction=True)
def test_a_write_is_one_transaction(api: Caller) -> None:
    """What fails at its very end leaves nothing behind."""
    row_id = samples.create(api)
    row, body, other = read(api, row_id), *[samples.sample(api) for _ in range(2)]
    url = f"{samples.URL}/{row_id}"
    with no_commits():
        assert api.post(samples.URL, json=body).status_code == 500
        assert api.patch(url, json=body).status_code == 500
        assert api.delete(url).status_code == 500
    assert api.walk(samples.URL) == [row]
    with commits() as seen:
        assert api.patch(url, json=body).status_code == 200
        assert api.post(samples.URL, json=other).status_code == 201
        assert api.delete(url).status_code == 204
    assert len(seen) == 3


UNIQUE = [
    [
        "name",
    ],
]


def two_bodies(api: Caller) -> tuple[dict[str, Any], dict[str, Any]]:
    """They differ in all that is unique."""
    first, second = [samples.sample(api) for _ in range(2)]
    return first, second


@pytest.mark.parametrize("keys", UNIQUE, ids=str)
def test_is_unique(api: Caller, keys: list[str]) -> None:
    first, second = two_bodies(api)
    taken = {key: first[key] for key in keys if key in first}
    told = {(f"body.{key}", "duplicate") for key in keys}
    assert api.post(samples.URL, json=first).status_code == 201
    clash = api.post(samples.URL, json=second | taken)
    assert (clash.status_code, problems(clash)) == (409, told)
    row = api.post(samples.URL, json=second).json()
    clash = api.patch(f"{samples.URL}/{row['id']}", json=taken)
    assert (clash.status_code, problems(clash)) == (409, told)
    assert read(api, row["id"]) == row


@pytest.mark.parametrize("keys", UNIQUE, ids=str)
@pytest.mark.django_db(transaction=True)
def test_is_unique_in_a_race(api: Caller, keys: list[str]) -> None:
    first, second = two_bodies(api)
    second |= {key: first[key] for key in keys if key in first}
    there = api.walk(samples.URL)
    race = [partial(api.post, samples.URL, json=body) for body in (first, second, second)]
    assert sorted([r.status_code for r in at_once(race)]) == [201, 409, 409]
    assert len(api.walk(samples.URL)) == len(there) + 1


@pytest.mark.parametrize("asked", filters(samples.FIELDS), ids=str)
def test_is_filtered(api: Caller, asked: Filter) -> None:
    key = asked.field.key
    values = [asked.field.example, asked.field.other, None]
    values = values[: 3 if asked.field.optional and ROWS > 2 else 2]
    rows = [read(api, samples.create(api, **{key: value})) for value in values]
    found = api.walk(samples.URL, **{asked.parameter: asked.value})
    expected = [row["id"] for row in rows if asked.finds(row[key])]
    assert sorted(row["id"] for row in found) == sorted(expected)
    if asked.operation == "in":
        both = ",".join(in_a_query(value) for value in values[:2])
        assert len(api.walk(samples.URL, **{asked.parameter: both})) == 2


@pytest.mark.parametrize(
    "parameter",
    ["no_such_key", "id__lt", "title[]", "cursor__ne", *no_filters(samples.FIELDS)],
)
def test_does_not_know_the_parameter(api: Caller, parameter: str) -> None:
    response = api.get(samples.URL, params={parameter: "1"})
    assert problems(response) == {(f"query.{parameter}", "unknown")}
    assert "limit" in response.json()["detail"]


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"limit": "0"}, {("query.limit", "too_small")}),
        ({"limit": "101"}, {("query.limit", "too_large")}),
        ({"limit": "x"}, {("query.limit", "type")}),
        ({"limit": ["1", "2"]}, {("query.limit", "invalid")}),
        ({"include_total": "1"}, {("query.include_total", "type")}),
        ({"cursor": "x"}, {("query.cursor", "invalid")}),
        ({"sort": ""}, {("query.sort", "invalid")}),
        ({"sort": "id,-id"}, {("query.sort", "invalid")}),
        ({"sort": "no_such_key"}, {("query.sort", "unknown")}),
        (
            {"limit": "0", "cursor": "x"},
            {("query.limit", "too_small"), ("query.cursor", "invalid")},
        ),
    ],
)
def test_refuses_to_list(
    api: Caller, parameters: dict[str, Any], told: set[tuple[str, str]]
) -> None:
    assert problems(api.get(samples.URL, params=parameters)) == told


def test_is_listed_newest_first(api: Caller) -> None:
    rows = create_rows(api)
    page = api.get(samples.URL, params={"limit": ROWS, "include_total": "true"})
    rows.sort(key=lambda row: row["created_at"], reverse=True)
    assert page.json() == {"items": rows, "next_cursor": None, "total": ROWS}
    page = api.get(samples.URL, params={"limit": 1, "include_total": "true"})
    assert (page.json()["items"], page.json()["total"]) == (rows[:1], ROWS)


@pytest.mark.parametrize(
    "field",
    [
        fixed("id", "uuid"),
        fixed("created_at", "datetime"),
        fixed("updated_at", "datetime"),
        *sortable(samples.FIELDS),
    ],
    ids=names,
)
def test_is_sorted_and_paged(api: Caller, field: Field) -> None:
    """Rows of one value, and rows without a value, each come once."""
    rows = create_rows(api)
    for row, value in zip(rows, spread(field), strict=False):
        row.update(samples.change(api, row["id"], {field.key: value}))
    rising = api.walk(samples.URL, sort=field.key, limit=1)
    assert rising == ordered(rows, field, descending=False)
    falling = api.walk(samples.URL, sort=f"-{field.key}", limit=2)
    assert falling == ordered(rows, field, descending=True)


def test_pages_hold_still_while_rows_come(api: Caller) -> None:
    rows = create_rows(api, ROWS - 1)
    first = api.get(samples.URL, params={"limit": 1}).json()
    samples.create(api)
    cursor = {"cursor": first["next_cursor"]} if first["next_cursor"] else {"id": MISSING}
    rest = api.walk(samples.URL, limit=1, **cursor)
    assert [*first["items"], *rest] == rows[::-1]


def test_a_page_holds_twenty(api: Caller) -> None:
    count = min(21, samples.CAPACITY)
    for _ in range(count):
        samples.create(api)
    assert len(api.get(samples.URL).json()["items"]) == min(20, count)
    assert len(api.get(samples.URL, params={"limit": 100}).json()["items"]) == count


def test_a_cursor_is_of_its_list(api: Caller) -> None:
    create_rows(api, 2)
    parameters: dict[str, Any] = {"limit": 1, "sort": "id", "id__ne": MISSING}
    cursor = api.get(samples.URL, params=parameters).json()["next_cursor"]
    middle = len(cursor) // 2
    tampered = cursor[:middle] + ("A" if cursor[middle] != "A" else "B") + cursor[middle + 1 :]
    for change in (
        {"cursor": tampered},
        {"cursor": cursor[:-1]},
        {"cursor": cursor + "A"},
        {"cursor": cursor, "sort": "-id"},
        {"cursor": cursor, "id__in": MISSING},
    ):
        response = api.get(samples.URL, params=parameters | change)
        assert problems(response) == {("query.cursor", "invalid")}
    response = api.get(samples.URL, params=parameters | {"cursor": cursor, "limit": 2})
    assert response.status_code == 200


def test_a_list_costs_the_same_whatever_its_length(api: Caller) -> None:
    counts, longest = set(), min(5, samples.CAPACITY // 2)
    for more in (1, longest - 1):
        for _ in range(more):
            samples.create(api)
        with counted_statements() as seen:
            page = api.get(samples.URL, params={"limit": 100})
        counts.add(len(seen))
    assert len(page.json()["items"]) >= longest
    assert len(counts) == 1, seen
