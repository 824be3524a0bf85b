"""Who may do what with purchases; the row is Alice's."""

from typing import Any

import pytest

from tests.customers import samples as customers
from tests.purchases import samples
from tests.support.callers import Caller
from tests.support.samples import different


async def create(callers: dict[str, Caller]) -> str:
    """The address of a row of Alice's."""
    row_id = await samples.create(callers["admin"], callers["alice"].user_id)
    return f"{samples.URL}/{row_id}"


@pytest.mark.parametrize(
    ("who", "status", "seen"),
    [
        ("anonymous", 401, None),
        ("bob", 200, 0),
        ("alice", 200, 1),
        ("admin", 200, 2),
    ],
)
async def test_list(callers: dict[str, Caller], who: str, status: int, seen: int | None) -> None:
    await create(callers)
    await samples.create(callers["admin"])
    response = await callers[who].get(samples.URL, params={"include_total": "true"})
    assert response.status_code == status
    assert len(response.json().get("items", [])) == (seen or 0)
    assert response.json().get("total") == seen


async def test_a_bad_token_is_not_nobody(anonymous: Caller) -> None:
    response = await anonymous.get(samples.URL, headers={"Authorization": "Bearer expired"})
    assert response.status_code == 401


async def test_list_by_owner(callers: dict[str, Caller]) -> None:
    row_id = await samples.create(callers["admin"], callers["alice"].user_id)
    await samples.create(callers["admin"])
    for operator in ("", "__in"):
        asked: Any = {f"owner_id{operator}": callers["alice"].user_id}
        found = await callers["alice"].walk(samples.URL, **asked)
        assert [row["id"] for row in found] == [row_id]
        assert await callers["bob"].walk(samples.URL, **asked) == []


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("anonymous", 401),
        ("bob", 404),
        ("alice", 200),
        ("admin", 200),
    ],
)
async def test_read(callers: dict[str, Caller], who: str, status: int) -> None:
    response = await callers[who].get(await create(callers))
    assert response.status_code == status
    assert response.json().get("owner_id") == (callers["alice"].user_id if status == 200 else None)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("anonymous", 401),
        ("bob", 201),
        ("alice", 201),
        ("admin", 201),
    ],
)
async def test_create(callers: dict[str, Caller], who: str, status: int) -> None:
    body = await samples.sample(callers["admin"], callers[who].user_id)
    response = await callers[who].post(samples.URL, json=body)
    assert response.status_code == status, response.text
    rows = await callers["admin"].walk(samples.URL)
    assert [row["owner_id"] for row in rows] == [callers[who].user_id] * (status == 201)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("anonymous", 401),
        ("bob", 404),
        ("alice", 403),
        ("admin", 200),
    ],
)
async def test_update(callers: dict[str, Caller], who: str, status: int) -> None:
    url = await create(callers)
    before = (await callers["admin"].get(url)).json()
    body = await samples.sample(callers["admin"], callers[who].user_id)
    body |= different(samples.FIELDS)
    response = await callers[who].patch(url, json=body)
    assert response.status_code == status, response.text
    after = (await callers["admin"].get(url)).json()
    assert after == (response.json() if status == 200 else before)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("anonymous", 401),
        ("bob", 404),
        ("alice", 403),
        ("admin", 204),
    ],
)
async def test_delete(callers: dict[str, Caller], who: str, status: int) -> None:
    url = await create(callers)
    response = await callers[who].delete(url)
    assert response.status_code == status
    assert (await callers["admin"].get(url)).status_code == (404 if status == 204 else 200)


@pytest.mark.parametrize(
    ("key", "target", "is_list"),
    [
        ("customer_id", customers, False),
    ],
)
async def test_refers_only_to_what_one_may_read(
    callers: dict[str, Caller],
    key: str,
    target: Any,
    is_list: bool,  # noqa: FBT001 - pytest gives it by name
) -> None:
    theirs = await target.create(callers["admin"], callers["alice"].user_id)
    body = await samples.sample(callers["admin"], callers["bob"].user_id)
    body[key] = [theirs] if is_list else theirs
    response = await callers["bob"].post(samples.URL, json=body)
    assert response.status_code == 422
    told = [(error["field"], error["code"]) for error in response.json()["errors"]]
    assert told == [(f"body.{key}.0" if is_list else f"body.{key}", "reference")]
