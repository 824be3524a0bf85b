"""What a purchase line is made of in the tests."""

from typing import Any

from app.purchase_lines.model import PurchaseLine
from tests.products import samples as products
from tests.purchases import samples as purchases
from tests.support.callers import Caller
from tests.support.samples import Field, body, capacity

URL = "/api/v1/purchase-lines"
FIELDS: tuple[Field, ...] = (
    Field(
        key="quantity",
        type="int",
        example=1,
        other=2,
        default=1,
        minimum=1,
        maximum=1000,
    ),
    Field(
        key="unit_price",
        type="decimal",
        example="1.50",
        other="2.50",
        precision=10,
        scale=2,
        minimum="0.00",
    ),
)
CAPACITY = min(
    capacity(FIELDS),
    products.CAPACITY,
    purchases.CAPACITY,
)


async def sample(api: Caller, owner_id: str | None = None) -> dict[str, Any]:
    """A valid body, unlike the ones before it wherever values must not repeat."""
    return body(FIELDS) | {
        "purchase_id": await purchases.create(api, owner_id),
        "product_id": await products.create(api, owner_id),
    }


async def create(api: Caller, owner_id: str | None = None, /, **changes: Any) -> Any:
    """The id of a new one, which is handed over to the owner."""
    response = await api.post(URL, json=await sample(api, owner_id) | changes)
    assert response.status_code == 201, response.text
    row_id = response.json()["id"]
    if owner_id is not None:
        await api.hand_over(PurchaseLine, row_id, owner_id)
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
