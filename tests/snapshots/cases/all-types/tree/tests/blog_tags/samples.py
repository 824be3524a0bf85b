"""What a blog tag is made of in the tests."""

from typing import Any

from app.blog_tags.model import BlogTag
from tests.support.callers import Caller
from tests.support.samples import Field, body, capacity

URL = "/api/v1/blog-tags"
FIELDS: tuple[Field, ...] = (
    Field(
        key="name",
        type="string",
        example="Example name",
        other="Other name",
        varies=True,
        length=40,
    ),
)
CAPACITY = capacity(FIELDS)


async def sample(_api: Caller, _owner_id: str | None = None) -> dict[str, Any]:
    """A valid body, unlike the ones before it wherever values must not repeat."""
    return body(FIELDS)


async def create(api: Caller, owner_id: str | None = None, /, **changes: Any) -> Any:
    """The id of a new one, which is handed over to the owner."""
    response = await api.post(URL, json=await sample(api, owner_id) | changes)
    assert response.status_code == 201, response.text
    row_id = response.json()["id"]
    if owner_id is not None:
        await api.hand_over(BlogTag, row_id, owner_id)
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
