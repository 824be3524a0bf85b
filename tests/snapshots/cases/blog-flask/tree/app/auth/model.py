import datetime as dt
import uuid

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.model import Base, UuidKey, now
from app.core.types import ExactString, UTCDateTime, UUIDType, utcnow


class RefreshToken(UuidKey, Base):
    """Good for one use. Each use makes the next of its family, which a login began."""

    __tablename__ = "refresh_tokens"

    user_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    family_id: Mapped[uuid.UUID] = mapped_column(UUIDType, index=True)
    token_hash: Mapped[str] = mapped_column(ExactString(64), unique=True)
    expires_at: Mapped[dt.datetime] = mapped_column(UTCDateTime())
    used_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime())
    created_at: Mapped[dt.datetime] = mapped_column(
        UTCDateTime(), default=now, server_default=utcnow()
    )
