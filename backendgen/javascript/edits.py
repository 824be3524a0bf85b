"""What is changed in a text, place by place."""

from collections.abc import Sequence
from typing import NamedTuple

WIDTH = 100
"""Of a line, as the formatter counts."""


class Edit(NamedTuple):
    start: int
    end: int
    text: str


def applied(content: bytes, edits: Sequence[Edit]) -> str:
    # Of two in one place the outer one was made first, and its text comes first.
    ordered = sorted(enumerate(edits), key=lambda each: (each[1].start, each[1].end, each[0]))
    for _, (start, end, text) in reversed(ordered):
        content = content[:start] + text.encode() + content[end:]
    return content.decode()
