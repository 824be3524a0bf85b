"""One thing that a file says, before a rule makes something of it."""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

LONGEST = 100
MOST_LOOKED_AT = 2000
CREDENTIALS = re.compile(r"://\S*@")
SAFE = re.compile(r"[\w+.-]+:(?://(?:\*\*\*@)?)?[\w.\-]*(?::\d+)?(?:/[\w./\-]*)?")


class Clue(NamedTuple):
    sort: str
    """Where it stands: a row of `rules.STRENGTH`."""
    name: str
    text: str
    line: int | None = None
    """None where the file itself is the clue."""
    aside: bool = False
    """For development, for tests, or optional: what runs in production may not have it."""


Clues = Iterable[Clue]
Reader = Callable[[str], Clues]


class Unreadable(Exception):
    """A file that is not what its name says."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


def masked(url: str) -> str:
    """A URL without its credentials, cut where more of them might follow."""
    known = re.sub(r"://.*@", "://***@", _bounded(url), flags=re.DOTALL)
    safe = SAFE.match(known)
    kept = safe[0] if safe else ""
    return kept if kept == known else f"{kept}…"


def shown(text: str) -> str:
    """For any terminal: one line, nothing that it would obey, no credentials."""
    one_line = " ".join(_bounded(text).encode("utf-8", "replace").decode().split())
    clean = "".join(letter if letter.isprintable() else "\ufffd" for letter in one_line)
    clean = CREDENTIALS.sub("://***@", clean)
    return clean if len(clean) <= LONGEST else f"{clean[: LONGEST - 1]}…"


def _bounded(text: str) -> str:
    """The @ that ends credentials may be in what is cut off, so there is always one."""
    return text if len(text) <= MOST_LOOKED_AT else f"{text[:MOST_LOOKED_AT]}@"
