"""The words of a command line as parts of a spec, and a spec's problems told of those words."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from json import JSONDecoder

from backendgen.errors import Problem, SpecError

OPTIONS = {"indexes": "index", "soft_delete": "soft-delete", "timestamps": "no-timestamps"}

KeyPath = tuple[str, ...]
Word = Callable[[KeyPath], str | None]
"""Which word a part of a spec comes from; None where it is from a file."""


def pairs(words: Sequence[str]) -> Sequence[tuple[str, str]]:
    """`title:string:200` as name and line."""
    return [(name, text) for name, _, text in (word.partition(":") for word in words)]


@contextmanager
def told_of(word: Word, text: str) -> Iterator[None]:
    """Problems of a text that is in no file are told of the words that it was made of."""
    try:
        yield
    except SpecError as error:
        raise SpecError(_placed(problem, word, text) for problem in error.problems) from None


def _placed(problem: Problem, word: Word, text: str) -> Problem:
    path = _path(text, problem.line or 0)
    source = word(path)
    if source is None:
        return problem
    column = _column(text, problem, path)
    remedy = _spoken(problem.remedy, path)
    return replace(problem, source=source, line=None, column=column, remedy=remedy)


def _path(text: str, number: int) -> KeyPath:
    """The keys around a line of block-style YAML, from the outermost to its own."""
    path: KeyPath = ()
    column = len(text)
    for line in reversed(text.split("\n")[:number]):
        bare = line.lstrip(" ")
        if bare and not bare.startswith("#") and len(line) - len(bare) < column:
            column = len(line) - len(bare)
            path = (_key(bare), *path)
    return path


def _key(line: str) -> str:
    """The key that a line begins with; what YAML would read as something else is in quotes."""
    if line.startswith('"'):
        with suppress(ValueError):
            return str(JSONDecoder(strict=False).raw_decode(line)[0])
    return line.partition(":")[0]


def _column(text: str, problem: Problem, path: KeyPath) -> int | None:
    """In the word of a field; the other words are short."""
    if not _is_field(path) or problem.line is None or problem.column is None:
        return None
    key, space, value = text.split("\n")[problem.line - 1].partition(": ")
    start = len(key) - len(key.lstrip())
    inserted = len(space) - 1 + value.startswith(("'", '"')) if problem.column > len(key) else 0
    return problem.column - start - inserted


def _is_field(path: KeyPath) -> bool:
    return len(path) > 3 and path[2] == "fields"


def _spoken(remedy: str, path: KeyPath) -> str:
    """A line of YAML as it is typed in a shell."""
    key, colon, value = remedy.partition(": ")
    if len(path) == 2:
        return remedy.removesuffix(":")
    if not colon:
        return remedy
    if _is_field(path):
        return f"{key}:{value}"
    # An option of a resource stands on one line, whatever is in it: access: {list: public}
    option = path[-1]
    words = value if key == option else f"{key}={value}"
    return f"--{OPTIONS.get(option, option)} {re.sub(r'[][{} ]', '', words).replace(':', '=')}"
