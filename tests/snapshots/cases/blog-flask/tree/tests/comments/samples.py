"""What a comment is made of in the tests."""

from typing import Any

from app.comments.model import Comment
from tests.posts import samples as posts
from tests.support.callers import Caller
from tests.support.samples import Field, body, capacity

URL = "/api/v1/comments"
FIELDS: tuple[Field, ...] = (
    Field(
        key="body",
        type="text",
        example="Example body",
        other="Other body",
        min_length=1,
    ),
)
CAPACITY = min(
    capacity(FIELDS),
    posts.CAPACITY,
)


def sample(api: Caller, owner_id: str | None = None) -> dict[str, Any]:
    """A valid body, unlike the ones before it wherever values must not repeat."""
    return body(FIELDS) | {
        "post_id": posts.create(api, owner_id),
    }


def create(api: Caller, owner_id: str | None = None, /, **changes: Any) -> Any:
    """The id of a new one, which is handed over to the owner."""
    response = api.post(URL, json=sample(api, owner_id) | changes)
    assert response.status_code == 201, response.text
    row_id = response.get_json()["id"]
    if owner_id is not None:
        api.hand_over(Comment, row_id, owner_id)
    return row_id


def change(api: Caller, row_id: Any, values: dict[str, Any]) -> dict[str, Any]:
    response = api.patch(f"{URL}/{row_id}", json=values)
    assert response.status_code == 200, response.text
    row: dict[str, Any] = response.get_json()
    return row


def remove(api: Caller, row_id: Any) -> int:
    """The status that says how it went."""
    response = api.delete(f"{URL}/{row_id}")
    return response.status_code
