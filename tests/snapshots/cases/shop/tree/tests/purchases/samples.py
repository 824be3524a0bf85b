"""What a purchase is made of in the tests."""

from typing import Any

from app.purchases.model import Purchase
from tests.customers import samples as customers
from tests.support.callers import Caller
from tests.support.samples import Field, body, capacity

URL = "/api/v1/purchases"
FIELDS: tuple[Field, ...] = (
    Field(
        key="number",
        type="string",
        example="Example number",
        other="Other number",
        varies=True,
        length=20,
    ),
    Field(
        key="status",
        type="enum",
        example="open",
        other="paid",
        default="open",
        values=(
            "open",
            "paid",
            "shipped",
            "cancelled",
        ),
    ),
    Field(
        key="paid_at",
        type="datetime",
        example="2026-01-02T03:04:05Z",
        other="2026-06-07T08:09:10Z",
        default=None,
        optional=True,
    ),
    Field(
        key="note",
        type="text",
        example="Example note",
        other="Other note",
        default=None,
        optional=True,
    ),
)
CAPACITY = min(
    capacity(FIELDS),
    customers.CAPACITY,
)


async def sample(api: Caller, owner_id: str | None = None) -> dict[str, Any]:
    """A valid body, unlike the ones before it wherever values must not repeat."""
    return body(FIELDS) | {
        "customer_id": await customers.create(api, owner_id),
    }


async def create(api: Caller, owner_id: str | None = None, /, **changes: Any) -> Any:
    """The id of a new one, which is handed over to the owner."""
    response = await api.post(URL, json=await sample(api, owner_id) | changes)
    assert response.status_code == 201, response.text
    row_id = response.json()["id"]
    if owner_id is not None:
        await api.hand_over(Purchase, row_id, owner_id)
    return row_id


async def change(api: Caller, row_id: Any, values: dict[str, Any]) -> dict[str, Any]:
    response = await api.patch(f"{URL}/{row_id}", json=values)
    assert response.status_code == 200, response.text
    row: dict[str, Any] = response.json()
    return row


async def remove(api: Caller, row_id: Any) -> int:
    """The status that says how it went."""
    response = await api.delete(f"{URL}/{row_id}")
    return response.status_code
