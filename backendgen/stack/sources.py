"""Which files are read, and by what; and which files are clues by being there."""

import re
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import translate
from typing import NamedTuple

from backendgen.stack import connections, node, python
from backendgen.stack.clue import Reader
from backendgen.stack.rules import NODE, PYTHON, ROWS, Row

# A word of a file's name that says that it is not for production.
TESTING = frozenset({"test", "tests", "testing", "ci", "e2e", "spec"})
DEVELOPING = TESTING | {"dev", "develop", "development", "local", "lint", "doc", "docs"}
# Below a directory of such a name nothing but imports is looked at.
ASIDE = TESTING | {
    "__tests__",
    "benchmarks",
    "doc",
    "docs",
    "example",
    "examples",
    "fixtures",
    "mocks",
    "samples",
    "snapshots",
    "templates",
    "testdata",
}
WORDS = re.compile(r"[._\-/]")


class Source(NamedTuple):
    patterns: str
    read: Reader
    language: str = ""
    """Whose manifest it is: the directory that holds one is a unit of a project."""
    aside: frozenset[str] = TESTING
    is_code: bool = False


SOURCES = (
    Source("pyproject.toml Pipfile", python.pyproject, PYTHON),
    Source(
        "requirements*.txt requirements*.in requirements/*.txt requirements/*.in",
        python.requirements,
        PYTHON,
        DEVELOPING,
    ),
    Source("setup.cfg", python.setup_cfg, PYTHON),
    Source("setup.py", python.setup_py, PYTHON),
    Source("tox.ini", python.setup_cfg),
    Source("package.json", node.package, NODE),
    Source("*.prisma", node.prisma_schema),
    Source("drizzle.config.* knexfile.* ormconfig.* config/config.json", node.dialect),
    Source(
        "compose*.yml compose*.yaml docker-compose*.yml docker-compose*.yaml", connections.compose
    ),
    Source(".env .env.* *.env env.example .envrc", connections.environment),
    Source("alembic.ini", connections.alembic_ini),
    Source(".pre-commit-config.yaml", connections.hooks),
    Source(".copier-answers.yml", connections.answers),
    Source("*.py", python.code, is_code=True),
    Source("*.js *.mjs *.cjs *.ts *.mts *.cts", node.code, is_code=True),
)


def _compiled(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?s:.*/)?(?:{translate(pattern)})" for pattern in patterns))


MATCHED: Mapping[Source, re.Pattern[str]] = {
    source: _compiled(source.patterns.split()) for source in SOURCES
}
FILES: Sequence[tuple[re.Pattern[str], str, Row]] = [
    (_compiled([name]), name, row)
    for row in ROWS
    for sort, _, name in (clue.lstrip("~").partition(":") for clue in row.clues)
    if sort == "file"
]
ANY_FILE = _compiled(sorted({name for _, name, _ in FILES}))


def sources_of(path: str) -> Iterator[Source]:
    return (source for source, pattern in MATCHED.items() if pattern.match(path))


def rows_of_file(path: str) -> Iterator[tuple[str, Row]]:
    """The rows to which the file's being there is a clue, each with the clue's name."""
    if ANY_FILE.match(path):
        yield from ((name, row) for pattern, name, row in FILES if pattern.match(path))


def is_below_aside(path: str) -> bool:
    directories = path.split("/")[:-1]
    return any(part.lower() in ASIDE or "{" in part for part in directories)


def is_aside(path: str, source: Source) -> bool:
    """By the name of the file or of the directory that it is in."""
    words = WORDS.split("/".join(path.lower().split("/")[-2:]))
    return is_below_aside(path) or not source.aside.isdisjoint(words)
