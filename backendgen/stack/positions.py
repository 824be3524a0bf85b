"""The lines on which the keys and strings of TOML, JSON and INI stand; their parsers do not tell."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

Path = tuple[str, ...]
Lines = Mapping[Path, int]

DEEPEST = 6
"""Nothing that is looked for has a longer path."""

JSON_TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|[{}\[\]:]')

BASIC, LITERAL = r'"(?:\\.|[^"\\\n])*"', r"'[^'\n]*'"
# In code, which may be broken, every quote opens something: a search for its end is made only once.
DOUBLE = r'"(?:\\.|[^"\\\n])*\\?(?:"|(?=\n)|\Z)'
SINGLE = r"'(?:\\.|[^'\\\n])*\\?(?:'|(?=\n)|\Z)"
LONG = r'"""(?:\\.|[^\\])*?(?:"""|\Z)'
# Strings are matched so that what looks like a comment in them is none; those of several lines are
# blanked like comments, as they hold no key and no statement.
TOML_COMMENTS = re.compile(rf"({LONG}|'''.*?'''|#[^\n]*)|{BASIC}|{LITERAL}", re.DOTALL)
PYTHON_COMMENTS = re.compile(
    rf"({LONG}|'''(?:\\.|[^\\])*?(?:'''|\Z)|#[^\n]*)|{DOUBLE}|{SINGLE}", re.DOTALL
)
NODE_COMMENTS = re.compile(rf"((?<!:)//[^\n]*|/\*.*?(?:\*/|\Z))|{DOUBLE}|{SINGLE}", re.DOTALL)
TOML_KEY = rf"(?:[\w-]+|{BASIC}|{LITERAL})"
TOML_KEYS = re.compile(TOML_KEY)
TOML_DOTTED = rf"\s*({TOML_KEY}(?:\s*\.\s*{TOML_KEY})*)\s*"
TOML_HEADER = re.compile(rf"\s*\[\[?{TOML_DOTTED}\]")
TOML_ASSIGNED = re.compile(rf"{TOML_DOTTED}=")
TOML_TOKEN = re.compile(rf"{BASIC}|{LITERAL}|[\[\]{{}}]")

INI_SECTION = re.compile(r"\[([^\]]+)\]")
INI_ASSIGNED = re.compile(r"([^=:]+)[=:](.*)")


def json_lines(text: str) -> Lines:
    """Of each key of a document that is known to be valid."""
    lines: dict[Path, int] = {}
    path: list[str] = []
    string, key, line, at = "", "", 1, 0
    for token in JSON_TOKEN.finditer(text):
        line += text.count("\n", at, token.start())
        at = token.start()
        if token[0] in "{[":
            path.append(key)
        elif token[0] in "}]":
            key = path.pop()
        elif token[0] == ":":
            key = json.loads(string, strict=False)
            if len(path) <= DEEPEST:
                lines.setdefault((*path[1:], key), line)
        else:
            string = token[0]
    return lines


def without_comments(text: str, comments: re.Pattern[str]) -> str:
    """The same lines."""
    return comments.sub(_blank, text)


def toml_lines(text: str) -> Lines:
    """Of each section, with those around it, each key, and each string within a key's value."""
    lines: dict[Path, int] = {}
    for path, line in _toml(text):
        for end in range(1, min(len(path), DEEPEST) + 1):
            lines.setdefault(path[:end], line)
    return lines


def _toml(text: str) -> Iterator[tuple[Path, int]]:
    section: Path = ()
    key: Path = ()
    depth = 0
    for number, line in enumerate(without_comments(text, TOML_COMMENTS).split("\n"), 1):
        if depth == 0 and (header := TOML_HEADER.match(line)):
            section = _keys(header[1])
            yield section, number
            continue
        if depth == 0 and (assigned := TOML_ASSIGNED.match(line)):
            key = (*section, *_keys(assigned[1]))
            yield key, number
            line = line[assigned.end() :]
        for token in TOML_TOKEN.findall(line):
            depth += (token in "[{") - (token in "]}")
            if token[0] in "\"'":
                yield (*key, token[1:-1]), number


def _blank(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n") if match[1] else match[0]


def _keys(dotted: str) -> Path:
    return tuple(key.strip("\"'") for key in TOML_KEYS.findall(dotted))


class Entry(NamedTuple):
    section: str
    key: str
    value: str
    line: int


def ini_entries(text: str) -> Iterator[Entry]:
    """Each line of each value; whatever is no INI is passed over."""
    section = key = ""
    for number, line in enumerate(text.split("\n"), 1):
        bare = line.strip()
        if not bare or bare[0] in "#;":
            continue
        if line[0].isspace() and key:
            yield Entry(section, key, bare, number)
        elif header := INI_SECTION.match(bare):
            section, key = header[1].strip(), ""
            yield Entry(section, "", "", number)
        elif assigned := INI_ASSIGNED.match(bare):
            key = assigned[1].strip().lower()
            yield Entry(section, key, assigned[2].strip(), number)
