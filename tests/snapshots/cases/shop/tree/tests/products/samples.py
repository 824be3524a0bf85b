"""What a product is made of in the tests."""

from typing import Any

from tests.categories import samples as categories
from tests.support.callers import Caller
from tests.support.samples import Field, body, capacity

URL = "/api/v1/products"
FIELDS: tuple[Field, ...] = (
    Field(
        key="sku",
        type="string",
        example="AB-1234",
        other="TQ-7411",
        varies=True,
        length=20,
        pattern="^[A-Z]{2}-[0-9]{4}$",
        counterexample="",
    ),
    Field(
        key="name",
        type="string",
        example="Example name",
        other="Other name",
        searched=True,
        length=120,
    ),
    Field(
        key="description",
        type="text",
        example="Example description",
        other="Other description",
        default=None,
        optional=True,
        searched=True,
    ),
    Field(
        key="price",
        type="decimal",
        example="1.50",
        other="2.50",
        precision=10,
        scale=2,
        minimum="0.00",
    ),
    Field(
        key="stock",
        type="int",
        example=1,
        other=2,
        default=0,
        minimum=0,
    ),
    Field(
        key="discontinued",
        type="bool",
        example=True,
        other=False,
        default=False,
    ),
)
CAPACITY = min(
    capacity(FIELDS),
    categories.CAPACITY,
)
ANY_VERSION = {"If-Match": "*"}


async def sample(api: Caller, owner_id: str | None = None) -> dict[str, Any]:
    """A valid body, unlike the ones before it wherever values must not repeat."""
    return body(FIELDS) | {
        "category_id": await categories.create(api, owner_id),
    }


async def create(api: Caller, owner_id: str | None = None, /, **changes: Any) -> Any:
    """The id of a new one."""
    response = await api.post(URL, json=await sample(api, owner_id) | changes)
    assert response.status_code == 201, response.text
    return response.json()["id"]


async def change(api: Caller, row_id: Any, values: dict[str, Any]) -> dict[str, Any]:
    response = await api.patch(f"{URL}/{row_id}", json=values, headers=ANY_VERSION)
    assert response.status_code == 200, response.text
    row: dict[str, Any] = response.json()
    return row


async def remove(api: Caller, row_id: Any) -> int:
    """The status that says how it went."""
    response = await api.delete(f"{URL}/{row_id}", headers=ANY_VERSION)
    return response.status_code
