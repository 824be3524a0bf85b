"""What the files of a Node project declare."""

import json
import re
from collections.abc import Mapping
from typing import Any

from backendgen.stack.clue import Clue, Clues, Unreadable
from backendgen.stack.connections import connections, engine
from backendgen.stack.positions import NODE_COMMENTS, Lines, json_lines, without_comments

DEPENDENCIES = {
    "dependencies": False,
    "devDependencies": True,
    "peerDependencies": True,
    "optionalDependencies": True,
}
IMPORT = re.compile(
    r"(?:\bfrom|\bimport|\brequire|\bimport\s*\(|\brequire\s*\()\s*[\"']([^\"'.\n][^\"'\n]*)[\"']"
)
PROVIDER = re.compile(r"^\s*provider\s*=\s*\"([^\"]+)\"")
BLOCK = re.compile(r"^\s*(\w+)\s+(\w+)\s*\{")
DIALECT = re.compile(r"\b(dialect|client|type|provider)[\"']?\s*:\s*[\"']([\w-]+)[\"']")
NAMES_DIALECT = re.compile(r"typeorm|sequelize|knex|drizzle|mikro-orm", re.IGNORECASE)


def package(text: str) -> Clues:
    document = _json(text)
    lines = json_lines(text)
    for table, aside in DEPENDENCIES.items():
        for name, version in _table(document, table).items():
            said = f"{name} {version}" if isinstance(version, str) else name
            yield Clue("npm", name, said, lines.get((table, name)), aside)
    yield from _scripts(document, lines)
    manager = document.get("packageManager")
    if isinstance(manager, str):
        line = lines.get(("packageManager",))
        yield Clue("field", manager.partition("@")[0], f"packageManager {manager}", line)
    for name in ("jest", "eslintConfig", "prisma", "mocha", "ava"):
        if name in document:
            yield Clue("key", name, f'"{name}"', lines.get((name,)))


def _scripts(document: Mapping[str, Any], lines: Lines) -> Clues:
    """Each program that a script calls: `node --test` is one of two words."""
    for name, command in _table(document, "scripts").items():
        said = f"{name}: {command}"
        for words in re.split(r"[;&|]+", command) if isinstance(command, str) else ():
            called = [word for word in words.split() if "=" not in word]
            for program in sorted({*called, "_".join(called[:2])}):
                yield Clue("script", program, said, lines.get(("scripts", name)))


def _json(text: str) -> Mapping[str, Any]:
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise Unreadable("not valid JSON", error.lineno) from error
    except (RecursionError, ValueError) as error:
        raise Unreadable("not valid JSON") from error
    if not isinstance(document, dict):
        raise Unreadable("not a JSON object", 1)
    return document


def _table(document: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = document.get(key)
    return found if isinstance(found, dict) else {}


def code(text: str) -> Clues:
    """Imports, once each, and URLs of databases."""
    text = without_comments(text, NODE_COMMENTS)
    found: dict[str, int] = {}
    line, at = 1, 0
    for match in IMPORT.finditer(text):
        line += text.count("\n", at, match.start())
        at = match.start()
        found.setdefault(_package(match[1]), line)
    for name, line in found.items():
        yield Clue("js", name, f"import {name}", line)
    yield from connections(text)
    if NAMES_DIALECT.search(text):
        yield from dialect(text)


def _package(module: str) -> str:
    """`@scope/name/file` is of the package `@scope/name`."""
    return "/".join(module.split("/")[: 2 if module.startswith("@") else 1])


def prisma_schema(text: str) -> Clues:
    """The provider of the data source, and the generator, which names the client's language."""
    block = ""
    for number, line in enumerate(text.split("\n"), 1):
        if opened := BLOCK.match(line):
            block = opened[1]
        if not (provider := PROVIDER.match(line)):
            continue
        said = f"{block} provider = {provider[1]}"
        if block == "generator":
            yield Clue("generator", provider[1], said, number)
        else:
            yield engine(provider[1], said, number)


def dialect(text: str) -> Clues:
    """The configuration of Drizzle, Knex, Sequelize, TypeORM or MikroORM."""
    for number, line in enumerate(text.split("\n"), 1):
        for key, word in DIALECT.findall(line):
            yield engine(word, f"{key}: {word}", number)
