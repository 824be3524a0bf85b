"""What the rules of a spec are given, and what they give."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from backendgen.spec import grammar, names
from backendgen.spec.document import is_control
from backendgen.spec.model import Field, Resource, Spec
from backendgen.spec.names import Names
from backendgen.spec.reading import Path, Reading

RESOURCE_NAME = re.compile(r"[A-Z][A-Za-z0-9]*")
SNAKE_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
PROJECT_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")

UNSAFE = '"\\`<>|{}'
"""A description ends up in docstrings, comments, Markdown, HTML, YAML and diagrams: each of these
ends or starts something in one of them, and no escape is the same in all."""


class Finding(NamedTuple):
    """A problem at a part of what a rule looks at: `path` is from there."""

    path: Path
    message: str
    remedy: str = ""


class Sight:
    """The spec, and what of it could not be read."""

    def __init__(self, spec: Spec, reading: Reading) -> None:
        self.spec = spec
        self.reading = reading
        self.by_name = {resource.name: resource for resource in spec.resources}

    @property
    def has_users(self) -> bool:
        return self.spec.auth == "jwt"

    @cached_property
    def names(self) -> dict[str, Names]:
        """The spellings of every resource whose name is one; User has its own."""
        return {
            resource.name: names.names_of(resource.name, resource.plural, resource.table)
            for resource in self.spec.resources
            if is_resource_name(resource.name) and resource.name != "User"
        }

    def is_given(self, *path: str) -> bool:
        return path in self.reading.marks

    def is_broken(self, resource: Resource, name: str) -> bool:
        return (resource.name, "fields", name) in self.reading.broken


def is_resource_name(name: str) -> bool:
    return len(name) <= grammar.LONGEST_NAME and RESOURCE_NAME.fullmatch(name) is not None


def is_snake_name(name: str) -> bool:
    return len(name) <= grammar.LONGEST_NAME and SNAKE_NAME.fullmatch(name) is not None


def described(text: str, path: Path = ("description",)) -> Iterator[Finding]:
    """What keeps a description out of code, comments and tables."""
    for character in text:
        if character in UNSAFE or is_control(character):
            told = f"U+{ord(character):04X}" if is_control(character) else character
            message = f"a description is one plain line, without {told}"
            yield Finding(path, message, f"description: {plain(text)}")
            return
    if "*/" in text or "--" in text:
        yield Finding(path, "a description has no end of a comment", f"description: {plain(text)}")
    elif width(text) > grammar.WIDEST_DESCRIPTION:
        message = f"a description is at most {grammar.WIDEST_DESCRIPTION} columns wide"
        yield Finding(path, message, f"description: {plain(text)}")


def plain(text: str) -> str:
    """The same without what it cannot have, for a remedy."""
    kept = "".join(" " if each in UNSAFE or is_control(each) else each for each in text)
    words = kept.replace("*/", " ").replace("--", " ").replace(":", " ").replace("#", " ").split()
    short: list[str] = []
    while words and width(" ".join([*short, words[0]])) <= grammar.WIDEST_DESCRIPTION:
        short.append(words.pop(0))
    return " ".join(short).strip("-*&!%@[]>?, ") or "What it is for"


def width(text: str) -> int:
    """Columns, as formatters count them: a wide character takes two."""
    return sum(1 + (unicodedata.east_asian_width(each) in "WF") for each in text)


def name_for(resource: Resource, name: str) -> str:
    """Another name for a field whose own is taken."""
    one = names.snake(resource.name) or "my"
    return f"{one}_{name}"[: grammar.LONGEST_NAME].rstrip("_")


def snaked(name: str) -> str:
    """The nearest snake_case name to whatever was written."""
    plain_text = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = names.words(re.sub(r"[^A-Za-z0-9]+", "_", plain_text))
    found = "_".join(words)[: grammar.LONGEST_NAME].strip("_")
    return found if SNAKE_NAME.fullmatch(found) else f"field_{found}".rstrip("_")


def pascaled(name: str) -> str:
    found = names.pascal(snaked(name))[: grammar.LONGEST_NAME]
    return found if RESOURCE_NAME.fullmatch(found) else "Post"


def lengths(resource: Resource) -> list[tuple[Field, int]]:
    """Fields that are strings of a fixed length, with that length."""
    return [(field, field.length) for field in resource.fields if field.length]
