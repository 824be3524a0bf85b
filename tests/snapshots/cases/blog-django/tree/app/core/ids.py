"""Time-ordered ids (UUID version 7, RFC 9562), made by the application."""

import secrets
import time
import uuid

_VERSION_7 = 0x7 << 76
_VARIANT = 0b10 << 62


def uuid7() -> uuid.UUID:
    """48 bits of milliseconds, then 74 random bits; new rows land at the end of an index."""
    milliseconds = time.time_ns() // 1_000_000
    rand_a = secrets.randbits(12) << 64
    rand_b = secrets.randbits(62)
    return uuid.UUID(int=milliseconds << 80 | _VERSION_7 | rand_a | _VARIANT | rand_b)
