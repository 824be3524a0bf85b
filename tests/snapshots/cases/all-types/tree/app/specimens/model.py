import datetime as dt
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.access import Access
from app.core.columns import EnumString, Owned, SoftDeleted, Versioned
from app.core.model import Base, Timestamps, UuidKey
from app.core.types import (
    ExactDecimal,
    ExactString,
    ExactText,
    JSONType,
    Time,
    UTCDateTime,
    UUIDType,
)

if TYPE_CHECKING:
    from app.blog_tags.model import BlogTag
    from app.people.model import Person
    from app.users.model import User


class SpecimenEnumPlain(StrEnum):
    ONE = "one"
    TWO = "two"
    THREE = "three"


class SpecimenEnumDefault(StrEnum):
    NEW = "new"
    IN_USE = "in_use"
    RETIRED = "retired"


class SpecimenEnumLong(StrEnum):
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


specimens_blog_tags = sa.Table(
    "specimens_blog_tags",
    Base.metadata,
    sa.Column(
        "specimen_id",
        UUIDType,
        sa.ForeignKey("specimens.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column(
        "blog_tag_id",
        sa.BigInteger(),
        sa.ForeignKey("blog_tags.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
)


specimens_siblings = sa.Table(
    "specimens_siblings",
    Base.metadata,
    sa.Column(
        "specimen_id",
        UUIDType,
        sa.ForeignKey("specimens.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column(
        "sibling_id",
        UUIDType,
        sa.ForeignKey("specimens.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
)


specimens_readers = sa.Table(
    "specimens_readers",
    Base.metadata,
    sa.Column(
        "specimen_id",
        UUIDType,
        sa.ForeignKey("specimens.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column(
        "user_id",
        UUIDType,
        sa.ForeignKey("users.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
)


class Specimen(UuidKey, Owned, Timestamps, SoftDeleted, Versioned, Base):
    """A field of every type."""

    __tablename__ = "specimens"
    __access__ = Access(
        list="public",
        read="authenticated",
        create="authenticated",
        update="owner",
        delete="admin",
    )
    __table_args__ = (
        sa.CheckConstraint(
            sa.column("int_range", sa.Integer()).between(-5, 5),
            name="ck_specimens_int_range_range",
        ),
        sa.CheckConstraint(
            sa.column("bigint_range", sa.BigInteger()) >= 0,
            name="ck_specimens_bigint_range_range",
        ),
        sa.CheckConstraint(
            sa.column("float_range", sa.Double()).between(-1.5, 1.5),
            name="ck_specimens_float_range_range",
        ),
        sa.CheckConstraint(
            sa.column("decimal_range", ExactDecimal(10, 2)).between(
                Decimal("0.00"),
                Decimal("999.99"),
            ),
            name="ck_specimens_decimal_range_range",
        ),
        sa.CheckConstraint(
            sa.column("enum_plain").in_(["one", "two", "three"]),
            name="ck_specimens_enum_plain",
        ),
        sa.CheckConstraint(
            sa.column("enum_default").in_(["new", "in_use", "retired"]),
            name="ck_specimens_enum_default",
        ),
        sa.CheckConstraint(
            sa.column("enum_long").in_(["small", "medium", "large"]),
            name="ck_specimens_enum_long",
        ),
        sa.UniqueConstraint("person_id", "string_plain"),
        sa.UniqueConstraint("date_plain", "int_plain"),
        sa.Index("ix_specimens_enum_default_date_default", "enum_default", "date_default"),
        sa.Index("ix_specimens_decimal_plain_bool_plain", "decimal_plain", "bool_plain"),
    )

    string_plain: Mapped[str] = mapped_column(ExactString(255))
    string_short: Mapped[str] = mapped_column(ExactString(1))
    string_rules: Mapped[str] = mapped_column(ExactString(20))
    string_coded: Mapped[str | None] = mapped_column(ExactString(8))
    string_default: Mapped[str] = mapped_column(
        ExactString(40),
        default="none",
        server_default="none",
    )
    text_plain: Mapped[str] = mapped_column(ExactText())
    text_rules: Mapped[str | None] = mapped_column(ExactText())
    int_plain: Mapped[int] = mapped_column(sa.Integer())
    int_range: Mapped[int] = mapped_column(sa.Integer(), default=0, server_default="0")
    int_unique: Mapped[int | None] = mapped_column(sa.Integer(), unique=True)
    bigint_plain: Mapped[int] = mapped_column(sa.BigInteger())
    bigint_range: Mapped[int | None] = mapped_column(sa.BigInteger(), index=True)
    float_plain: Mapped[float] = mapped_column(sa.Double())
    float_range: Mapped[float] = mapped_column(sa.Double(), default=0.5, server_default="0.5")
    decimal_plain: Mapped[Decimal] = mapped_column(ExactDecimal(12, 2))
    decimal_range: Mapped[Decimal] = mapped_column(
        ExactDecimal(10, 2),
        default=Decimal("9.50"),
        server_default=sa.literal(Decimal("9.50"), ExactDecimal(10, 2)),
    )
    decimal_fine: Mapped[Decimal | None] = mapped_column(ExactDecimal(18, 6))
    decimal_fraction: Mapped[Decimal | None] = mapped_column(ExactDecimal(4, 4))
    bool_plain: Mapped[bool] = mapped_column(sa.Boolean())
    bool_default: Mapped[bool] = mapped_column(
        sa.Boolean(),
        index=True,
        default=True,
        server_default="1",
    )
    date_plain: Mapped[dt.date] = mapped_column(sa.Date())
    date_default: Mapped[dt.date] = mapped_column(
        sa.Date(),
        default=dt.date.fromisoformat("2026-01-31"),
    )
    time_plain: Mapped[dt.time] = mapped_column(Time())
    time_default: Mapped[dt.time] = mapped_column(
        Time(),
        default=dt.time.fromisoformat("10:30:00"),
    )
    datetime_plain: Mapped[dt.datetime] = mapped_column(UTCDateTime())
    datetime_default: Mapped[dt.datetime] = mapped_column(
        UTCDateTime(),
        default=dt.datetime.fromisoformat("2026-01-31T10:30:00Z"),
    )
    uuid_plain: Mapped[UUID] = mapped_column(UUIDType)
    uuid_unique: Mapped[UUID | None] = mapped_column(UUIDType, unique=True)
    email_plain: Mapped[str] = mapped_column(ExactString(254))
    email_unique: Mapped[str | None] = mapped_column(ExactString(254), unique=True)
    url_plain: Mapped[str] = mapped_column(ExactString(2048))
    url_optional: Mapped[str | None] = mapped_column(ExactString(2048))
    slug_plain: Mapped[str] = mapped_column(ExactString(255))
    slug_unique: Mapped[str | None] = mapped_column(ExactString(255), unique=True)
    json_plain: Mapped[Any] = mapped_column(JSONType)
    json_optional: Mapped[Any | None] = mapped_column(JSONType)
    enum_plain: Mapped[SpecimenEnumPlain] = mapped_column(EnumString(SpecimenEnumPlain))
    enum_default: Mapped[SpecimenEnumDefault] = mapped_column(
        EnumString(SpecimenEnumDefault),
        index=True,
        default=SpecimenEnumDefault.NEW,
        server_default="new",
    )
    enum_long: Mapped[SpecimenEnumLong | None] = mapped_column(EnumString(SpecimenEnumLong))
    note_private: Mapped[str | None] = mapped_column(ExactText())
    code_private: Mapped[str] = mapped_column(ExactString(30))
    counter_readonly: Mapped[int] = mapped_column(sa.Integer(), default=0, server_default="0")
    seen_readonly: Mapped[dt.datetime | None] = mapped_column(UTCDateTime())
    person_id: Mapped[UUID] = mapped_column(
        UUIDType,
        sa.ForeignKey("persons.id", ondelete="RESTRICT"),
        index=True,
    )
    person_cascade_id: Mapped[UUID | None] = mapped_column(
        UUIDType,
        sa.ForeignKey("persons.id", ondelete="CASCADE"),
        index=True,
    )
    person_restrict_id: Mapped[UUID | None] = mapped_column(
        UUIDType,
        sa.ForeignKey("persons.id", ondelete="RESTRICT"),
        index=True,
    )
    person_set_null_id: Mapped[UUID | None] = mapped_column(
        UUIDType,
        sa.ForeignKey("persons.id", ondelete="SET NULL"),
        index=True,
    )
    person_one_id: Mapped[UUID | None] = mapped_column(
        UUIDType,
        sa.ForeignKey("persons.id", ondelete="RESTRICT"),
        unique=True,
    )
    parent_id: Mapped[UUID | None] = mapped_column(
        UUIDType,
        sa.ForeignKey("specimens.id", ondelete="SET NULL"),
        index=True,
    )
    editor_id: Mapped[UUID | None] = mapped_column(
        UUIDType,
        sa.ForeignKey("users.id", ondelete="SET NULL"),
        index=True,
    )

    person: Mapped["Person"] = relationship(foreign_keys=person_id, lazy="raise")
    person_cascade: Mapped["Person | None"] = relationship(
        foreign_keys=person_cascade_id,
        lazy="raise",
    )
    person_restrict: Mapped["Person | None"] = relationship(
        foreign_keys=person_restrict_id,
        lazy="raise",
    )
    person_set_null: Mapped["Person | None"] = relationship(
        foreign_keys=person_set_null_id,
        lazy="raise",
    )
    person_one: Mapped["Person | None"] = relationship(foreign_keys=person_one_id, lazy="raise")
    parent: Mapped["Specimen | None"] = relationship(
        foreign_keys=parent_id,
        remote_side="Specimen.id",
        lazy="raise",
    )
    editor: Mapped["User | None"] = relationship(foreign_keys=editor_id, lazy="raise")
    blog_tags: Mapped[list["BlogTag"]] = relationship(
        secondary=specimens_blog_tags,
        lazy="raise",
        passive_deletes=True,
    )
    siblings: Mapped[list["Specimen"]] = relationship(
        secondary=specimens_siblings,
        primaryjoin=lambda: Specimen.id == specimens_siblings.c.specimen_id,
        secondaryjoin=lambda: Specimen.id == specimens_siblings.c.sibling_id,
        lazy="raise",
        passive_deletes=True,
    )
    readers: Mapped[list["User"]] = relationship(
        secondary=specimens_readers,
        lazy="raise",
        passive_deletes=True,
    )

    @cached_property
    def blog_tag_ids(self) -> list[int]:
        return sorted(each.id for each in self.blog_tags)

    @cached_property
    def sibling_ids(self) -> list[UUID]:
        return sorted(each.id for each in self.siblings)

    @cached_property
    def reader_ids(self) -> list[UUID]:
        return sorted(each.id for each in self.readers)


sa.Index("ix_specimens_created_at_id", Specimen.created_at.desc(), Specimen.id)
