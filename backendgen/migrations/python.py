"""A migration written in Python: read from the disk, never by importing a person's code."""

from __future__ import annotations

import ast
from functools import cache

from backendgen.errors import BackendgenError


@cache  # A command reads the history before it writes and while it does.
def parsed(content: bytes, name: str) -> ast.Module:
    """The syntax tree, which nobody may change; `name` is told where there is none."""
    try:
        return ast.parse(content)
    except (SyntaxError, ValueError) as error:
        number = getattr(error, "lineno", None)
        line = f":{number}" if number else ""
        raise BackendgenError(
            f"{name}{line}: not Python, so the next migration cannot be chained to it;"
            " correct it, or move it out of the directory"
        ) from error
