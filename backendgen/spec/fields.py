"""A field, read from its one line or from its long form, by the tables of `grammar`."""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from backendgen.spec import document, grammar
from backendgen.spec.document import Listing, Mark, Node, Scalar
from backendgen.spec.model import Field, Json, Value
from backendgen.spec.patterns import check_pattern
from backendgen.spec.reading import Path, Reading, closest, listed, shown
from backendgen.spec.spelling import spell_value
from backendgen.spec.values import parse_number, parse_value


class Unfit(Exception):  # it is caught where it arises, and told as a Problem
    """A value that its word does not take, and one that it would."""

    def __init__(self, message: str, fitting: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.fitting = fitting


@dataclass(frozen=True)
class Word:
    """One word of a field: `part` is its place in the line, None in the long form."""

    name: str
    value: Node | None
    mark: Mark
    part: int | None = None

    @property
    def place(self) -> Mark:
        return self.value.mark if self.value else self.mark


@dataclass(frozen=True)
class Line:
    """The one-line form, in its parts."""

    name: str
    parts: tuple[str, ...]
    scalar: Scalar

    def mark(self, part: int, offset: int = 0) -> Mark:
        before = sum(len(text) + 1 for text in self.parts[:part])
        return self.scalar.at(before + offset)

    def with_part(self, part: int, text: str) -> str:
        return self.spelled((*self.parts[:part], text, *self.parts[part + 1 :]))

    def without(self, part: int) -> str:
        return self.spelled((*self.parts[:part], *self.parts[part + 1 :]))

    def spelled(self, parts: Sequence[str]) -> str:
        separator = ": " if self.scalar.mark.line is not None else ":"
        return self.name + separator + ":".join(parts)


class FieldReader:
    """Reads one field. Its problems go to `reading`; a field that has any is None."""

    def __init__(self, reading: Reading, name: str, path: Path) -> None:
        self.reading = reading
        self.name = name
        self.path = path
        self.line: Line | None = None

    def read(self, node: Node) -> Field | None:
        before = len(self.reading.problems)
        words = self.words(node)
        type_name = self.type_of(words)
        field = self.build(type_name, words[1:]) if type_name else None
        return field if len(self.reading.problems) == before else None

    def words(self, node: Node) -> list[Word]:
        if isinstance(node, Scalar):
            return list(self.line_words(node))
        if isinstance(node, document.Mapping):
            return self.long_words(node)
        self.problem(node.mark, "a field is one line or a mapping", f"{self.name}: string")
        return []

    def problem(self, mark: Mark, message: str, remedy: str = "") -> None:
        self.reading.problem(mark, message, remedy)

    # The one line

    def line_words(self, scalar: Scalar) -> Iterator[Word]:
        self.line = Line(self.name, tuple(scalar.text.split(":")), scalar)
        yield self.word("type", 0)
        kind = grammar.TYPES.get(self.line.parts[0])
        if kind is None:
            return
        start = 1
        if kind.arguments and len(self.line.parts) > 1 and self.has_argument(kind):
            yield from self.argument_words(kind)
            start = 2
        part = start
        while part < len(self.line.parts):
            end = self.end_of_value(part)
            yield from self.modifier_words(part) if end == part + 1 else self.cut_value(part, end)
            part = end

    def word(self, name: str, part: int, offset: int = 0, text: str | None = None) -> Word:
        line = self.the_line
        mark = line.mark(part)
        value = Scalar(line.parts[part] if text is None else text, line.mark(part, offset))
        return Word(name, value, mark, part)

    @property
    def the_line(self) -> Line:
        assert self.line is not None  # only words of the line ask for it
        return self.line

    def has_argument(self, kind: grammar.FieldType) -> bool:
        """`string` and `decimal` may go without, so that theirs is known by its first digit."""
        text = self.the_line.parts[1]
        if kind.name in {"string", "decimal"}:
            return text[:1].isdigit() or text[:1] == "-"
        return not _is_modifier(text)

    def argument_words(self, kind: grammar.FieldType) -> Iterator[Word]:
        text = self.the_line.parts[1]
        if kind.name != "decimal":
            yield self.word(kind.arguments[0], 1)
            return
        precision, comma, scale = text.partition(",")
        if not comma:
            message = "a decimal has its precision and its scale"
            remedy = self.the_line.with_part(1, f"{text},2")
            self.problem(self.the_line.mark(1), message, remedy)
            return
        yield self.word("precision", 1, text=precision)
        yield self.word("scale", 1, len(precision) + 1, scale)

    def modifier_words(self, part: int) -> Iterator[Word]:
        name, equals, value = self.the_line.parts[part].partition("=")
        if name in grammar.ON_DELETE and not equals:
            yield self.word("on_delete", part)
        elif name not in grammar.MODIFIERS:
            self.unknown_modifier(part)
        elif equals:
            yield self.word(name, part, len(name) + 1, value)
        else:
            yield Word(name, None, self.the_line.mark(part), part)

    def unknown_modifier(self, part: int) -> None:
        line = self.the_line
        name, equals, value = line.parts[part].partition("=")
        options = (*grammar.MODIFIERS, *grammar.ON_DELETE)
        meant = closest(name, options) if name else None
        message = f"{shown(name)} is not a modifier; there are {listed(options)}"
        if not line.parts[part]:
            message = "there is nothing behind a colon"
        if meant:
            message = f"{shown(name)} is not a modifier, did you mean `{meant}`?"
        fixed = f"{meant}={value}" if equals else meant
        remedy = line.with_part(part, fixed) if fixed and meant else line.without(part)
        self.problem(line.mark(part), message, remedy)

    def end_of_value(self, part: int) -> int:
        """Behind the parts that a colon has cut off a value: what is no modifier, nor nearly one."""
        parts = self.the_line.parts
        name, equals, _ = parts[part].partition("=")
        end = part + 1
        if equals and name in grammar.MODIFIERS:
            while end < len(parts) and not _is_nearly_modifier(parts[end]):
                end += 1
        return end

    def cut_value(self, part: int, end: int) -> Iterator[Word]:
        parts = self.the_line.parts
        name, _, value = ":".join(parts[part:end]).partition("=")
        head = ":".join((*parts[:part], *parts[end:]))
        message = f"a value with a colon, {shown(value)}, needs the long form in YAML"
        remedy = f"{self.name}: {{type: {spell_value(head)}, {name}: {spell_value(value)}}}"
        self.problem(self.the_line.mark(part, len(name) + 1), message, remedy)
        return iter(())

    # The long form

    def long_words(self, node: document.Mapping) -> list[Word]:
        """The line of `type` first, then the other words: `type: string:40` may be a whole line."""
        words: list[Word] = []
        type_words: list[Word] = []
        meant: set[str | None] = set()
        for key, value in node.entries:
            if not isinstance(key, Scalar) or key.text not in grammar.LONG_FORM:
                meant.add(self.unknown_word(key))
            elif key.text == "type" and isinstance(value, Scalar) and not type_words:
                type_words += self.line_words(value)
            else:
                words.append(Word(key.text, value, key.mark))
        if not type_words and "type" not in meant:
            self.problem(node.mark, f"the field `{self.name}` has no type", "type: string")
        return type_words + words

    def unknown_word(self, key: Node) -> str | None:
        """Tells of it, and returns the word that was probably meant."""
        text = key.text if isinstance(key, Scalar) else "?"
        meant = closest(text, grammar.LONG_FORM)
        hint = f"did you mean `{meant}`?" if meant else f"there are {listed(grammar.LONG_FORM)}"
        line = grammar.LONG_FORM[meant or "description"].line.replace("=", ": ", 1)
        message = f"{shown(text)} is not a word of a field, {hint}"
        self.problem(key.mark, message, line if ":" in line else f"{line}: true")
        return meant

    # From words to a field

    def type_of(self, words: Sequence[Word]) -> str | None:
        if not words or words[0].name != "type" or not isinstance(words[0].value, Scalar):
            return None
        text, mark = words[0].value.text, words[0].place
        if text in grammar.TYPES:
            return text
        meant = closest(text, grammar.TYPES) if text else None
        if not text:
            message = f"the field `{self.name}` has no type"
        elif meant:
            message = f"{shown(text)} is not a type, did you mean `{meant}`?"
        else:
            message = f"{shown(text)} is not a type; there are {listed(grammar.TYPES)}"
        self.problem(mark, message, self.the_line.with_part(0, meant or "string"))
        return None

    def build(self, type_name: str, words: Sequence[Word]) -> Field:
        """Values come last: what a default may be is said by all the other words."""
        self.check_argument(type_name, words)
        field = Field(self.name, type_name, **ARGUMENT_DEFAULTS.get(type_name, {}))
        seen: set[str] = set()
        order = tuple(grammar.LONG_FORM)
        for word in sorted(words, key=lambda word: (word.name in VALUES, order.index(word.name))):
            if word.name in seen:
                self.problem(word.mark, f"`{word.name}` is given twice", self.remedy_without(word))
            elif type_name not in grammar.LONG_FORM[word.name].types:
                self.misplaced(type_name, word)
            else:
                field = self.with_word(field, word)
            seen.add(word.name)
        return field

    def check_argument(self, type_name: str, words: Sequence[Word]) -> None:
        needed = grammar.TYPES[type_name].arguments
        if type_name not in ARGUMENT_TITLES:
            return
        if not any(word.name == needed[0] for word in words):
            message = f"`{type_name}` needs its {ARGUMENT_TITLES[type_name]}"
            line = grammar.TYPES[type_name].line
            rest = self.the_line.parts[1:]
            self.problem(self.the_line.mark(0), message, self.the_line.spelled((line, *rest)))

    def misplaced(self, type_name: str, word: Word) -> None:
        kinds = grammar.LONG_FORM[word.name].types
        told = "cascade" if word.name == "on_delete" else word.name
        if word.name == "on_delete" and isinstance(word.value, Scalar):
            told = word.value.text
        fitting = told_kinds(kinds)
        message = f"`{type_name}` cannot be {shown(told)}, which is for {fitting}"
        if told in grammar.MODIFIERS and grammar.MODIFIERS[told].shape != "flag":
            message = f"`{type_name}` has no {shown(told)}, which is for {fitting}"
        self.problem(word.mark, message, self.remedy_without(word))

    def with_word(self, field: Field, word: Word) -> Field:
        shape = grammar.LONG_FORM[word.name].shape
        try:
            changes = SHAPES[shape](field, word)
        except Unfit as unfit:
            remedy = self.remedy_with(word, unfit.fitting)
            self.problem(word.place, unfit.message, remedy)
            return field
        self.reading.marks[(*self.path, word.name)] = word.place
        return replace(field, **changes)

    def remedy_without(self, word: Word) -> str:
        if word.part is not None:
            return self.the_line.without(word.part)
        return f"type: {':'.join(self.the_line.parts)}"

    def remedy_with(self, word: Word, fitting: str) -> str:
        if not fitting:
            return ""
        if word.part is None:
            return f"{word.name}: {fitting}"
        old = self.the_line.parts[word.part]
        if word.name in {"precision", "scale"}:
            precision, _, scale = old.partition(",")
            new = f"{fitting},{scale}" if word.name == "precision" else f"{precision},{fitting}"
        elif word.name in grammar.MODIFIERS:
            flag = grammar.MODIFIERS[word.name].shape == "flag"
            new = word.name if flag else f"{word.name}={fitting}"
        else:
            new = fitting
        return self.the_line.with_part(word.part, new)


def told_kinds(kinds: Container[str]) -> str:
    """Some of the types, or all but some: whichever is shorter."""
    others = [kind for kind in grammar.TYPES if kind not in kinds]
    if len(others) * 2 < len(grammar.TYPES):
        return f"every type but {listed(others)}"
    return listed(kind for kind in grammar.TYPES if kind in kinds)


def _is_modifier(text: str) -> bool:
    name = text.partition("=")[0]
    return name in grammar.MODIFIERS or name in grammar.ON_DELETE


def _is_nearly_modifier(text: str) -> bool:
    name = text.partition("=")[0]
    return closest(name, (*grammar.MODIFIERS, *grammar.ON_DELETE)) is not None


ARGUMENT_DEFAULTS: Mapping[str, dict[str, Any]] = {
    "string": {"length": grammar.DEFAULT_LENGTH},
    "decimal": {"precision": grammar.DEFAULT_PRECISION, "scale": grammar.DEFAULT_SCALE},
    **{
        name: {"length": kind.columns}
        for name, kind in grammar.TYPES.items()
        if kind.columns and name != "string"
    },
}
VALUES = ("default", "example")
ARGUMENT_TITLES = {"enum": "values", "ref": "resource", "many": "resource"}


# How the value of a word is read, by the shape of the word

Changes = dict[str, Any]


def _text(word: Word, fitting: str) -> str:
    if not isinstance(word.value, Scalar) or word.value.is_empty:
        raise Unfit(f"`{word.name}` needs a value", fitting)
    return word.value.text


def read_flag(_: Field, word: Word) -> Changes:
    if word.value is None:
        return {word.name: True}
    if word.part is not None:
        raise Unfit(f"`{word.name}` takes no value", word.name)
    text = word.value.text if isinstance(word.value, Scalar) else ""
    if text not in {"true", "false"}:
        raise Unfit(f"`{word.name}` is true or false", "true")
    return {word.name: text == "true"}


def read_text(_: Field, word: Word) -> Changes:
    text = _text(word, grammar.LONG_FORM[word.name].line.partition("=")[2] or "a text")
    if word.name == "pattern":
        problem = check_pattern(text)
        if problem:
            raise Unfit(*problem)
    return {word.name: text.strip("\n")}


LIMITS: Mapping[str, tuple[int, int]] = {
    "length": (1, grammar.LONGEST_STRING),
    "precision": (1, grammar.LARGEST_PRECISION),
    "scale": (0, grammar.LARGEST_PRECISION),
    "min_length": (0, grammar.LONGEST_STRING),
}


def read_whole(_: Field, word: Word) -> Changes:
    low, high = LIMITS[word.name]
    text = _text(word, str(high))
    if not text.isascii() or not text.isdigit() or len(text) > len(str(high)) + 1:
        raise Unfit(f"{shown(text)} is not a whole number from {low} to {high}", str(high))
    if not low <= int(text) <= high:
        raise Unfit(f"`{word.name}` is from {low} to {high}, not {text}", str(high))
    return {word.name: int(text)}


def read_list(_: Field, word: Word) -> Changes:
    if isinstance(word.value, Scalar):
        return {word.name: tuple(word.value.text.split(","))}
    items = word.value.items if isinstance(word.value, Listing) else ()
    texts = tuple(item.text for item in items if isinstance(item, Scalar) and not item.is_constant)
    if not items or len(texts) != len(items):
        raise Unfit(
            "`values` is a list of words; YAML reads some, as no, otherwise", "[draft, published]"
        )
    return {word.name: texts}


def read_value(field: Field, word: Word) -> Changes:
    text = _text(word, fitting_value(field))
    _refuse_constant(field, word)
    try:
        return {"default": parse_value(field, text), "has_default": True}
    except ValueError as error:
        raise Unfit(f"the default {shown(text)} {error}", fitting_value(field)) from None


def _refuse_constant(field: Field, word: Word) -> None:
    value = word.value
    if isinstance(value, Scalar) and value.is_constant and field.type != "bool":
        message = f"YAML does not read {shown(value.text)} as text"
        raise Unfit(message, f'"{value.text}"')


def fitting_value(field: Field) -> str:
    if field.type == "enum":
        return field.values[0]
    return FITTING_VALUES.get(field.type, "")


FITTING_VALUES: Mapping[str, str] = {
    "string": "text",
    "text": "text",
    "int": "1",
    "bigint": "1",
    "float": "1.5",
    "decimal": "0",
    "bool": "true",
    "date": "2026-01-31",
    "time": '"10:30:00"',
    "datetime": '"2026-01-31T10:30:00Z"',
    "uuid": "018f0000-0000-7000-8000-000000000000",
    "email": "ada@example.com",
    "url": '"https://example.com"',
    "slug": "first-post",
}


def read_number(field: Field, word: Word) -> Changes:
    text = _text(word, "0")
    try:
        return {word.name: parse_number(field, text)}
    except ValueError as error:
        raise Unfit(f"`{word.name}` {shown(text)} {error}", "0") from None


def read_example(field: Field, word: Word) -> Changes:
    """One value, or a list of the two that the samples of a field are."""
    if field.type == "json" and word.value is not None:
        return {"example": (plain(word.value),)}
    items = word.value.items if isinstance(word.value, Listing) else (word.value,)
    return {"example": tuple(_example(field, item) for item in items)}


def _example(field: Field, item: Node | None) -> Value:
    word = Word("example", item, item.mark if item else Mark(1, 1))
    text = _text(word, fitting_value(field))
    _refuse_constant(field, word)
    try:
        return parse_value(field, text)
    except ValueError as error:
        raise Unfit(f"the example {shown(text)} {error}", fitting_value(field)) from None


SHAPES: Mapping[str, Callable[[Field, Word], Changes]] = {
    "flag": read_flag,
    "text": read_text,
    "whole": read_whole,
    "list": read_list,
    "value": read_value,
    "number": read_number,
    "example": read_example,
}


def plain(node: Node) -> Json:
    """A node as JSON: what looks like a number or a constant is one, unless it is quoted."""
    if isinstance(node, document.Mapping):
        return {_key(key): plain(value) for key, value in node.entries}
    if isinstance(node, Listing):
        return [plain(item) for item in node.items]
    return _plain_scalar(node) if node.plain else node.text


def _key(node: Node) -> str:
    if not isinstance(node, Scalar):
        raise Unfit("a key of a JSON object is a text", "{key: value}")
    return node.text


def _plain_scalar(node: Scalar) -> Json:
    constants: dict[str, Json] = {"true": True, "false": False, "null": None, "": None, "~": None}
    if node.text in constants:
        return constants[node.text]
    for kind in ("bigint", "float"):
        try:
            number = parse_number(Field("example", kind), node.text)
        except ValueError:
            continue
        return number if isinstance(number, int | float) else None
    return node.text
