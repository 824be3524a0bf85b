import datetime as dt
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from app.core.fields import (
    UNSENT,
    BigInt,
    Body,
    Bool,
    Chars,
    Date,
    DateTime,
    Email,
    Exact,
    Float,
    Ids,
    Int,
    Json,
    OneOf,
    Paged,
    Read,
    Real,
    ShownDecimal,
    ShownTime,
    Slug,
    Text,
    Time,
    Url,
    Uuid,
    Whole,
)
from app.specimens.model import SpecimenEnumDefault, SpecimenEnumLong, SpecimenEnumPlain

READONLY = frozenset(
    {"id", "owner_id", "counter_readonly", "seen_readonly", "created_at", "updated_at"},
)


class SpecimenCreate(Body):
    __readonly__ = READONLY

    string_plain: Annotated[str, Chars(max=255)]
    string_short: Annotated[str, Chars(max=1)]
    string_rules: Annotated[str, Chars(min=3, max=20, pattern="^[A-Z]{2}-[0-9]+$")]
    string_coded: Annotated[str, Chars(max=8, pattern="^[a-f0-9]{8}$")] | None = None
    string_default: Annotated[str, Chars(max=40)] = "none"
    text_plain: Text
    text_rules: Annotated[str, Chars(min=5)] | None = None
    int_plain: Int
    int_range: Annotated[int, Whole(min=-5, max=5)] = 0
    int_unique: Int | None = None
    bigint_plain: BigInt
    bigint_range: Annotated[int, Whole(bits=64, min=0)] | None = None
    float_plain: Float
    float_range: Annotated[float, Real(min=-1.5, max=1.5)] = 0.5
    decimal_plain: Annotated[Decimal, Exact(12, 2)]
    decimal_range: Annotated[Decimal, Exact(10, 2, min="0.00", max="999.99")] = Decimal("9.50")
    decimal_fine: Annotated[Decimal, Exact(18, 6)] | None = None
    decimal_fraction: Annotated[Decimal, Exact(4, 4)] | None = None
    bool_plain: Bool
    bool_default: Bool = True
    date_plain: Date
    date_default: Date = dt.date.fromisoformat("2026-01-31")
    time_plain: Time
    time_default: Time = dt.time.fromisoformat("10:30:00")
    datetime_plain: DateTime
    datetime_default: Annotated[DateTime, Field(description="In UTC like every instant")] = (
        dt.datetime.fromisoformat("2026-01-31T10:30:00Z")
    )
    uuid_plain: Uuid
    uuid_unique: Uuid | None = None
    email_plain: Email
    email_unique: Email | None = None
    url_plain: Url
    url_optional: Url | None = None
    slug_plain: Slug
    slug_unique: Slug | None = None
    json_plain: Json
    json_optional: Json | None = None
    enum_plain: OneOf[SpecimenEnumPlain]
    enum_default: OneOf[SpecimenEnumDefault] = SpecimenEnumDefault.NEW
    enum_long: OneOf[SpecimenEnumLong] | None = None
    note_private: Text | None = None
    code_private: Annotated[str, Chars(max=30)]
    person_id: Uuid
    person_cascade_id: Uuid | None = None
    person_restrict_id: Uuid | None = None
    person_set_null_id: Uuid | None = None
    person_one_id: Uuid | None = None
    parent_id: Uuid | None = None
    editor_id: Uuid | None = None
    blog_tag_ids: Ids[BigInt] = Field(default_factory=list)
    sibling_ids: Ids[Uuid] = Field(default_factory=list)
    reader_ids: Ids[Uuid] = Field(default_factory=list)


class SpecimenUpdate(Body):
    __readonly__ = READONLY

    string_plain: Annotated[str, Chars(max=255)] = UNSENT
    string_short: Annotated[str, Chars(max=1)] = UNSENT
    string_rules: Annotated[str, Chars(min=3, max=20, pattern="^[A-Z]{2}-[0-9]+$")] = UNSENT
    string_coded: Annotated[str, Chars(max=8, pattern="^[a-f0-9]{8}$")] | None = UNSENT
    string_default: Annotated[str, Chars(max=40)] = UNSENT
    text_plain: Text = UNSENT
    text_rules: Annotated[str, Chars(min=5)] | None = UNSENT
    int_plain: Int = UNSENT
    int_range: Annotated[int, Whole(min=-5, max=5)] = UNSENT
    int_unique: Int | None = UNSENT
    bigint_plain: BigInt = UNSENT
    bigint_range: Annotated[int, Whole(bits=64, min=0)] | None = UNSENT
    float_plain: Float = UNSENT
    float_range: Annotated[float, Real(min=-1.5, max=1.5)] = UNSENT
    decimal_plain: Annotated[Decimal, Exact(12, 2)] = UNSENT
    decimal_range: Annotated[Decimal, Exact(10, 2, min="0.00", max="999.99")] = UNSENT
    decimal_fine: Annotated[Decimal, Exact(18, 6)] | None = UNSENT
    decimal_fraction: Annotated[Decimal, Exact(4, 4)] | None = UNSENT
    bool_plain: Bool = UNSENT
    bool_default: Bool = UNSENT
    date_plain: Date = UNSENT
    date_default: Date = UNSENT
    time_plain: Time = UNSENT
    time_default: Time = UNSENT
    datetime_plain: DateTime = UNSENT
    datetime_default: Annotated[DateTime, Field(description="In UTC like every instant")] = UNSENT
    uuid_plain: Uuid = UNSENT
    uuid_unique: Uuid | None = UNSENT
    email_plain: Email = UNSENT
    email_unique: Email | None = UNSENT
    url_plain: Url = UNSENT
    url_optional: Url | None = UNSENT
    slug_plain: Slug = UNSENT
    slug_unique: Slug | None = UNSENT
    json_plain: Json = UNSENT
    json_optional: Json | None = UNSENT
    enum_plain: OneOf[SpecimenEnumPlain] = UNSENT
    enum_default: OneOf[SpecimenEnumDefault] = UNSENT
    enum_long: OneOf[SpecimenEnumLong] | None = UNSENT
    note_private: Text | None = UNSENT
    code_private: Annotated[str, Chars(max=30)] = UNSENT
    person_id: Uuid = UNSENT
    person_cascade_id: Uuid | None = UNSENT
    person_restrict_id: Uuid | None = UNSENT
    person_set_null_id: Uuid | None = UNSENT
    person_one_id: Uuid | None = UNSENT
    parent_id: Uuid | None = UNSENT
    editor_id: Uuid | None = UNSENT
    blog_tag_ids: Ids[BigInt] = UNSENT
    sibling_ids: Ids[Uuid] = UNSENT
    reader_ids: Ids[Uuid] = UNSENT


class SpecimenRead(Read):
    id: UUID
    owner_id: UUID
    string_plain: str
    string_short: str
    string_rules: str
    string_coded: str | None
    string_default: str
    text_plain: str
    text_rules: str | None
    int_plain: int
    int_range: int
    int_unique: int | None
    bigint_plain: int
    bigint_range: int | None
    float_plain: float
    float_range: float
    decimal_plain: ShownDecimal
    decimal_range: ShownDecimal
    decimal_fine: ShownDecimal | None
    decimal_fraction: ShownDecimal | None
    bool_plain: bool
    bool_default: bool
    date_plain: dt.date
    date_default: dt.date
    time_plain: ShownTime
    time_default: ShownTime
    datetime_plain: dt.datetime
    datetime_default: Annotated[dt.datetime, Field(description="In UTC like every instant")]
    uuid_plain: UUID
    uuid_unique: UUID | None
    email_plain: str
    email_unique: str | None
    url_plain: str
    url_optional: str | None
    slug_plain: str
    slug_unique: str | None
    json_plain: Any
    json_optional: Any | None
    enum_plain: SpecimenEnumPlain
    enum_default: SpecimenEnumDefault
    enum_long: SpecimenEnumLong | None
    counter_readonly: int
    seen_readonly: dt.datetime | None
    person_id: UUID
    person_cascade_id: UUID | None
    person_restrict_id: UUID | None
    person_set_null_id: UUID | None
    person_one_id: UUID | None
    parent_id: UUID | None
    editor_id: UUID | None
    blog_tag_ids: list[int]
    sibling_ids: list[UUID]
    reader_ids: list[UUID]
    created_at: dt.datetime
    updated_at: dt.datetime


class SpecimenPage(Paged):
    items: list[SpecimenRead]
