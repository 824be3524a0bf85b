"""What is gathered while a spec is read: its problems, and where each part of it stands."""

import difflib
from collections.abc import Iterable, Mapping

from backendgen.errors import Problem, SpecError
from backendgen.spec.document import Mark
from backendgen.spec.grammar import MOST_PROBLEMS

Path = tuple[str, ...]

SYNONYMS: Mapping[str, str] = {
    "array": "json",
    "authentication": "auth",
    "belongs_to": "ref",
    "boolean": "bool",
    "char": "string",
    "choice": "enum",
    "choices": "enum",
    "currency": "decimal",
    "db": "database",
    "dict": "json",
    "double": "float",
    "fk": "ref",
    "foreign_key": "ref",
    "guid": "uuid",
    "has_many": "many",
    "integer": "int",
    "jsonb": "json",
    "link": "url",
    "long": "bigint",
    "longtext": "text",
    "m2m": "many",
    "many_to_many": "many",
    "mariadb": "mysql",
    "max_length": "length",
    "money": "decimal",
    "null": "optional",
    "nullable": "optional",
    "numeric": "decimal",
    "number": "int",
    "object": "json",
    "pg": "postgresql",
    "postgres": "postgresql",
    "real": "float",
    "reference": "ref",
    "references": "ref",
    "regex": "pattern",
    "secret": "private",
    "sqlite3": "sqlite",
    "str": "string",
    "timestamp": "datetime",
    "timestamptz": "datetime",
    "to": "target",
    "uri": "url",
    "varchar": "string",
}
"""What people write who know another tool."""


class Reading:
    """The problems and positions of one source. Paths name parts: `("Post", "title", "default")`."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.problems: list[Problem] = []
        self.marks: dict[Path, Mark] = {}
        self.broken: set[Path] = set()

    def problem(self, mark: Mark, message: str, remedy: str = "") -> None:
        self.problems.append(Problem(self.source, mark.line, mark.column, message, remedy))
        if len(self.problems) >= MOST_PROBLEMS:
            self.finish()

    def problem_at(self, path: Path, message: str, remedy: str = "") -> None:
        self.problem(self.mark(path), message, remedy)

    def mark(self, path: Path) -> Mark:
        """Where a part stands, or else the nearest part around it."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.marks:
                return self.marks[path[:end]]
        return self.marks.get((), Mark(1, 1))

    def finish(self) -> None:
        if self.problems:
            raise SpecError(self.problems)


def closest(word: str, options: Iterable[str]) -> str | None:
    """The option that was probably meant."""
    known = {option.lower(): option for option in options}
    if (synonym := SYNONYMS.get(word.lower())) in known:
        return known[synonym] if synonym else None
    found = difflib.get_close_matches(word.lower()[:80], known, n=1, cutoff=0.6)
    return known[found[0]] if found else None


def shown(text: str) -> str:
    """A text as it is told in a sentence: never more than a line's worth of it."""
    return f"`{text}`" if len(text) <= LONGEST_SHOWN else f"`{text[:LONGEST_SHOWN]}…`"


LONGEST_SHOWN = 60


def listed(options: Iterable[str]) -> str:
    return ", ".join(options)
