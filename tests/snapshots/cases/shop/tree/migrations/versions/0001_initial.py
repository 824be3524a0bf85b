"""Initial."""

from decimal import Decimal

import sqlalchemy as sa
from alembic import op

from app.core.types import (
    BigIntPK,
    ExactDecimal,
    ExactString,
    ExactText,
    UTCDateTime,
    UUIDType,
    utcnow,
)

revision = "a7337686d66b"
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
        sa.Column("display_name", ExactString(80), nullable=True),
        sa.Column("newsletter", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("loyalty_points", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", UTCDateTime(), server_default=utcnow(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), server_default=utcnow(), nullable=False),
        sa.CheckConstraint(sa.column("role").in_(["user", "admin"]), name=op.f("ck_users_role")),
        sa.CheckConstraint(
            sa.column("loyalty_points", sa.Integer()) >= 0,
            name=op.f("ck_users_loyalty_points_range"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
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
        "tags",
        sa.Column("id", BigIntPK, nullable=False),
        sa.Column("name", ExactString(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tags")),
        sa.UniqueConstraint("name", name=op.f("uq_tags_name")),
    )
    op.create_table(
        "addresses",
        sa.Column("id", UUIDType, nullable=False),
        sa.Column("owner_id", UUIDType, nullable=False),
        sa.Column("street", ExactString(120), nullable=False),
        sa.Column("city", ExactString(80), nullable=False),
        sa.Column("postcode", ExactString(12), nullable=False),
        sa.Column("country", ExactString(2), nullable=False),
        sa.Column("created_at", UTCDateTime(), server_default=utcnow(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), server_default=utcnow(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["users.id"],
            name=op.f("fk_addresses_owner_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addresses")),
    )
    op.create_index(op.f("ix_addresses_owner_id"), "addresses", ["owner_id"])
    op.create_index(
        op.f("ix_addresses_created_at_id"),
        "addresses",
        [sa.column("created_at").desc(), "id"],
    )
    op.create_table(
        "customers",
        sa.Column("id", UUIDType, nullable=False),
        sa.Column("owner_id", UUIDType, nullable=False),
        sa.Column("account_id", UUIDType, nullable=False),
        sa.Column("name", ExactString(120), nullable=False),
        sa.Column("phone", ExactString(30), nullable=True),
        sa.Column("billing_id", UUIDType, nullable=True),
        sa.Column("shipping_id", UUIDType, nullable=True),
        sa.Column("created_at", UTCDateTime(), server_default=utcnow(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), server_default=utcnow(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["users.id"],
            name=op.f("fk_customers_owner_id_users"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["users.id"],
            name=op.f("fk_customers_account_id_users"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["billing_id"],
            ["addresses.id"],
            name=op.f("fk_customers_billing_id_addresses"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["shipping_id"],
            ["addresses.id"],
            name=op.f("fk_customers_shipping_id_addresses"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customers")),
        sa.UniqueConstraint("account_id", name=op.f("uq_customers_account_id")),
    )
    op.create_index(op.f("ix_customers_owner_id"), "customers", ["owner_id"])
    op.create_index(op.f("ix_customers_billing_id"), "customers", ["billing_id"])
    op.create_index(op.f("ix_customers_shipping_id"), "customers", ["shipping_id"])
    op.create_index(
        op.f("ix_customers_created_at_id"),
        "customers",
        [sa.column("created_at").desc(), "id"],
    )
    op.create_table(
        "purchases",
        sa.Column("id", UUIDType, nullable=False),
        sa.Column("owner_id", UUIDType, nullable=False),
        sa.Column("number", ExactString(20), nullable=False),
        sa.Column("customer_id", UUIDType, nullable=False),
        sa.Column("status", ExactString(40), server_default="open", nullable=False),
        sa.Column("paid_at", UTCDateTime(), nullable=True),
        sa.Column("note", ExactText(), nullable=True),
        sa.Column("handled_by_id", UUIDType, nullable=True),
        sa.Column("created_at", UTCDateTime(), server_default=utcnow(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), server_default=utcnow(), nullable=False),
        sa.Column("deleted_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            sa.column("status").in_(["open", "paid", "shipped", "cancelled"]),
            name=op.f("ck_purchases_status"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["users.id"],
            name=op.f("fk_purchases_owner_id_users"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
            name=op.f("fk_purchases_customer_id_customers"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["handled_by_id"],
            ["users.id"],
            name=op.f("fk_purchases_handled_by_id_users"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchases")),
        sa.UniqueConstraint("number", name=op.f("uq_purchases_number")),
    )
    op.create_index(op.f("ix_purchases_owner_id"), "purchases", ["owner_id"])
    op.create_index(op.f("ix_purchases_customer_id"), "purchases", ["customer_id"])
    op.create_index(op.f("ix_purchases_handled_by_id"), "purchases", ["handled_by_id"])
    op.create_index(
        op.f("ix_purchases_created_at_id"),
        "purchases",
        [sa.column("created_at").desc(), "id"],
    )
    op.create_index(op.f("ix_purchases_status_paid_at"), "purchases", ["status", "paid_at"])
    op.create_table(
        "categories",
        sa.Column("id", UUIDType, nullable=False),
        sa.Column("name", ExactString(80), nullable=False),
        sa.Column("parent_id", UUIDType, nullable=True),
        sa.Column("featured_id", UUIDType, nullable=True),
        sa.Column("created_at", UTCDateTime(), server_default=utcnow(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), server_default=utcnow(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["categories.id"],
            name=op.f("fk_categories_parent_id_categories"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["featured_id"],
            ["products.id"],
            name=op.f("fk_categories_featured_id_products"),
            ondelete="SET NULL",
            use_alter=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_categories")),
        sa.UniqueConstraint("name", name=op.f("uq_categories_name")),
    )
    op.create_index(op.f("ix_categories_parent_id"), "categories", ["parent_id"])
    op.create_index(op.f("ix_categories_featured_id"), "categories", ["featured_id"])
    op.create_index(
        op.f("ix_categories_created_at_id"),
        "categories",
        [sa.column("created_at").desc(), "id"],
    )
    op.create_table(
        "products",
        sa.Column("id", UUIDType, nullable=False),
        sa.Column("sku", ExactString(20), nullable=False),
        sa.Column("name", ExactString(120), nullable=False),
        sa.Column("description", ExactText(), nullable=True),
        sa.Column("price", ExactDecimal(10, 2), nullable=False),
        sa.Column("stock", sa.Integer(), server_default="0", nullable=False),
        sa.Column("discontinued", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("category_id", UUIDType, nullable=False),
        sa.Column("created_at", UTCDateTime(), server_default=utcnow(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), server_default=utcnow(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            sa.column("price", ExactDecimal(10, 2)) >= Decimal("0.00"),
            name=op.f("ck_products_price_range"),
        ),
        sa.CheckConstraint(
            sa.column("stock", sa.Integer()) >= 0,
            name=op.f("ck_products_stock_range"),
        ),
        sa.ForeignKeyConstraint(
            ["category_id"],
            ["categories.id"],
            name=op.f("fk_products_category_id_categories"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_products")),
        sa.UniqueConstraint("sku", name=op.f("uq_products_sku")),
    )
    op.create_index(op.f("ix_products_name"), "products", ["name"])
    op.create_index(op.f("ix_products_category_id"), "products", ["category_id"])
    op.create_index(
        op.f("ix_products_created_at_id"),
        "products",
        [sa.column("created_at").desc(), "id"],
    )
    op.create_index(op.f("ix_products_category_id_price"), "products", ["category_id", "price"])
    op.create_table(
        "purchase_lines",
        sa.Column("id", UUIDType, nullable=False),
        sa.Column("owner_id", UUIDType, nullable=False),
        sa.Column("purchase_id", UUIDType, nullable=False),
        sa.Column("product_id", UUIDType, nullable=False),
        sa.Column("quantity", sa.Integer(), server_default="1", nullable=False),
        sa.Column("unit_price", ExactDecimal(10, 2), nullable=False),
        sa.Column("created_at", UTCDateTime(), server_default=utcnow(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), server_default=utcnow(), nullable=False),
        sa.CheckConstraint(
            sa.column("quantity", sa.Integer()).between(1, 1000),
            name=op.f("ck_purchase_lines_quantity_range"),
        ),
        sa.CheckConstraint(
            sa.column("unit_price", ExactDecimal(10, 2)) >= Decimal("0.00"),
            name=op.f("ck_purchase_lines_unit_price_range"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["users.id"],
            name=op.f("fk_purchase_lines_owner_id_users"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["purchase_id"],
            ["purchases.id"],
            name=op.f("fk_purchase_lines_purchase_id_purchases"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["products.id"],
            name=op.f("fk_purchase_lines_product_id_products"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase_lines")),
        sa.UniqueConstraint(
            "purchase_id",
            "product_id",
            name=op.f("uq_purchase_lines_purchase_id_product_id"),
        ),
    )
    op.create_index(op.f("ix_purchase_lines_owner_id"), "purchase_lines", ["owner_id"])
    op.create_index(op.f("ix_purchase_lines_purchase_id"), "purchase_lines", ["purchase_id"])
    op.create_index(op.f("ix_purchase_lines_product_id"), "purchase_lines", ["product_id"])
    op.create_index(
        op.f("ix_purchase_lines_created_at_id"),
        "purchase_lines",
        [sa.column("created_at").desc(), "id"],
    )
    op.create_table(
        "reviews",
        sa.Column("id", UUIDType, nullable=False),
        sa.Column("owner_id", UUIDType, nullable=False),
        sa.Column("product_id", UUIDType, nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("body", ExactText(), nullable=True),
        sa.Column("created_at", UTCDateTime(), server_default=utcnow(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), server_default=utcnow(), nullable=False),
        sa.CheckConstraint(
            sa.column("stars", sa.Integer()).between(1, 5),
            name=op.f("ck_reviews_stars_range"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["users.id"],
            name=op.f("fk_reviews_owner_id_users"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["products.id"],
            name=op.f("fk_reviews_product_id_products"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
    )
    op.create_index(op.f("ix_reviews_owner_id"), "reviews", ["owner_id"])
    op.create_index(op.f("ix_reviews_product_id"), "reviews", ["product_id"])
    op.create_index(
        op.f("ix_reviews_created_at_id"),
        "reviews",
        [sa.column("created_at").desc(), "id"],
    )
    op.create_table(
        "products_tags",
        sa.Column("product_id", UUIDType, nullable=False),
        sa.Column("tag_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["products.id"],
            name=op.f("fk_products_tags_product_id_products"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tag_id"],
            ["tags.id"],
            name=op.f("fk_products_tags_tag_id_tags"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("product_id", "tag_id", name=op.f("pk_products_tags")),
    )
    op.create_index(op.f("ix_products_tags_tag_id"), "products_tags", ["tag_id"])
    op.create_table(
        "products_related",
        sa.Column("product_id", UUIDType, nullable=False),
        sa.Column("related_id", UUIDType, nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["products.id"],
            name=op.f("fk_products_related_product_id_products"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["related_id"],
            ["products.id"],
            name=op.f("fk_products_related_related_id_products"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("product_id", "related_id", name=op.f("pk_products_related")),
    )
    op.create_index(op.f("ix_products_related_related_id"), "products_related", ["related_id"])
    # SQLite knows no ALTER, and has had these from the start.
    if op.get_context().dialect.supports_alter:
        op.create_foreign_key(
            op.f("fk_categories_featured_id_products"),
            "categories",
            "products",
            ["featured_id"],
            ["id"],
            ondelete="SET NULL",
        )


def downgrade() -> None:
    if op.get_context().dialect.supports_alter:
        op.drop_constraint(
            op.f("fk_categories_featured_id_products"),
            "categories",
            type_="foreignkey",
        )
    op.drop_table("products_related")
    op.drop_table("products_tags")
    op.drop_table("reviews")
    op.drop_table("purchase_lines")
    op.drop_table("products")
    op.drop_table("categories")
    op.drop_table("purchases")
    op.drop_table("customers")
    op.drop_table("addresses")
    op.drop_table("tags")
    op.drop_table("refresh_tokens")
    op.drop_table("users")
