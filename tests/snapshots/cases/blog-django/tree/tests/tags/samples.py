"""What a tag is made of in the tests."""

from typing import Any

from tests.support.callers import Caller
from tests.support.samples import Field, body, capacity

URL = "/api/v1/tags"
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


def sample(_api: Caller, _owner_id: str | None = None) -> dict[str, Any]:
    """A valid body, unlike the ones before it wherever values must not repeat."""
    return body(FIELDS)


def create(api: Caller, owner_id: str | None = None, /, **changes: Any) -> Any:
    """The id of a new one."""
    response = api.post(URL, json=sample(api, owner_id) | changes)
    assert response.status_code == 201, response.text
    return response.json()["id"]


def change(api: Caller, row_id: Any, values: dict[str, Any]) -> dict[str, Any]:
    response = api.patch(f"{URL}/{row_id}", json=values)
    assert response.status_code == 200, response.text
    row: dict[str, Any] = response.json()
    return row


def remove(api: Caller, row_id: Any) -> int:
    """The status that says how it went."""
    response = api.delete(f"{URL}/{row_id}")
    return response.status_code
