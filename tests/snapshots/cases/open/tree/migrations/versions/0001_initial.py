"""Initial."""

from decimal import Decimal

import sqlalchemy as sa
from alembic import op

from app.core.types import ExactDecimal, ExactString, ExactText, UTCDateTime, UUIDType, utcnow

revision = "3e19d47d714e"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "boards",
        sa.Column("id", UUIDType, nullable=False),
        sa.Column("name", ExactString(80), nullable=False),
        sa.Column("description", ExactText(), nullable=True),
        sa.Column("created_at", UTCDateTime(), server_default=utcnow(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), server_default=utcnow(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_boards")),
        sa.UniqueConstraint("name", name=op.f("uq_boards_name")),
    )
    op.create_index(
        op.f("ix_boards_created_at_id"),
        "boards",
        [sa.column("created_at").desc(), "id"],
    )
    op.create_table(
        "notices",
        sa.Column("id", UUIDType, nullable=False),
        sa.Column("title", ExactString(120), nullable=False),
        sa.Column("body", ExactText(), nullable=False),
        sa.Column("kind", ExactString(40), server_default="offer", nullable=False),
        sa.Column("price", ExactDecimal(8, 2), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("contact", ExactString(254), nullable=False),
        sa.Column("board_id", UUIDType, nullable=False),
        sa.Column("created_at", UTCDateTime(), server_default=utcnow(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), server_default=utcnow(), nullable=False),
        sa.CheckConstraint(
            sa.column("kind").in_(["offer", "wanted", "lost", "found"]),
            name=op.f("ck_notices_kind"),
        ),
        sa.CheckConstraint(
            sa.column("price", ExactDecimal(8, 2)) >= Decimal("0.00"),
            name=op.f("ck_notices_price_range"),
        ),
        sa.ForeignKeyConstraint(
            ["board_id"],
            ["boards.id"],
            name=op.f("fk_notices_board_id_boards"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
    )
    op.create_index(op.f("ix_notices_title"), "notices", ["title"])
    op.create_index(op.f("ix_notices_board_id"), "notices", ["board_id"])
    op.create_index(
        op.f("ix_notices_created_at_id"),
        "notices",
        [sa.column("created_at").desc(), "id"],
    )


def downgrade() -> None:
    op.drop_table("notices")
    op.drop_table("boards")
