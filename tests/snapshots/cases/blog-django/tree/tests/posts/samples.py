"""What a post is made of in the tests."""

from typing import Any

from app.posts.models import Post
from tests.support.callers import Caller
from tests.support.samples import Field, body, capacity

URL = "/api/v1/posts"
FIELDS: tuple[Field, ...] = (
    Field(
        key="title",
        type="string",
        example="Example title",
        other="Other title",
        searched=True,
        length=200,
    ),
    Field(
        key="slug",
        type="slug",
        example="first-example",
        other="second-example",
        varies=True,
    ),
    Field(
        key="body",
        type="text",
        example="Example body",
        other="Other body",
        searched=True,
    ),
    Field(
        key="status",
        type="enum",
        example="draft",
        other="published",
        default="draft",
        values=(
            "draft",
            "published",
        ),
    ),
    Field(
        key="published_at",
        type="datetime",
        example="2026-01-02T03:04:05Z",
        other="2026-06-07T08:09:10Z",
        default=None,
        optional=True,
    ),
)
CAPACITY = capacity(FIELDS)


def sample(_api: Caller, _owner_id: str | None = None) -> dict[str, Any]:
    """A valid body, unlike the ones before it wherever values must not repeat."""
    return body(FIELDS)


def create(api: Caller, owner_id: str | None = None, /, **changes: Any) -> Any:
    """The id of a new one, which is handed over to the owner."""
    response = api.post(URL, json=sample(api, owner_id) | changes)
    assert response.status_code == 201, response.text
    row_id = response.json()["id"]
    if owner_id is not None:
        api.hand_over(Post, row_id, owner_id)
    return row_id


def change(api: Caller, row_id: Any, values: dict[str, Any]) -> dict[str, Any]:
    response = api.patch(f"{URL}/{row_id}", json=values)
    assert response.status_code == 200, response.text
    row: dict[str, Any] = response.json()
    return row


def remove(api: Caller, row_id: Any) -> int:
    """The status that says how it went."""
    response = api.delete(f"{URL}/{row_id}")
    return response.status_code
