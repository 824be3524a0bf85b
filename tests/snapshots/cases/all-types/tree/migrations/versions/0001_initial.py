"""Initial."""

from decimal import Decimal

import sqlalchemy as sa
from alembic import op

from app.core.types import (
    BigIntPK,
    ExactDecimal,
    ExactString,
    ExactText,
    JSONType,
    Time,
    UTCDateTime,
    UUIDType,
    utcnow,
)

revision = "67b8e3d2d99e"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", UUIDType, nullable=False),
        sa.Column("email", ExactString(254), nullable=False),
        sa.Column("password_hash", sa.String(255), nullable=False),
        sa.Column("role", ExactString(40), server_default="user", nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default="1", nullable=False),
        sa.Column("nickname", ExactString(40), nullable=True),
        sa.Column("birthday", sa.Date(), nullable=True),
        sa.Column("theme", ExactString(40), server_default="light", nullable=False),
        sa.Column(
            "credit",
            ExactDecimal(10, 2),
            server_default=sa.literal(Decimal("0.00"), ExactDecimal(10, 2)),
            nullable=False,
        ),
        sa.Column("recovery_hint", ExactString(100), nullable=True),
        sa.Column("created_at", UTCDateTime(), server_default=utcnow(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), server_default=utcnow(), nullable=False),
        sa.CheckConstraint(sa.column("role").in_(["user", "admin"]), name=op.f("ck_users_role")),
        sa.CheckConstraint(sa.column("theme").in_(["light", "dark"]), name=op.f("ck_users_theme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
        sa.UniqueConstraint("nickname", name=op.f("uq_users_nickname")),
    )
    op.create_table(
        "refresh_tokens",
        sa.Column("id", UUIDType, nullable=False),
        sa.Column("user_id", UUIDType, nullable=False),
        sa.Column("family_id", UUIDType, nullable=False),
        sa.Column("token_hash", ExactString(64), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.Column("used_at", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), server_default=utcnow(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_refresh_tokens_user_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refresh_tokens")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_refresh_tokens_token_hash")),
    )
    op.create_index(op.f("ix_refresh_tokens_user_id"), "refresh_tokens", ["user_id"])
    op.create_index(op.f("ix_refresh_tokens_family_id"), "refresh_tokens", ["family_id"])
    op.create_table(
        "persons",
        sa.Column("id", UUIDType, nullable=False),
        sa.Column("owner_id", UUIDType, nullable=False),
        sa.Column("name", ExactString(80), nullable=False),
        sa.Column("created_at", UTCDateTime(), server_default=utcnow(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), server_default=utcnow(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["users.id"],
            name=op.f("fk_persons_owner_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_persons")),
    )
    op.create_index(op.f("ix_persons_owner_id"), "persons", ["owner_id"])
    op.create_index(
        op.f("ix_persons_created_at_id"),
        "persons",
        [sa.column("created_at").desc(), "id"],
    )
    op.create_table(
        "blog_tags",
        sa.Column("id", BigIntPK, nullable=False),
        sa.Column("owner_id", UUIDType, nullable=False),
        sa.Column("name", ExactString(40), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["users.id"],
            name=op.f("fk_blog_tags_owner_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blog_tags")),
        sa.UniqueConstraint("name", name=op.f("uq_blog_tags_name")),
    )
    op.create_index(op.f("ix_blog_tags_owner_id"), "blog_tags", ["owner_id"])
    op.create_table(
        "specimens",
        sa.Column("id", UUIDType, nullable=False),
        sa.Column("owner_id", UUIDType, nullable=False),
        sa.Column("string_plain", ExactString(255), nullable=False),
        sa.Column("string_short", ExactString(1), nullable=False),
        sa.Column("string_rules", ExactString(20), nullable=False),
        sa.Column("string_coded", ExactString(8), nullable=True),
        sa.Column("string_default", ExactString(40), server_default="none", nullable=False),
        sa.Column("text_plain", ExactText(), nullable=False),
        sa.Column("text_rules", ExactText(), nullable=True),
        sa.Column("int_plain", sa.Integer(), nullable=False),
        sa.Column("int_range", sa.Integer(), server_default="0", nullable=False),
        sa.Column("int_unique", sa.Integer(), nullable=True),
        sa.Column("bigint_plain", sa.BigInteger(), nullable=False),
        sa.Column("bigint_range", sa.BigInteger(), nullable=True),
        sa.Column("float_plain", sa.Double(), nullable=False),
        sa.Column("float_range", sa.Double(), server_default="0.5", nullable=False),
        sa.Column("decimal_plain", ExactDecimal(12, 2), nullable=False),
        sa.Column(
            "decimal_range",
            ExactDecimal(10, 2),
            server_default=sa.literal(Decimal("9.50"), ExactDecimal(10, 2)),
            nullable=False,
        ),
        sa.Column("decimal_fine", ExactDecimal(18, 6), nullable=True),
        sa.Column("decimal_fraction", ExactDecimal(4, 4), nullable=True),
        sa.Column("bool_plain", sa.Boolean(), nullable=False),
        sa.Column("bool_default", sa.Boolean(), server_default="1", nullable=False),
        sa.Column("date_plain", sa.Date(), nullable=False),
        sa.Column("date_default", sa.Date(), nullable=False),
        sa.Column("time_plain", Time(), nullable=False),
        sa.Column("time_default", Time(), nullable=False),
        sa.Column("datetime_plain", UTCDateTime(), nullable=False),
        sa.Column("datetime_default", UTCDateTime(), nullable=False),
        sa.Column("uuid_plain", UUIDType, nullable=False),
        sa.Column("uuid_unique", UUIDType, nullable=True),
        sa.Column("email_plain", ExactString(254), nullable=False),
        sa.Column("email_unique", ExactString(254), nullable=True),
        sa.Column("url_plain", ExactString(2048), nullable=False),
        sa.Column("url_optional", ExactString(2048), nullable=True),
        sa.Column("slug_plain", ExactString(255), nullable=False),
        sa.Column("slug_unique", ExactString(255), nullable=True),
        sa.Column("json_plain", JSONType, nullable=False),
        sa.Column("json_optional", JSONType, nullable=True),
        sa.Column("enum_plain", ExactString(40), nullable=False),
        sa.Column("enum_default", ExactString(40), server_default="new", nullable=False),
        sa.Column("enum_long", ExactString(40), nullable=True),
        sa.Column("note_private", ExactText(), nullable=True),
        sa.Column("code_private", ExactString(30), nullable=False),
        sa.Column("counter_readonly", sa.Integer(), server_default="0", nullable=False),
        sa.Column("seen_readonly", UTCDateTime(), nullable=True),
        sa.Column("person_id", UUIDType, nullable=False),
        sa.Column("person_cascade_id", UUIDType, nullable=True),
        sa.Column("person_restrict_id", UUIDType, nullable=True),
        sa.Column("person_set_null_id", UUIDType, nullable=True),
        sa.Column("person_one_id", UUIDType, nullable=True),
        sa.Column("parent_id", UUIDType, nullable=True),
        sa.Column("editor_id", UUIDType, nullable=True),
        sa.Column("created_at", UTCDateTime(), server_default=utcnow(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), server_default=utcnow(), nullable=False),
        sa.Column("deleted_at", UTCDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            sa.column("int_range", sa.Integer()).between(-5, 5),
            name=op.f("ck_specimens_int_range_range"),
        ),
        sa.CheckConstraint(
            sa.column("bigint_range", sa.BigInteger()) >= 0,
            name=op.f("ck_specimens_bigint_range_range"),
        ),
        sa.CheckConstraint(
            sa.column("float_range", sa.Double()).between(-1.5, 1.5),
            name=op.f("ck_specimens_float_range_range"),
        ),
        sa.CheckConstraint(
            sa.column("decimal_range", ExactDecimal(10, 2)).between(
                Decimal("0.00"),
                Decimal("999.99"),
            ),
            name=op.f("ck_specimens_decimal_range_range"),
        ),
        sa.CheckConstraint(
            sa.column("enum_plain").in_(["one", "two", "three"]),
            name=op.f("ck_specimens_enum_plain"),
        ),
        sa.CheckConstraint(
            sa.column("enum_default").in_(["new", "in_use", "retired"]),
            name=op.f("ck_specimens_enum_default"),
        ),
        sa.CheckConstraint(
            sa.column("enum_long").in_(["small", "medium", "large"]),
            name=op.f("ck_specimens_enum_long"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["users.id"],
            name=op.f("fk_specimens_owner_id_users"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["persons.id"],
            name=op.f("fk_specimens_person_id_persons"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_cascade_id"],
            ["persons.id"],
            name=op.f("fk_specimens_person_cascade_id_persons"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_restrict_id"],
            ["persons.id"],
            name=op.f("fk_specimens_person_restrict_id_persons"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_set_null_id"],
            ["persons.id"],
            name=op.f("fk_specimens_person_set_null_id_persons"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["person_one_id"],
            ["persons.id"],
            name=op.f("fk_specimens_person_one_id_persons"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["specimens.id"],
            name=op.f("fk_specimens_parent_id_specimens"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["editor_id"],
            ["users.id"],
            name=op.f("fk_specimens_editor_id_users"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_specimens")),
        sa.UniqueConstraint("int_unique", name=op.f("uq_specimens_int_unique")),
        sa.UniqueConstraint("uuid_unique", name=op.f("uq_specimens_uuid_unique")),
        sa.UniqueConstraint("email_unique", name=op.f("uq_specimens_email_unique")),
        sa.UniqueConstraint("slug_unique", name=op.f("uq_specimens_slug_unique")),
        sa.UniqueConstraint("person_one_id", name=op.f("uq_specimens_person_one_id")),
        sa.UniqueConstraint(
            "person_id",
            "string_plain",
            name=op.f("uq_specimens_person_id_string_plain"),
        ),
        sa.UniqueConstraint(
            "date_plain",
            "int_plain",
            name=op.f("uq_specimens_date_plain_int_plain"),
        ),
    )
    op.create_index(op.f("ix_specimens_owner_id"), "specimens", ["owner_id"])
    op.create_index(op.f("ix_specimens_bigint_range"), "specimens", ["bigint_range"])
    op.create_index(op.f("ix_specimens_bool_default"), "specimens", ["bool_default"])
    op.create_index(op.f("ix_specimens_enum_default"), "specimens", ["enum_default"])
    op.create_index(op.f("ix_specimens_person_id"), "specimens", ["person_id"])
    op.create_index(op.f("ix_specimens_person_cascade_id"), "specimens", ["person_cascade_id"])
    op.create_index(op.f("ix_specimens_person_restrict_id"), "specimens", ["person_restrict_id"])
    op.create_index(op.f("ix_specimens_person_set_null_id"), "specimens", ["person_set_null_id"])
    op.create_index(op.f("ix_specimens_parent_id"), "specimens", ["parent_id"])
    op.create_index(op.f("ix_specimens_editor_id"), "specimens", ["editor_id"])
    op.create_index(
        op.f("ix_specimens_created_at_id"),
        "specimens",
        [sa.column("created_at").desc(), "id"],
    )
    op.create_index(
        op.f("ix_specimens_enum_default_date_default"),
        "specimens",
        ["enum_default", "date_default"],
    )
    op.create_index(
        op.f("ix_specimens_decimal_plain_bool_plain"),
        "specimens",
        ["decimal_plain", "bool_plain"],
    )
    op.create_table(
        "ledgers",
        sa.Column("id", UUIDType, nullable=False),
        sa.Column("title", ExactString(100), nullable=False),
        sa.Column("amount", ExactDecimal(8, 3), nullable=False),
        sa.Column("holder_id", UUIDType, nullable=False),
        sa.Column("created_at", UTCDateTime(), server_default=utcnow(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), server_default=utcnow(), nullable=False),
        sa.CheckConstraint(
            sa.column("amount", ExactDecimal(8, 3)) >= Decimal("0.000"),
            name=op.f("ck_ledgers_amount_range"),
        ),
        sa.ForeignKeyConstraint(
            ["holder_id"],
            ["persons.id"],
            name=op.f("fk_ledgers_holder_id_persons"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledgers")),
    )
    op.create_index(op.f("ix_ledgers_title"), "ledgers", ["title"])
    op.create_index(op.f("ix_ledgers_holder_id"), "ledgers", ["holder_id"])
    op.create_index(
        op.f("ix_ledgers_created_at_id"),
        "ledgers",
        [sa.column("created_at").desc(), "id"],
    )
    op.create_table(
        "specimens_blog_tags",
        sa.Column("specimen_id", UUIDType, nullable=False),
        sa.Column("blog_tag_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["specimen_id"],
            ["specimens.id"],
            name=op.f("fk_specimens_blog_tags_specimen_id_specimens"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["blog_tag_id"],
            ["blog_tags.id"],
            name=op.f("fk_specimens_blog_tags_blog_tag_id_blog_tags"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("specimen_id", "blog_tag_id", name=op.f("pk_specimens_blog_tags")),
    )
    op.create_index(
        op.f("ix_specimens_blog_tags_blog_tag_id"),
        "specimens_blog_tags",
        ["blog_tag_id"],
    )
    op.create_table(
        "specimens_siblings",
        sa.Column("specimen_id", UUIDType, nullable=False),
        sa.Column("sibling_id", UUIDType, nullable=False),
        sa.ForeignKeyConstraint(
            ["specimen_id"],
            ["specimens.id"],
            name=op.f("fk_specimens_siblings_specimen_id_specimens"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["sibling_id"],
            ["specimens.id"],
            name=op.f("fk_specimens_siblings_sibling_id_specimens"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("specimen_id", "sibling_id", name=op.f("pk_specimens_siblings")),
    )
    op.create_index(op.f("ix_specimens_siblings_sibling_id"), "specimens_siblings", ["sibling_id"])
    op.create_table(
        "specimens_readers",
        sa.Column("specimen_id", UUIDType, nullable=False),
        sa.Column("user_id", UUIDType, nullable=False),
        sa.ForeignKeyConstraint(
            ["specimen_id"],
            ["specimens.id"],
            name=op.f("fk_specimens_readers_specimen_id_specimens"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_specimens_readers_user_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("specimen_id", "user_id", name=op.f("pk_specimens_readers")),
    )
    op.create_index(op.f("ix_specimens_readers_user_id"), "specimens_readers", ["user_id"])


def downgrade() -> None:
    op.drop_table("specimens_readers")
    op.drop_table("specimens_siblings")
    op.drop_table("specimens_blog_tags")
    op.drop_table("ledgers")
    op.drop_table("specimens")
    op.drop_table("blog_tags")
    op.drop_table("persons")
    op.drop_table("refresh_tokens")
    op.drop_table("users")
