"""One way to break a generated project."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import KW_ONLY, dataclass
from pathlib import Path


class Stale(Exception):
    """A row speaks of code or of tests that are not there, or of code that does not even load."""


@dataclass(frozen=True)
class Breakage:
    """`text` of the file at `path` becomes `instead`; `tests` are those that should notice.

    `times` is how often the text must occur, so that a row cannot outlive the code it speaks of.
    """

    name: str
    path: str
    text: str
    instead: str
    tests: str
    _: KW_ONLY
    times: int = 1
    example: str = "shop"
    database: str = "sqlite"

    @property
    def project(self) -> tuple[str, str]:
        return self.example, self.database

    @contextmanager
    def applied(self, root: Path) -> Iterator[None]:
        file = root / self.path
        sound = file.read_text(encoding="utf-8")
        file.write_text(self.broken(sound), encoding="utf-8")
        try:
            yield
        finally:
            file.write_text(sound, encoding="utf-8")

    def broken(self, sound: str) -> str:
        found = sound.count(self.text)
        if found != self.times:
            raise Stale(f"{self.path} holds {self.text!r} {found} times, not {self.times}")
        return sound.replace(self.text, self.instead)


@dataclass(frozen=True)
class Table:
    """The breakages of a framework, those of one project side by side, and how its tests are run.

    `installed` is the directory that copies of a project share; `red` finds the test that failed.
    """

    command: tuple[str, ...]
    installed: str
    red: str
    breakages: tuple[Breakage, ...]
