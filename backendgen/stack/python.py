"""What the files of a Python project declare."""

import ast
import re
import tomllib
import warnings
from collections.abc import Iterator, Mapping
from typing import Any

from backendgen.stack.clue import Clue, Clues, Unreadable
from backendgen.stack.connections import connections, engine
from backendgen.stack.positions import (
    DEEPEST,
    PYTHON_COMMENTS,
    Lines,
    ini_entries,
    toml_lines,
    without_comments,
)

REQUIREMENT = re.compile(
    r"\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(\[[^\]]*\])?\s*([^;#\\\s][^;#\\]*)?"
)
MOST_DOTS = 1000
LARGEST_PARSED = 200_000
MOST_REASONS = 100
AT_LINE = re.compile(r"\(at line (\d+)")
IMPORT = re.compile(
    r"^[ \t]*(?:import[ \t]+([A-Za-z_][^#;\n]*)|from[ \t]+([A-Za-z_][\w.]*)[ \t]+import\b([^#\n]*))",
    re.MULTILINE,
)
# Poetry's and PDM's tables of a name each; `python` among them is no package.
NAMED = (
    (("tool", "poetry", "dependencies"), False),
    (("tool", "poetry", "dev-dependencies"), True),
    (("packages",), False),
    (("dev-packages",), True),
)
DATABASES = "DATABASES"


def pyproject(text: str) -> Clues:
    """pyproject.toml and Pipfile."""
    document, lines = _toml(text), toml_lines(text)
    yield from _listed(document, lines, ("project", "dependencies"), aside=False)
    for group in _table(document, "project", "optional-dependencies"):
        yield from _listed(document, lines, ("project", "optional-dependencies", group))
    for group in _table(document, "dependency-groups"):
        yield from _listed(document, lines, ("dependency-groups", group))
    for group in _table(document, "tool", "pdm", "dev-dependencies"):
        yield from _listed(document, lines, ("tool", "pdm", "dev-dependencies", group))
    yield from _listed(document, lines, ("tool", "uv", "dev-dependencies"))
    groups = _table(document, "tool", "poetry", "group")
    named = [(("tool", "poetry", "group", group, "dependencies"), True) for group in groups]
    for path, aside in (*NAMED, *named):
        yield from _named(document, lines, path, aside=aside)
    for tool in _table(document, "tool"):
        yield Clue("table", tool, f"[tool.{tool}]", lines.get(("tool", tool)))


def _toml(text: str) -> Mapping[str, Any]:
    for number, line in enumerate(text.split("\n"), 1):
        # tomllib takes time by the square of a key's length.
        if line.count(".") > MOST_DOTS:
            raise Unreadable(f"more than {MOST_DOTS} dots in a line", number)
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = AT_LINE.search(str(error))
        last = text.count("\n", 0, len(text.rstrip())) + 1
        raise Unreadable("not valid TOML", int(place[1]) if place else last) from error


def _table(document: Mapping[str, Any], *path: str) -> Mapping[str, Any]:
    found: Any = document
    for key in path:
        found = found.get(key) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}


def _listed(
    document: Mapping[str, Any], lines: Lines, path: tuple[str, ...], *, aside: bool = True
) -> Clues:
    listed = _table(document, *path[:-1]).get(path[-1])
    for text in listed if isinstance(listed, list) else ():
        if isinstance(text, str):
            line = lines.get((*path, text)) or lines.get(path)
            yield from _requirement(text, line, aside=aside)


def _named(
    document: Mapping[str, Any], lines: Lines, path: tuple[str, ...], *, aside: bool
) -> Clues:
    for name, value in _table(document, *path).items():
        table = value if isinstance(value, dict) else {"version": value}
        version = table.get("version", "")
        text = f"{name} {version}" if isinstance(version, str) else name
        optional = aside or bool(table.get("optional"))
        yield Clue("pypi", _normal(name), text.strip(), lines.get((*path, name)), optional)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _requirement(text: str, line: int | None, *, aside: bool) -> Clues:
    if match := REQUIREMENT.match(text):
        name, extras, version = match.groups()
        version = (version or "").partition(" --")[0].strip()
        space = " " if version.startswith("@") else ""
        said = f"{name}{extras or ''}{space}{version}"
        yield Clue("pypi", _normal(name), said, line, aside)


def requirements(text: str) -> Clues:
    """A requirements file, written by hand or by pip-compile, which says why a package is there."""
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if not line.lstrip().startswith(("#", "-")):
            yield from _requirement(line, number, aside=_is_indirect(lines, number))


def _is_indirect(lines: list[str], number: int) -> bool:
    reason = lines[number - 1].partition("#")[2]
    for line in lines[number : number + MOST_REASONS]:
        if not (line.startswith((" ", "\t")) and line.lstrip().startswith(("#", "--"))):
            break
        reason += line
    asked = "-r " in reason or "(pyproject" in reason or "(setup" in reason
    return "via" in reason.split() and not asked


def setup_cfg(text: str) -> Clues:
    for entry in ini_entries(text):
        required = (entry.section, entry.key) == ("options", "install_requires")
        optional = entry.section == "options.extras_require" or entry.key == "tests_require"
        if entry.key and entry.value and (required or optional):
            yield from _requirement(entry.value, entry.line, aside=optional)
        elif not entry.key:
            yield Clue("table", entry.section, f"[{entry.section}]", entry.line)


def setup_py(text: str) -> Clues:
    """The literals of setup(); a list may be bound to a name before."""
    tree = _parsed(text)
    bound = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in SETUP:
            value = bound.get(node.value.id) if isinstance(node.value, ast.Name) else node.value
            for required, line in _strings(value):
                yield from _requirement(required, line, aside=SETUP[node.arg])


SETUP = {"install_requires": False, "tests_require": True, "extras_require": True}


def _parsed(text: str) -> ast.Module:
    if len(text) > LARGEST_PARSED:
        raise Unreadable("too large to be parsed")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except SyntaxError as error:
        raise Unreadable("not valid Python", error.lineno) from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise Unreadable("not valid Python") from error


def _strings(node: ast.AST | None) -> Iterator[tuple[str, int]]:
    """Each with its line."""
    for inner in ast.walk(node) if node else ():
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            yield inner.value, inner.lineno


def code(text: str) -> Clues:
    """Imports, once each, URLs of databases, and Django's DATABASES."""
    bare = without_comments(text, PYTHON_COMMENTS)
    for name, (said, line) in _imports(bare).items():
        yield Clue("py", name, said, line)
    yield from connections(bare)
    if DATABASES in text:
        yield from django_databases(text)


def _imports(text: str) -> Mapping[str, tuple[str, int]]:
    """What is imported first where: each module, those around it, and what is taken from it."""
    found: dict[str, tuple[str, int]] = {}
    line, at = 1, 0
    for match in IMPORT.finditer(text):
        line += text.count("\n", at, match.start())
        at = match.start()
        said = match[0].strip()
        for name in _imported(*match.groups()):
            found.setdefault(name, (said, line))
    return found


def _imported(plain: str | None, module: str | None, names: str | None) -> Iterator[str]:
    for whole in plain.split(",") if plain else [module or ""]:
        parts = whole.split()[0].split(".", DEEPEST)[:DEEPEST] if whole.strip() else []
        yield from (".".join(parts[:end]) for end in range(1, len(parts) + 1))
    if plain:
        # A module as a whole, for those of which only a part tells something.
        yield f"{plain.split()[0]}.*"
    for name in re.findall(r"\w+", names or ""):
        yield f"{module}.{name}"


def django_databases(text: str) -> Clues:
    """Each engine and each URL that stands in what DATABASES is set to."""
    for node in ast.walk(_parsed(text)):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if any(_is_databases(target) for target in targets):
            value = getattr(node, "value", None)
            yield from _engines(value)


def _is_databases(target: ast.AST | None) -> bool:
    while isinstance(target, ast.Subscript):
        target = target.value
    return isinstance(target, ast.Name) and target.id == DATABASES


def _engines(value: ast.AST | None) -> Clues:
    for word, line in _strings(value):
        # Other words in it are names and options.
        if "." in word or ":" in word:
            yield engine(word, f"{DATABASES} {word}", line)
