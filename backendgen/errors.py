"""The one family of errors that a person is told; anything else is a bug and shows a traceback."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

UNSEEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def visible(text: str) -> str:
    """What a person wrote, as it can be told: a terminal obeys some characters, and a line ends at others."""
    if text.isprintable():
        return text
    return "".join(
        _escaped(each) if unicodedata.category(each) in UNSEEN else each for each in text
    )


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode()


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a spec; `remedy` is a line that would work."""

    source: str
    line: int | None
    column: int | None
    message: str
    remedy: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", visible(self.message))
        object.__setattr__(self, "remedy", visible(self.remedy))

    @property
    def place(self) -> str:
        """`file:line:column`; words of the command line have no line: `argument 2: column 7`."""
        if self.line is None:
            return self.source if self.column is None else f"{self.source}: column {self.column}"
        return f"{self.source}:{self.line}:{self.column}"

    def __str__(self) -> str:
        remedy = f"; write: {self.remedy}" if self.remedy else ""
        return f"{self.place}: {self.message}{remedy}"


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sources as they came, each from its top down; what is found twice is told once."""
    found = tuple(dict.fromkeys(problems))
    sources = {source: at for at, source in enumerate(dict.fromkeys(each.source for each in found))}
    return tuple(
        sorted(found, key=lambda each: (sources[each.source], each.line or 0, each.column or 0))
    )


class BackendgenError(Exception):
    """The user's input or project stands in the way: one sentence, and the exit code it ends with."""

    def __init__(self, message: str, exit_code: int = 1) -> None:
        self.message = "\n".join(map(visible, message.split("\n")))
        super().__init__(self.message)
        self.exit_code = exit_code


class SpecError(BackendgenError):
    """Every problem of a spec, in the order in which they are read."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = _in_order(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems), exit_code=1)


class UsageError(BackendgenError):
    """A command was asked for something that it does not understand."""

    def __init__(self, message: str) -> None:
        super().__init__(message, exit_code=2)


class ConflictError(BackendgenError):
    """Something is left for a person to decide."""

    def __init__(self, message: str) -> None:
        super().__init__(message, exit_code=3)
