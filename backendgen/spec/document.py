"""YAML with the position of every part.

Built from the parser's events rather than by PyYAML's composer, which follows anchors (a kilobyte can
become gigabytes), recurses without a limit, and forgets a key that is given twice.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from backendgen.errors import UNSEEN, Problem, SpecError

LARGEST = 1_000_000
DEEPEST = 20
YAML_CONSTANT = re.compile(r"(?i:yes|no|on|off|true|false|null|~)")
"""What YAML 1.1 or 1.2 reads as something else than text."""

FastLoader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, order=True)
class Mark:
    """A position, both parts counted from one; a word of the command line has no line."""

    line: int | None
    column: int

    def right(self, columns: int) -> "Mark":
        return Mark(self.line, self.column + columns)


@dataclass(frozen=True)
class Scalar:
    """A text as written; `plain` is without quotes, `start` where its first character stands."""

    text: str
    mark: Mark
    plain: bool = False
    single_line: bool = True

    @property
    def is_empty(self) -> bool:
        return self.plain and not self.text

    @property
    def is_constant(self) -> bool:
        return self.plain and bool(YAML_CONSTANT.fullmatch(self.text))

    def at(self, offset: int) -> Mark:
        """The position of a character within; of the whole where escapes or lines get between."""
        if not self.single_line:
            return self.mark
        return self.mark.right(offset + (not self.plain))


@dataclass(frozen=True)
class Listing:
    items: "tuple[Node, ...]"
    mark: Mark


@dataclass(frozen=True)
class Mapping:
    entries: "tuple[tuple[Node, Node], ...]"
    mark: Mark
    flow: bool = False


Node = Scalar | Listing | Mapping


def read_document(text: str, source: str) -> Node:
    """The root of the one document in `text`; SpecError at the first thing that is not YAML."""
    text = text.removeprefix("\ufeff")
    check_text(text, source)
    return Composer(source).compose(text)


def decode(content: bytes, source: str) -> str:
    """UTF-8, and nothing else, is read."""
    if len(content) > LARGEST:
        raise failure(source, Mark(1, 1), f"the file is larger than {LARGEST} bytes", "")
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        before = content[: error.start]
        mark = Mark(before.count(b"\n") + 1, error.start - before.rfind(b"\n"))
        line = content.split(b"\n")[before.count(b"\n")].decode("latin-1").strip()
        message = f"the byte 0x{content[error.start]:02X} is not UTF-8"
        raise failure(source, mark, message, line) from None


def failure(source: str, mark: Mark, message: str, remedy: str) -> SpecError:
    return SpecError([Problem(source, mark.line, mark.column, message, remedy)])


def is_control(character: str) -> bool:
    """Characters that are not seen, or that turn the direction of what is: never part of a spec."""
    return unicodedata.category(character) in UNSEEN


def is_hidden(character: str) -> bool:
    return is_control(character) and character not in "\n\t"


def check_text(text: str, source: str) -> None:
    if len(text) > LARGEST:
        raise failure(source, Mark(1, 1), f"the text is longer than {LARGEST} characters", "")
    if text.isascii() and text.isprintable():
        return
    for number, line in enumerate(text.split("\n"), start=1):
        _check_line(line.removesuffix("\r"), number, source)


def _check_line(line: str, number: int, source: str) -> None:
    if line.isprintable():
        return
    for column, character in enumerate(line, start=1):
        if is_control(character) and character != "\t":
            code = f"U+{ord(character):04X}"
            message = f"the control character {code} cannot be part of a spec"
            kept = "".join(each for each in line if not is_control(each)).strip()
            raise failure(source, Mark(number, column), message, kept or "name: shop")


class Composer:
    """Turns events into nodes, with a bound on depth and neither anchors nor tags."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.events: Iterator[Event] = iter(())
        self.lines: list[str] = []

    def compose(self, text: str) -> Node:
        self.lines = text.splitlines() or [""]
        try:
            self.events = yaml.parse(text, Loader=FastLoader)
            return self.document()
        except yaml.YAMLError:
            return self.compose_slowly(text)

    def compose_slowly(self, text: str) -> Node:
        """The C parser words its errors differently, so these always come from the Python one."""
        try:
            self.events = yaml.parse(text, Loader=yaml.SafeLoader)
            return self.document()
        except yaml.YAMLError as error:
            raise self.not_yaml(error, text) from None

    def document(self) -> Node:
        root: Node = Scalar("", Mark(1, 1), plain=True)
        documents = 0
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self.refused(event, "a spec is one YAML document", "name: shop")
            elif isinstance(event, NodeEvent):
                root = self.node(event, 1)
        return root

    def node(self, event: Event, depth: int) -> Node:
        self.check(event, depth)
        if isinstance(event, MappingStartEvent):
            return self.mapping(event, depth)
        if isinstance(event, SequenceStartEvent):
            return self.listing(event, depth)
        return self.scalar(event)

    def check(self, event: Event, depth: int) -> None:
        if depth > DEEPEST:
            raise self.refused(event, f"nested deeper than {DEEPEST} levels", "name: shop")
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            message = "a spec has no anchors and aliases: a value is written out"
            raise self.refused(event, message, self.line_without(event))
        if getattr(event, "tag", None):
            raise self.refused(event, "a spec has no YAML tags", self.line_without(event))

    def line_without(self, event: Event) -> str:
        """The line of an event without the word that it starts with."""
        mark = mark_of(event)
        line = self.lines[(mark.line or 1) - 1]
        word = re.compile(r"[&*!]\S*\s*").sub("", line[mark.column - 1 :], count=1)
        return (line[: mark.column - 1] + word).strip()

    def mapping(self, start: MappingStartEvent, depth: int) -> Mapping:
        entries = []
        while not isinstance(event := next(self.events), MappingEndEvent):
            key = self.node(event, depth + 1)
            entries.append((key, self.node(next(self.events), depth + 1)))
        return Mapping(tuple(entries), mark_of(start), bool(start.flow_style))

    def listing(self, start: SequenceStartEvent, depth: int) -> Listing:
        items = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            items.append(self.node(event, depth + 1))
        return Listing(tuple(items), mark_of(start))

    def scalar(self, event: Event) -> Scalar:
        """Quotes can hold as an escape what the text itself cannot."""
        scalar = _scalar(event)
        if hidden := next((each for each in scalar.text if is_hidden(each)), None):
            message = f"the control character U+{ord(hidden):04X} cannot be part of a spec"
            kept = "".join(each for each in scalar.text if not is_hidden(each)).strip()
            raise self.refused(event, message, kept or "name: shop")
        return scalar

    def refused(self, event: Event, message: str, remedy: str) -> SpecError:
        return failure(self.source, mark_of(event), message, remedy)

    def not_yaml(self, error: yaml.YAMLError, text: str) -> SpecError:
        mark = getattr(error, "problem_mark", None)
        place = Mark(mark.line + 1, mark.column + 1) if mark else Mark(1, 1)
        if tab := _indenting_tab(text, place):
            line = self.lines[(tab.line or 1) - 1].expandtabs(2)
            return failure(self.source, tab, "a tab cannot indent YAML", line)
        said = getattr(error, "problem", None) or "it cannot be parsed"
        message = f"this is not YAML: {said}"
        return failure(self.source, place, message, "`key: value`, two spaces in for each level")


def mark_of(event: Event) -> Mark:
    start = event.start_mark
    return Mark(start.line + 1, start.column + 1) if start else Mark(1, 1)


def _scalar(event: Event) -> Scalar:
    assert isinstance(event, ScalarEvent)  # aliases and ends are gone by here
    return Scalar(
        event.value,
        mark_of(event),
        plain=event.style is None or event.style == "",
        single_line=not event.end_mark or mark_of(event).line == event.end_mark.line + 1,
    )


def _indenting_tab(text: str, place: Mark) -> Mark | None:
    """A tab in the indentation of the line of the error, or of the one before it."""
    lines = text.split("\n")
    for number in (place.line or 1, (place.line or 1) - 1):
        line = lines[number - 1] if 0 < number <= len(lines) else ""
        indentation = line[: len(line) - len(line.lstrip())]
        if "\t" in indentation:
            return Mark(number, indentation.index("\t") + 1)
    return None
