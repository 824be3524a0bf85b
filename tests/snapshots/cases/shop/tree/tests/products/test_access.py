"""Who may do what with products."""

import pytest

from tests.products import samples
from tests.support.callers import Caller
from tests.support.samples import different


async def create(callers: dict[str, Caller]) -> str:
    """The address of a row."""
    row_id = await samples.create(callers["admin"], callers["alice"].user_id)
    return f"{samples.URL}/{row_id}"


@pytest.mark.parametrize(
    ("who", "status", "seen"),
    [
        ("anonymous", 200, 2),
        ("bob", 200, 2),
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


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("anonymous", 200),
        ("bob", 200),
        ("admin", 200),
    ],
)
async def test_read(callers: dict[str, Caller], who: str, status: int) -> None:
    response = await callers[who].get(await create(callers))
    assert response.status_code == status


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("anonymous", 401),
        ("bob", 403),
        ("admin", 201),
    ],
)
async def test_create(callers: dict[str, Caller], who: str, status: int) -> None:
    body = await samples.sample(callers["admin"], callers[who].user_id)
    response = await callers[who].post(samples.URL, json=body)
    assert response.status_code == status, response.text
    rows = await callers["admin"].walk(samples.URL)
    assert len(rows) == (status == 201)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("anonymous", 401),
        ("bob", 403),
        ("admin", 200),
    ],
)
async def test_update(callers: dict[str, Caller], who: str, status: int) -> None:
    url = await create(callers)
    before = (await callers["admin"].get(url)).json()
    body = await samples.sample(callers["admin"], callers[who].user_id)
    body |= different(samples.FIELDS)
    response = await callers[who].patch(url, json=body, headers=samples.ANY_VERSION)
    assert response.status_code == status, response.text
    after = (await callers["admin"].get(url)).json()
    assert after == (response.json() if status == 200 else before)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("anonymous", 401),
        ("bob", 403),
        ("admin", 204),
    ],
)
async def test_delete(callers: dict[str, Caller], who: str, status: int) -> None:
    url = await create(callers)
    response = await callers[who].delete(url, headers=samples.ANY_VERSION)
    assert response.status_code == status
    assert (await callers["admin"].get(url)).status_code == (404 if status == 204 else 200)
