"""Initial."""

import sqlalchemy as sa
from alembic import op

from app.core.types import ExactString, ExactText, UTCDateTime, UUIDType, utcnow

revision = "32f1af6f230f"
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
        sa.Column("created_at", UTCDateTime(), server_default=utcnow(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), server_default=utcnow(), nullable=False),
        sa.CheckConstraint(sa.column("role").in_(["user", "admin"]), name=op.f("ck_users_role")),
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
        sa.Column("id", UUIDType, nullable=False),
        sa.Column("name", ExactString(40), nullable=False),
        sa.Column("created_at", UTCDateTime(), server_default=utcnow(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), server_default=utcnow(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tags")),
        sa.UniqueConstraint("name", name=op.f("uq_tags_name")),
    )
    op.create_index(op.f("ix_tags_created_at_id"), "tags", [sa.column("created_at").desc(), "id"])
    op.create_table(
        "posts",
        sa.Column("id", UUIDType, nullable=False),
        sa.Column("owner_id", UUIDType, nullable=False),
        sa.Column("title", ExactString(200), nullable=False),
        sa.Column("slug", ExactString(255), nullable=False),
        sa.Column("body", ExactText(), nullable=False),
        sa.Column("status", ExactString(40), server_default="draft", nullable=False),
        sa.Column("published_at", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), server_default=utcnow(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), server_default=utcnow(), nullable=False),
        sa.CheckConstraint(
            sa.column("status").in_(["draft", "published"]),
            name=op.f("ck_posts_status"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["users.id"],
            name=op.f("fk_posts_owner_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
        sa.UniqueConstraint("slug", name=op.f("uq_posts_slug")),
    )
    op.create_index(op.f("ix_posts_owner_id"), "posts", ["owner_id"])
    op.create_index(op.f("ix_posts_title"), "posts", ["title"])
    op.create_index(
        op.f("ix_posts_created_at_id"),
        "posts",
        [sa.column("created_at").desc(), "id"],
    )
    op.create_index(op.f("ix_posts_status_published_at"), "posts", ["status", "published_at"])
    op.create_table(
        "comments",
        sa.Column("id", UUIDType, nullable=False),
        sa.Column("owner_id", UUIDType, nullable=False),
        sa.Column("body", ExactText(), nullable=False),
        sa.Column("post_id", UUIDType, nullable=False),
        sa.Column("reply_to_id", UUIDType, nullable=True),
        sa.Column("created_at", UTCDateTime(), server_default=utcnow(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), server_default=utcnow(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["users.id"],
            name=op.f("fk_comments_owner_id_users"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["post_id"],
            ["posts.id"],
            name=op.f("fk_comments_post_id_posts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["reply_to_id"],
            ["comments.id"],
            name=op.f("fk_comments_reply_to_id_comments"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
    )
    op.create_index(op.f("ix_comments_owner_id"), "comments", ["owner_id"])
    op.create_index(op.f("ix_comments_post_id"), "comments", ["post_id"])
    op.create_index(op.f("ix_comments_reply_to_id"), "comments", ["reply_to_id"])
    op.create_index(
        op.f("ix_comments_created_at_id"),
        "comments",
        [sa.column("created_at").desc(), "id"],
    )
    op.create_table(
        "posts_tags",
        sa.Column("post_id", UUIDType, nullable=False),
        sa.Column("tag_id", UUIDType, nullable=False),
        sa.ForeignKeyConstraint(
            ["post_id"],
            ["posts.id"],
            name=op.f("fk_posts_tags_post_id_posts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tag_id"],
            ["tags.id"],
            name=op.f("fk_posts_tags_tag_id_tags"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("post_id", "tag_id", name=op.f("pk_posts_tags")),
    )
    op.create_index(op.f("ix_posts_tags_tag_id"), "posts_tags", ["tag_id"])


def downgrade() -> None:
    op.drop_table("posts_tags")
    op.drop_table("comments")
    op.drop_table("posts")
    op.drop_table("tags")
    op.drop_table("refresh_tokens")
    op.drop_table("users")
