"""Who may do what with posts; the row is Alice's."""

from typing import Any

import pytest

from tests.posts import samples
from tests.support.callers import Caller
from tests.support.samples import different


def create(callers: dict[str, Caller]) -> str:
    """The address of a row of Alice's."""
    row_id = samples.create(callers["admin"], callers["alice"].user_id)
    return f"{samples.URL}/{row_id}"


@pytest.mark.parametrize(
    ("who", "status", "seen"),
    [
        ("anonymous", 200, 2),
        ("bob", 200, 2),
        ("alice", 200, 2),
        ("admin", 200, 2),
    ],
)
def test_list(callers: dict[str, Caller], who: str, status: int, seen: int | None) -> None:
    create(callers)
    samples.create(callers["admin"])
    response = callers[who].get(samples.URL, params={"include_total": "true"})
    assert response.status_code == status
    assert len(response.json().get("items", [])) == (seen or 0)
    assert response.json().get("total") == seen


def test_a_bad_token_is_not_nobody(anonymous: Caller) -> None:
    response = anonymous.get(samples.URL, headers={"Authorization": "Bearer expired"})
    assert response.status_code == 401


def test_list_by_owner(callers: dict[str, Caller]) -> None:
    row_id = samples.create(callers["admin"], callers["alice"].user_id)
    samples.create(callers["admin"])
    for operator in ("", "__in"):
        asked: Any = {f"owner_id{operator}": callers["alice"].user_id}
        found = callers["alice"].walk(samples.URL, **asked)
        assert [row["id"] for row in found] == [row_id]


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("anonymous", 200),
        ("bob", 200),
        ("alice", 200),
        ("admin", 200),
    ],
)
def test_read(callers: dict[str, Caller], who: str, status: int) -> None:
    response = callers[who].get(create(callers))
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
def test_create(callers: dict[str, Caller], who: str, status: int) -> None:
    body = samples.sample(callers["admin"], callers[who].user_id)
    response = callers[who].post(samples.URL, json=body)
    assert response.status_code == status, response.text
    rows = callers["admin"].walk(samples.URL)
    assert [row["owner_id"] for row in rows] == [callers[who].user_id] * (status == 201)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("anonymous", 401),
        ("bob", 403),
        ("alice", 200),
        ("admin", 200),
    ],
)
def test_update(callers: dict[str, Caller], who: str, status: int) -> None:
    url = create(callers)
    before = callers["admin"].get(url).json()
    body = samples.sample(callers["admin"], callers[who].user_id)
    body |= different(samples.FIELDS)
    response = callers[who].patch(url, json=body)
    assert response.status_code == status, response.text
    after = callers["admin"].get(url).json()
    assert after == (response.json() if status == 200 else before)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("anonymous", 401),
        ("bob", 403),
        ("alice", 204),
        ("admin", 204),
    ],
)
def test_delete(callers: dict[str, Caller], who: str, status: int) -> None:
    url = create(callers)
    response = callers[who].delete(url)
    assert response.status_code == status
    assert callers["admin"].get(url).status_code == (404 if status == 204 else 200)
