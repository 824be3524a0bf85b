"""Products over HTTP, on a real database."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from tests.categories import samples as categories
from tests.products import samples
from tests.support.callers import Caller, raw
from tests.support.samples import (
    Field,
    Filter,
    accepted,
    different,
    filters,
    fixed,
    in_a_query,
    misfits,
    no_filters,
    ordered,
    refused,
    sortable,
    spread,
    writable,
)
from tests.support.statements import commits, counted_statements, no_commits
from tests.tags import samples as tags

SHOWN = {
    "id",
    "sku",
    "name",
    "description",
    "price",
    "stock",
    "discontinued",
    "category_id",
    "tag_ids",
    "related_ids",
    "created_at",
    "updated_at",
}
READ_ONLY = [
    "id",
    "created_at",
    "updated_at",
]
REQUIRED = {
    "sku",
    "name",
    "price",
    "category_id",
}
MISSING = "018f0000-0000-7000-8000-00000000dead"
MALFORMED = ["1", "018f0000", "018f0000-0000-7000-8000-00000000dead0", "%00", "x" * 300]
ROWS = min(5, samples.CAPACITY)


async def read(api: Caller, row_id: Any) -> dict[str, Any]:
    response = await api.get(f"{samples.URL}/{row_id}")
    assert response.status_code == 200, response.text
    row: dict[str, Any] = response.json()
    return row


async def create_rows(api: Caller, count: int = ROWS) -> list[dict[str, Any]]:
    """In the order in which they were made."""
    return [await read(api, await samples.create(api)) for _ in range(count)]


def problems(response: Any) -> set[tuple[str, str]]:
    """Which fields are told to be wrong, and how."""
    assert response.status_code in {409, 422}, response.text
    return {(error["field"], error["code"]) for error in response.json()["errors"]}


def names(value: Any) -> str | None:
    return value.key if isinstance(value, Field) else None


async def test_is_created_shown_listed_and_deleted(api: Caller) -> None:
    body = await samples.sample(api)
    created = await api.post(samples.URL, json=body)
    assert created.status_code == 201, created.text
    row = created.json()
    assert set(row) == SHOWN
    assert UUID(row["id"]).version == 7
    assert {key: row[key] for key in SHOWN & set(body)} == {k: body[k] for k in SHOWN & set(body)}
    assert created.headers["Location"] == f"{samples.URL}/{row['id']}"
    assert await read(api, row["id"]) == row
    page = await api.get(samples.URL)
    assert page.json() == {"items": [row], "next_cursor": None}
    deleted = await api.delete(f"{samples.URL}/{row['id']}", headers=samples.ANY_VERSION)
    assert (deleted.status_code, deleted.content) == (204, b"")
    assert (await api.get(f"{samples.URL}/{row['id']}")).status_code == 404
    assert (await api.get(samples.URL)).json() == {"items": [], "next_cursor": None}


async def test_gets_its_defaults(api: Caller) -> None:
    body = await samples.sample(api)
    sent = {key: value for key, value in body.items() if key in REQUIRED}
    row = (await api.post(samples.URL, json=sent)).json()
    omitted = [field for field in samples.FIELDS if field.key not in sent and not field.private]
    assert {field.key: row[field.key] for field in omitted} == {f.key: f.default for f in omitted}
    assert row["tag_ids"] == []
    assert row["related_ids"] == []


@pytest.mark.parametrize(("field", "sent", "shown"), accepted(samples.FIELDS), ids=names)
async def test_takes(api: Caller, field: Field, sent: Any, shown: Any) -> None:
    body = await samples.sample(api) | {field.key: sent}
    response = await api.post(samples.URL, json=body)
    assert response.status_code == 201, response.text
    row = await read(api, response.json()["id"])
    assert row.get(field.key, "private") == ("private" if field.private else shown)


@pytest.mark.parametrize(("field", "value", "code"), refused(samples.FIELDS), ids=names)
async def test_refuses(api: Caller, field: Field, value: Any, code: str) -> None:
    row_id = await samples.create(api)
    before = await read(api, row_id)
    told = [{(f"body.{field.key}", code)}, {(f"body.{field.key}", "pattern")}]
    told = told if field.pattern else told[:1]
    sent = await samples.sample(api) | {field.key: value}
    assert problems(await api.post(samples.URL, **raw(sent))) in told
    sent = raw({field.key: value}, **samples.ANY_VERSION)
    assert problems(await api.patch(f"{samples.URL}/{row_id}", **sent)) in told
    assert await read(api, row_id) == before


@pytest.mark.parametrize("field", writable(samples.FIELDS), ids=names)
async def test_changes_only_what_is_sent(api: Caller, field: Field) -> None:
    row_id = await samples.create(api, **{field.key: field.example})
    before = await read(api, row_id)
    row = await samples.change(api, row_id, {field.key: field.other})
    assert row == await read(api, row_id)
    changed = {field.key: field.other} if not field.private else {}
    assert row["updated_at"] != before["updated_at"]
    changed["updated_at"] = row["updated_at"]
    assert row == before | changed


async def test_tells_everything_wrong_at_once(api: Caller) -> None:
    response = await api.post(samples.URL, json={"no_such_key": 1, "id": "x"})
    missing = {(f"body.{key}", "required") for key in REQUIRED}
    extra = {("body.no_such_key", "unknown"), ("body.id", "readonly")}
    assert problems(response) == missing | extra


@pytest.mark.parametrize("key", READ_ONLY)
async def test_does_not_let_clients_write(api: Caller, key: str) -> None:
    row_id = await samples.create(api)
    row = await read(api, row_id)
    body = await samples.sample(api) | {key: row.get(key)}
    assert problems(await api.post(samples.URL, json=body)) == {(f"body.{key}", "readonly")}
    url = f"{samples.URL}/{row_id}"
    response = await api.patch(url, json={key: row.get(key)}, headers=samples.ANY_VERSION)
    assert problems(response) == {(f"body.{key}", "readonly")}
    assert await read(api, row_id) == row


@pytest.mark.parametrize("body", [None, [], "text", 7])
async def test_is_an_object(api: Caller, body: Any) -> None:
    assert problems(await api.post(samples.URL, **raw(body))) == {("body", "type")}


async def test_an_empty_patch_changes_nothing(api: Caller) -> None:
    row_id = await samples.create(api)
    before = await read(api, row_id)
    assert await samples.change(api, row_id, {}) == before == await read(api, row_id)


@pytest.mark.parametrize("row_id", [MISSING, *MALFORMED])
async def test_is_not_there(api: Caller, row_id: Any) -> None:
    url = f"{samples.URL}/{row_id}"
    for response in (
        await api.get(url),
        await api.patch(url, json={}, headers=samples.ANY_VERSION),
        await api.delete(url, headers=samples.ANY_VERSION),
    ):
        assert response.status_code == 404, response.text
        assert response.json()["type"] == "urn:problem:not-found"


async def test_only_its_list_takes_parameters(api: Caller) -> None:
    row_id = await samples.create(api)
    url, body, asked = f"{samples.URL}/{row_id}", await samples.sample(api), {"limit": "1"}
    for response in (
        await api.post(samples.URL, json=body, params=asked),
        await api.get(url, params=asked),
        await api.patch(url, json={}, params=asked, headers=samples.ANY_VERSION),
        await api.delete(url, params=asked, headers=samples.ANY_VERSION),
    ):
        assert problems(response) == {("query.limit", "unknown")}
    assert [row["id"] for row in await api.walk(samples.URL)] == [row_id]


async def test_knows_its_methods(api: Caller) -> None:
    assert (await api.put(samples.URL, json={})).headers["Allow"] == "GET, POST"
    one = await api.put(f"{samples.URL}/{MISSING}", json={})
    assert (one.status_code, one.headers["Allow"]) == (405, "DELETE, GET, PATCH")


async def test_a_write_is_one_transaction(api: Caller) -> None:
    """What fails at its very end leaves nothing behind."""
    row_id = await samples.create(api)
    row, body, other = await read(api, row_id), *[await samples.sample(api) for _ in range(2)]
    url, engine = f"{samples.URL}/{row_id}", api.app.state.database.engine
    with no_commits():
        assert (await api.post(samples.URL, json=body)).status_code == 500
        assert (await api.patch(url, json=body, headers=samples.ANY_VERSION)).status_code == 500
        assert (await api.delete(url, headers=samples.ANY_VERSION)).status_code == 500
    assert await api.walk(samples.URL) == [row]
    with commits(engine) as seen:
        assert (await api.patch(url, json=body, headers=samples.ANY_VERSION)).status_code == 200
        assert (await api.post(samples.URL, json=other)).status_code == 201
        assert (await api.delete(url, headers=samples.ANY_VERSION)).status_code == 204
    assert len(seen) == 3


UNIQUE = [
    [
        "sku",
    ],
]


async def two_bodies(api: Caller) -> tuple[dict[str, Any], dict[str, Any]]:
    """They differ in all that is unique."""
    first, second = [await samples.sample(api) for _ in range(2)]
    return first, second


@pytest.mark.parametrize("keys", UNIQUE, ids=str)
async def test_is_unique(api: Caller, keys: list[str]) -> None:
    first, second = await two_bodies(api)
    taken = {key: first[key] for key in keys if key in first}
    told = {(f"body.{key}", "duplicate") for key in keys}
    assert (await api.post(samples.URL, json=first)).status_code == 201
    clash = await api.post(samples.URL, json=second | taken)
    assert (clash.status_code, problems(clash)) == (409, told)
    row = (await api.post(samples.URL, json=second)).json()
    clash = await api.patch(f"{samples.URL}/{row['id']}", json=taken, headers=samples.ANY_VERSION)
    assert (clash.status_code, problems(clash)) == (409, told)
    assert await read(api, row["id"]) == row


@pytest.mark.parametrize("keys", UNIQUE, ids=str)
async def test_is_unique_in_a_race(api: Caller, keys: list[str]) -> None:
    first, second = await two_bodies(api)
    second |= {key: first[key] for key in keys if key in first}
    there = await api.walk(samples.URL)
    race = [api.post(samples.URL, json=body) for body in (first, second, second)]
    assert sorted([r.status_code for r in await asyncio.gather(*race)]) == [201, 409, 409]
    assert len(await api.walk(samples.URL)) == len(there) + 1


REFERENCES = [
    ("category_id", categories),
]


@pytest.mark.parametrize(("key", "target"), REFERENCES)
async def test_refers_to_what_is_there(api: Caller, key: str, target: Any) -> None:
    first, second = [await target.create(api) for _ in range(2)]
    row_id = await samples.create(api, **{key: first})
    assert (await read(api, row_id))[key] == first
    assert (await samples.change(api, row_id, {key: second}))[key] == second
    assert (await read(api, row_id))[key] == second


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("category_id", "018f0000-0000-7000-8000-00000000dead", "reference"),
        ("category_id", "018f0000", "format"),
        ("category_id", 7, "type"),
        ("category_id", None, "type"),
    ],
)
async def test_refers_to_nothing_else(api: Caller, key: str, value: Any, code: str) -> None:
    row_id = await samples.create(api)
    before = await read(api, row_id)
    body = await samples.sample(api) | {key: value}
    assert problems(await api.post(samples.URL, json=body)) == {(f"body.{key}", code)}
    url = f"{samples.URL}/{row_id}"
    response = await api.patch(url, json={key: value}, headers=samples.ANY_VERSION)
    assert problems(response) == {(f"body.{key}", code)}
    assert await read(api, row_id) == before


@pytest.mark.parametrize(
    ("key", "target", "status", "after"),
    [
        ("category_id", categories, 409, "kept"),
    ],
)
async def test_when_what_it_refers_to_is_deleted(
    api: Caller, key: str, target: Any, status: int, after: str
) -> None:
    target_id = await target.create(api)
    row_id = await samples.create(api, **{key: target_id})
    assert await target.remove(api, target_id) == status
    response = await api.get(f"{samples.URL}/{row_id}")
    assert response.status_code == (404 if after == "gone" else 200)
    assert response.json().get(key) == (target_id if after == "kept" else None)


@pytest.mark.parametrize(("key", "target"), REFERENCES)
async def test_is_found_by_what_it_refers_to(api: Caller, key: str, target: Any) -> None:
    first, second = [await target.create(api) for _ in range(2)]
    one, two = [await samples.create(api, **{key: each}) for each in (first, second)]
    for parameters, expected in (
        ({key: first}, {one}),
        ({f"{key}__ne": first}, {two}),
        ({f"{key}__in": f"{first},{second}"}, {one, two}),
        ({key: first, f"{key}__in": second}, set()),
    ):
        found = {row["id"] for row in await api.walk(samples.URL, **parameters)}
        assert found & {one, two} == expected, parameters


LISTS = [
    ("tag_ids", tags, 2**62),
    ("related_ids", samples, "018f0000-0000-7000-8000-00000000dead"),
]


@pytest.mark.parametrize(("key", "target", "_missing"), LISTS)
async def test_has_a_list(api: Caller, key: str, target: Any, _missing: Any) -> None:
    first, second = sorted([await target.create(api) for _ in range(2)])
    row_id = await samples.create(api, **{key: [second, first]})
    before = await read(api, row_id)
    assert before[key] == [first, second]
    row = await samples.change(api, row_id, {key: [second]})
    assert row == await read(api, row_id)
    changed = {key: [second], "updated_at": row["updated_at"]}
    assert row == before | changed
    assert row["updated_at"] != before["updated_at"]
    assert (await samples.change(api, row_id, {key: []}))[key] == []
    assert (await read(api, row_id))[key] == []


@pytest.mark.parametrize(("key", "target", "missing"), LISTS)
async def test_has_a_list_of_what_is_there(
    api: Caller, key: str, target: Any, missing: Any
) -> None:
    there = await target.create(api)
    row_id = await samples.create(api, **{key: [there]})
    before = await read(api, row_id)
    for value, field, code in (
        ([there, missing], f"{key}.1", "reference"),
        ([there, there], key, "duplicate"),
        ([there, {}], f"{key}.1", "type"),
        (there, key, "type"),
        (None, key, "type"),
    ):
        body = await samples.sample(api) | {key: value}
        assert problems(await api.post(samples.URL, json=body)) == {(f"body.{field}", code)}
        url = f"{samples.URL}/{row_id}"
        response = await api.patch(url, json={key: value}, headers=samples.ANY_VERSION)
        assert problems(response) == {(f"body.{field}", code)}
    assert await read(api, row_id) == before


@pytest.mark.parametrize(("key", "target", "_missing"), LISTS)
async def test_is_found_by_all_of_its_list(
    api: Caller, key: str, target: Any, _missing: Any
) -> None:
    first, second = [await target.create(api) for _ in range(2)]
    one = await samples.create(api, **{key: [first]})
    both = await samples.create(api, **{key: [first, second]})
    for asked, expected in (
        (f"{first}", {one, both}),
        (f"{second}", {both}),
        (f"{first},{second}", {both}),
    ):
        assert {row["id"] for row in await api.walk(samples.URL, **{key: asked})} == expected


@pytest.mark.parametrize(("key", "target", "_missing"), LISTS)
async def test_a_list_is_written_as_a_whole(
    api: Caller, key: str, target: Any, _missing: Any
) -> None:
    row_id = await samples.create(api)
    lists = [sorted([await target.create(api) for _ in range(2)]) for _ in range(2)]
    url = f"{samples.URL}/{row_id}"
    race = [api.patch(url, json={key: ids}, headers=samples.ANY_VERSION) for ids in lists]
    assert 200 in {response.status_code for response in await asyncio.gather(*race)}
    assert (await read(api, row_id))[key] in lists


@pytest.mark.parametrize(
    ("key", "target"),
    [
        ("tag_ids", tags),
        ("related_ids", samples),
    ],
)
async def test_loses_what_is_deleted_from_its_list(api: Caller, key: str, target: Any) -> None:
    first, second = [await target.create(api) for _ in range(2)]
    row_id = await samples.create(api, **{key: [first, second]})
    assert await target.remove(api, first) == 204
    assert (await read(api, row_id))[key] == [second]


@pytest.mark.parametrize("asked", filters(samples.FIELDS), ids=str)
async def test_is_filtered(api: Caller, asked: Filter) -> None:
    key = asked.field.key
    values = [asked.field.example, asked.field.other, None]
    values = values[: 3 if asked.field.optional and ROWS > 2 else 2]
    rows = [await read(api, await samples.create(api, **{key: value})) for value in values]
    found = await api.walk(samples.URL, **{asked.parameter: asked.value})
    expected = [row["id"] for row in rows if asked.finds(row[key])]
    assert sorted(row["id"] for row in found) == sorted(expected)
    if asked.operation == "in":
        both = ",".join(in_a_query(value) for value in values[:2])
        assert len(await api.walk(samples.URL, **{asked.parameter: both})) == 2


@pytest.mark.parametrize(("field", "value", "code"), misfits(samples.FIELDS), ids=names)
async def test_refuses_to_filter_by(api: Caller, field: Field, value: str, code: str) -> None:
    response = await api.get(samples.URL, params={field.key: value})
    assert problems(response) == {(f"query.{field.key}", code)}


@pytest.mark.parametrize(
    "key",
    [
        "description",
    ],
)
async def test_is_found_by_what_it_lacks(api: Caller, key: str) -> None:
    empty, full = await create_rows(api, 2)
    await samples.change(api, empty["id"], {key: None})
    for answer, expected in (("true", empty), ("false", full)):
        found = await api.walk(samples.URL, **{f"{key}__isnull": answer})
        assert [row["id"] for row in found if row["id"] in {empty["id"], full["id"]}] == [
            expected["id"]
        ]


@pytest.mark.parametrize(
    "parameter",
    ["no_such_key", "id__lt", "title[]", "cursor__ne", *no_filters(samples.FIELDS)],
)
async def test_does_not_know_the_parameter(api: Caller, parameter: str) -> None:
    response = await api.get(samples.URL, params={parameter: "1"})
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
        ({"sort": "description"}, {("query.sort", "unknown")}),
        ({"sort": "tag_ids"}, {("query.sort", "unknown")}),
        ({"sort": "related_ids"}, {("query.sort", "unknown")}),
    ],
)
async def test_refuses_to_list(
    api: Caller, parameters: dict[str, Any], told: set[tuple[str, str]]
) -> None:
    assert problems(await api.get(samples.URL, params=parameters)) == told


async def test_is_listed_newest_first(api: Caller) -> None:
    rows = await create_rows(api)
    page = await api.get(samples.URL, params={"limit": ROWS, "include_total": "true"})
    rows.sort(key=lambda row: row["created_at"], reverse=True)
    assert page.json() == {"items": rows, "next_cursor": None, "total": ROWS}
    page = await api.get(samples.URL, params={"limit": 1, "include_total": "true"})
    assert (page.json()["items"], page.json()["total"]) == (rows[:1], ROWS)


@pytest.mark.parametrize(
    "field",
    [
        fixed("id", "uuid"),
        fixed("created_at", "datetime"),
        fixed("updated_at", "datetime"),
        fixed("category_id", "uuid"),
        *sortable(samples.FIELDS),
    ],
    ids=names,
)
async def test_is_sorted_and_paged(api: Caller, field: Field) -> None:
    """Rows of one value, and rows without a value, each come once."""
    rows = await create_rows(api)
    for row, value in zip(rows, spread(field), strict=False):
        row.update(await samples.change(api, row["id"], {field.key: value}))
    rising = await api.walk(samples.URL, sort=field.key, limit=1)
    assert rising == ordered(rows, field, descending=False)
    falling = await api.walk(samples.URL, sort=f"-{field.key}", limit=2)
    assert falling == ordered(rows, field, descending=True)


async def test_pages_hold_still_while_rows_come(api: Caller) -> None:
    rows = await create_rows(api, ROWS - 1)
    first = (await api.get(samples.URL, params={"limit": 1})).json()
    await samples.create(api)
    cursor = {"cursor": first["next_cursor"]} if first["next_cursor"] else {"id": MISSING}
    rest = await api.walk(samples.URL, limit=1, **cursor)
    assert [*first["items"], *rest] == rows[::-1]


async def test_a_page_holds_twenty(api: Caller) -> None:
    count = min(21, samples.CAPACITY)
    for _ in range(count):
        await samples.create(api)
    assert len((await api.get(samples.URL)).json()["items"]) == min(20, count)
    assert len((await api.get(samples.URL, params={"limit": 100})).json()["items"]) == count


async def test_a_cursor_is_of_its_list(api: Caller) -> None:
    await create_rows(api, 2)
    parameters: dict[str, Any] = {"limit": 1, "sort": "id", "id__ne": MISSING}
    cursor = (await api.get(samples.URL, params=parameters)).json()["next_cursor"]
    middle = len(cursor) // 2
    tampered = cursor[:middle] + ("A" if cursor[middle] != "A" else "B") + cursor[middle + 1 :]
    for change in (
        {"cursor": tampered},
        {"cursor": cursor[:-1]},
        {"cursor": cursor + "A"},
        {"cursor": cursor, "sort": "-id"},
        {"cursor": cursor, "id__in": MISSING},
    ):
        response = await api.get(samples.URL, params=parameters | change)
        assert problems(response) == {("query.cursor", "invalid")}
    response = await api.get(samples.URL, params=parameters | {"cursor": cursor, "limit": 2})
    assert response.status_code == 200


async def test_a_list_costs_the_same_whatever_its_length(api: Caller) -> None:
    counts, longest = set(), min(100, samples.CAPACITY // 2)
    lists = {key: [await target.create(api)] for key, target, _ in LISTS}
    for more in (1, longest - 1):
        for _ in range(more):
            await samples.create(api, **lists)
        with counted_statements(api.app.state.database.engine) as seen:
            page = await api.get(samples.URL, params={"limit": 100})
        counts.add(len(seen))
    assert len(page.json()["items"]) >= longest
    assert len(counts) == 1, seen


@pytest.mark.parametrize("field", [f for f in writable(samples.FIELDS) if f.searched], ids=names)
async def test_is_searched(api: Caller, field: Field) -> None:
    others = {f.key: f.other for f in writable(samples.FIELDS) if f.searched and not f.varies}
    found = await samples.create(api, **(others | {field.key: field.example}))
    await samples.create(api, **(others | {field.key: field.other}))
    words = field.example.swapcase()
    for asked in (words, f"  {' '.join(reversed(words.split()))} ", words[1:]):
        assert [row["id"] for row in await api.walk(samples.URL, q=asked)] == [found]
    assert await api.walk(samples.URL, q=f"{words} nosuchword") == []
    assert await api.walk(samples.URL, q="%") == []
    assert len(await api.walk(samples.URL, q="")) == 2


async def test_has_a_version(api: Caller) -> None:
    created = await api.post(samples.URL, json=await samples.sample(api))
    url, first = created.headers["Location"], created.headers["ETag"]
    assert (await api.get(url)).headers["ETag"] == first
    unchanged = await api.patch(url, json={}, headers={"If-Match": first})
    assert unchanged.headers["ETag"] == first
    body = await samples.sample(api) | different(samples.FIELDS)
    changed = await api.patch(url, json=body, headers={"If-Match": f'"0", {first}'})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != first
    assert (await api.get(url)).headers["ETag"] == changed.headers["ETag"]
    for stale in (first, f"W/{changed.headers['ETag']}", '"0"', "nonsense"):
        headers = {"If-Match": stale}
        assert (await api.patch(url, json=body, headers=headers)).status_code == 412
        assert (await api.delete(url, headers=headers)).status_code == 412
    assert (await api.patch(url, json=body)).status_code == 428
    assert (await api.delete(url)).status_code == 428
    assert (await api.get(url)).json() == changed.json()
    headers = {"If-Match": changed.headers["ETag"]}
    assert (await api.delete(url, headers=headers)).status_code == 204


async def test_one_of_two_that_race_for_a_version_wins(api: Caller) -> None:
    created = await api.post(samples.URL, json=await samples.sample(api))
    url, headers = created.headers["Location"], {"If-Match": created.headers["ETag"]}
    bodies = [await samples.sample(api) | different(samples.FIELDS) for _ in range(2)]
    race = [api.patch(url, json=body, headers=headers) for body in bodies]
    assert sorted([r.status_code for r in await asyncio.gather(*race)]) == [200, 412]


@pytest.mark.parametrize(("key", "target", "_missing"), LISTS)
async def test_a_change_of_a_list_is_a_new_version(
    api: Caller, key: str, target: Any, _missing: Any
) -> None:
    created = await api.post(samples.URL, json=await samples.sample(api))
    url, headers = created.headers["Location"], {"If-Match": created.headers["ETag"]}
    change = {key: [await target.create(api)]}
    assert (await api.patch(url, json=change, headers=headers)).status_code == 200
    assert (await api.patch(url, json=change, headers=headers)).status_code == 412
