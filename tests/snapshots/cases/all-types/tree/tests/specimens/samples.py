"""What a specimen is made of in the tests."""

from typing import Any

from app.specimens.model import Specimen
from tests.people import samples as people
from tests.support.callers import Caller
from tests.support.samples import Field, body, capacity

URL = "/api/v1/specimens"
FIELDS: tuple[Field, ...] = (
    Field(
        key="string_plain",
        type="string",
        example="Example string plain",
        other="Other string plain",
        varies=True,
        searched=True,
        length=255,
    ),
    Field(
        key="string_short",
        type="string",
        example="E",
        other="O",
        length=1,
    ),
    Field(
        key="string_rules",
        type="string",
        example="AB-12",
        other="TE-0",
        length=20,
        min_length=3,
        pattern="^[A-Z]{2}-[0-9]+$",
        counterexample="!!!",
    ),
    Field(
        key="string_coded",
        type="string",
        example="b4154856",
        other="157ff1e0",
        default=None,
        optional=True,
        length=8,
        pattern="^[a-f0-9]{8}$",
        counterexample="",
    ),
    Field(
        key="string_default",
        type="string",
        example="Example string default",
        other="Other string default",
        default="none",
        length=40,
    ),
    Field(
        key="text_plain",
        type="text",
        example="Example text plain",
        other="Other text plain",
        searched=True,
    ),
    Field(
        key="text_rules",
        type="text",
        example="Example text rules",
        other="Other text rules",
        default=None,
        optional=True,
        min_length=5,
    ),
    Field(
        key="int_plain",
        type="int",
        example=1,
        other=2,
        varies=True,
    ),
    Field(
        key="int_range",
        type="int",
        example=1,
        other=2,
        default=0,
        minimum=-5,
        maximum=5,
    ),
    Field(
        key="int_unique",
        type="int",
        example=1,
        other=2,
        default=None,
        optional=True,
        varies=True,
    ),
    Field(
        key="bigint_plain",
        type="bigint",
        example=1,
        other=2,
    ),
    Field(
        key="bigint_range",
        type="bigint",
        example=1,
        other=2,
        default=None,
        optional=True,
        minimum=0,
    ),
    Field(
        key="float_plain",
        type="float",
        example=1.5,
        other=2.5,
    ),
    Field(
        key="float_range",
        type="float",
        example=1.5,
        other=0.5,
        default=0.5,
        minimum=-1.5,
        maximum=1.5,
    ),
    Field(
        key="decimal_plain",
        type="decimal",
        example="1.50",
        other="2.50",
        precision=12,
        scale=2,
    ),
    Field(
        key="decimal_range",
        type="decimal",
        example="1.50",
        other="2.50",
        default="9.50",
        precision=10,
        scale=2,
        minimum="0.00",
        maximum="999.99",
    ),
    Field(
        key="decimal_fine",
        type="decimal",
        example="1.500000",
        other="2.500000",
        default=None,
        optional=True,
        precision=18,
        scale=6,
    ),
    Field(
        key="decimal_fraction",
        type="decimal",
        example="0.0001",
        other="0.0002",
        default=None,
        optional=True,
        precision=4,
        scale=4,
    ),
    Field(
        key="bool_plain",
        type="bool",
        example=True,
        other=False,
    ),
    Field(
        key="bool_default",
        type="bool",
        example=True,
        other=False,
        default=True,
    ),
    Field(
        key="date_plain",
        type="date",
        example="2026-01-02",
        other="2026-03-04",
        varies=True,
    ),
    Field(
        key="date_default",
        type="date",
        example="2026-01-02",
        other="2026-03-04",
        default="2026-01-31",
    ),
    Field(
        key="time_plain",
        type="time",
        example="10:20:30",
        other="11:22:33",
    ),
    Field(
        key="time_default",
        type="time",
        example="10:20:30",
        other="11:22:33",
        default="10:30:00",
    ),
    Field(
        key="datetime_plain",
        type="datetime",
        example="2026-01-02T03:04:05Z",
        other="2026-06-07T08:09:10Z",
    ),
    Field(
        key="datetime_default",
        type="datetime",
        example="2026-01-02T03:04:05Z",
        other="2026-06-07T08:09:10Z",
        default="2026-01-31T10:30:00Z",
    ),
    Field(
        key="uuid_plain",
        type="uuid",
        example="018f0000-0000-7000-8000-000000000001",
        other="018f0000-0000-7000-8000-000000000002",
    ),
    Field(
        key="uuid_unique",
        type="uuid",
        example="018f0000-0000-7000-8000-000000000001",
        other="018f0000-0000-7000-8000-000000000002",
        default=None,
        optional=True,
        varies=True,
    ),
    Field(
        key="email_plain",
        type="email",
        example="ada@example.com",
        other="grace@example.com",
    ),
    Field(
        key="email_unique",
        type="email",
        example="ada@example.com",
        other="grace@example.com",
        default=None,
        optional=True,
        varies=True,
    ),
    Field(
        key="url_plain",
        type="url",
        example="https://example.com/one",
        other="https://example.com/two",
    ),
    Field(
        key="url_optional",
        type="url",
        example="https://example.com/one",
        other="https://example.com/two",
        default=None,
        optional=True,
    ),
    Field(
        key="slug_plain",
        type="slug",
        example="first-example",
        other="second-example",
    ),
    Field(
        key="slug_unique",
        type="slug",
        example="first-example",
        other="second-example",
        default=None,
        optional=True,
        varies=True,
    ),
    Field(
        key="json_plain",
        type="json",
        example={"key": "value"},
        other={"key": "other"},
    ),
    Field(
        key="json_optional",
        type="json",
        example={"size": 3, "colours": ["red", "green"]},
        other={"key": "value"},
        default=None,
        optional=True,
    ),
    Field(
        key="enum_plain",
        type="enum",
        example="one",
        other="two",
        values=(
            "one",
            "two",
            "three",
        ),
    ),
    Field(
        key="enum_default",
        type="enum",
        example="new",
        other="in_use",
        default="new",
        values=(
            "new",
            "in_use",
            "retired",
        ),
    ),
    Field(
        key="enum_long",
        type="enum",
        example="small",
        other="medium",
        default=None,
        optional=True,
        values=(
            "small",
            "medium",
            "large",
        ),
    ),
    Field(
        key="note_private",
        type="text",
        example="Example note private",
        other="Other note private",
        default=None,
        optional=True,
        private=True,
    ),
    Field(
        key="code_private",
        type="string",
        example="Example code private",
        other="Other code private",
        private=True,
        length=30,
    ),
    Field(
        key="counter_readonly",
        type="int",
        example=1,
        other=2,
        default=0,
        readonly=True,
    ),
    Field(
        key="seen_readonly",
        type="datetime",
        example="2026-01-02T03:04:05Z",
        other="2026-06-07T08:09:10Z",
        default=None,
        optional=True,
        readonly=True,
    ),
)
CAPACITY = min(
    capacity(FIELDS),
    people.CAPACITY,
)
ANY_VERSION = {"If-Match": "*"}


async def sample(api: Caller, owner_id: str | None = None) -> dict[str, Any]:
    """A valid body, unlike the ones before it wherever values must not repeat."""
    return body(FIELDS) | {
        "person_id": await people.create(api, owner_id),
    }


async def create(api: Caller, owner_id: str | None = None, /, **changes: Any) -> Any:
    """The id of a new one, which is handed over to the owner."""
    response = await api.post(URL, json=await sample(api, owner_id) | changes)
    assert response.status_code == 201, response.text
    row_id = response.json()["id"]
    if owner_id is not None:
        await api.hand_over(Specimen, row_id, owner_id)
    return row_id


async def change(api: Caller, row_id: Any, values: dict[str, Any]) -> dict[str, Any]:
    response = await api.patch(f"{URL}/{row_id}", json=values, headers=ANY_VERSION)
    assert response.status_code == 200, response.text
    row: dict[str, Any] = response.json()
    return row


async def remove(api: Caller, row_id: Any) -> int:
    """The status that says how it went."""
    response = await api.delete(f"{URL}/{row_id}", headers=ANY_VERSION)
    return response.status_code
