"""What a notice is made of in the tests."""

from typing import Any

from tests.boards import samples as boards
from tests.support.callers import Caller
from tests.support.samples import Field, body, capacity

URL = "/api/v1/notices"
FIELDS: tuple[Field, ...] = (
    Field(
        key="title",
        type="string",
        example="Example title",
        other="Other title",
        searched=True,
        length=120,
    ),
    Field(
        key="body",
        type="text",
        example="Example body",
        other="Other body",
        searched=True,
    ),
    Field(
        key="kind",
        type="enum",
        example="offer",
        other="wanted",
        default="offer",
        values=(
            "offer",
            "wanted",
            "lost",
            "found",
        ),
    ),
    Field(
        key="price",
        type="decimal",
        example="1.50",
        other="2.50",
        default=None,
        optional=True,
        precision=8,
        scale=2,
        minimum="0.00",
    ),
    Field(
        key="expires_on",
        type="date",
        example="2026-01-02",
        other="2026-03-04",
        default=None,
        optional=True,
    ),
    Field(
        key="contact",
        type="email",
        example="ada@example.com",
        other="grace@example.com",
    ),
)
CAPACITY = min(
    capacity(FIELDS),
    boards.CAPACITY,
)


async def sample(api: Caller, owner_id: str | None = None) -> dict[str, Any]:
    """A valid body, unlike the ones before it wherever values must not repeat."""
    return body(FIELDS) | {
        "board_id": await boards.create(api, owner_id),
    }


async def create(api: Caller, owner_id: str | None = None, /, **changes: Any) -> Any:
    """The id of a new one."""
    response = await api.post(URL, json=await sample(api, owner_id) | changes)
    assert response.status_code == 201, response.text
    return response.json()["id"]


async def change(api: Caller, row_id: Any, values: dict[str, Any]) -> dict[str, Any]:
    response = await api.patch(f"{URL}/{row_id}", json=values)
    assert response.status_code == 200, response.text
    row: dict[str, Any] = response.json()
    return row


async def remove(api: Caller, row_id: Any) -> int:
    """The status that says how it went."""
    response = await api.delete(f"{URL}/{row_id}")
    return response.status_code
