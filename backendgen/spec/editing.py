"""Changes to the text of a spec: what is added is added, and every other byte stays."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import yaml

from backendgen.errors import Problem, SpecError
from backendgen.spec.document import YAML_CONSTANT, read_document

SOURCE = "backendgen.yaml"
BARE = re.compile(r"[A-Za-z0-9_^$/](?:[A-Za-z0-9_^$/.:=+*()-]*[A-Za-z0-9_^$/.=+*()-])?")
"""Plain within `{ }` too."""
BARE_OUTSIDE = re.compile(r"[,?]")
"""What is plain outside of them only."""

Fields = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Splice:
    """Text to stand in place of what is between two positions."""

    start: int
    end: int
    text: str

    def into(self, text: str) -> str:
        return text[: self.start] + self.text + text[self.end :]


def add_resource(text: str, name: str, fields: Fields, options: Mapping[str, Any]) -> str:
    """The spec with one more resource, in the style that it is written in."""
    read_document(text, SOURCE)
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    added = Addition(name, fields, options, "\r\n" if "\r\n" in text else "\n")
    if isinstance(root, yaml.MappingNode) and root.flow_style:
        return _into_flow_root(root, added).into(text)
    return _into_block_root(text, root, added).into(text)


@dataclass(frozen=True)
class Addition:
    """The resource to add, in either style of YAML."""

    name: str
    fields: Fields
    options: Mapping[str, Any]
    newline: str

    @property
    def flow(self) -> str:
        fields = ", ".join(f"{_flow(key)}: {_flow(value)}" for key, value in self.fields)
        options = "".join(f", {key}: {_flow(value)}" for key, value in self.options.items())
        return f"{_flow(self.name)}: {{fields: {{{fields}}}{options}}}"

    def block(self, indent: int, step: int) -> str:
        one, two, three = (" " * (indent + step * level) for level in range(3))
        lines = [f"{one}{_flow(self.name)}:", f"{two}fields:" + " {}" * (not self.fields)]
        lines += [f"{three}{_flow(key)}: {_plain(value)}" for key, value in self.fields]
        lines += [f"{two}{key}: {_flow(value)}" for key, value in self.options.items()]
        return "".join(line + self.newline for line in lines)


# A root in braces


def _into_flow_root(root: yaml.MappingNode, added: Addition) -> Splice:
    node = _resources(root)
    if node is None:
        return _into_braces(root, f"resources: {{{added.flow}}}")
    if isinstance(node, yaml.MappingNode):
        return _into_resources(node, added)
    space = " " if node.start_mark.index == node.end_mark.index else ""
    return Splice(node.start_mark.index, node.end_mark.index, f"{space}{{{added.flow}}}")


def _into_resources(node: yaml.MappingNode, added: Addition) -> Splice:
    _refuse_second(node, added.name)
    return _into_braces(node, added.flow)


def _into_braces(node: yaml.MappingNode, entry: str) -> Splice:
    if not node.value:
        place = node.end_mark.index - 1
        return Splice(place, place, entry)
    place = _end_of(node.value[-1][1])
    return Splice(place, place, f", {entry}")


# A root of lines


def _into_block_root(text: str, root: yaml.Node | None, added: Addition) -> Splice:
    node = _resources(root) if isinstance(root, yaml.MappingNode) else None
    if node is None:
        return _new_section(text, root, added)
    if not isinstance(node, yaml.MappingNode):
        return _first_resource(text, node, added)
    if not node.flow_style:
        return _next_resource(text, node, added)
    if node.value or "\n" in text[node.start_mark.index : node.end_mark.index]:
        return _into_resources(node, added)
    return _first_resource(text, node, added)


def _new_section(text: str, root: yaml.Node | None, added: Addition) -> Splice:
    """After the last line of the document, which an explicit end may follow."""
    indent = root.start_mark.column if isinstance(root, yaml.MappingNode) else 0
    place = _document_end(text)
    before = "" if place == 0 or text[place - 1] == "\n" else added.newline
    head = f"{' ' * indent}resources:{added.newline}"
    return Splice(place, place, before + head + added.block(indent + 2, 2))


def _document_end(text: str) -> int:
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.DocumentEndEvent) and event.explicit and event.start_mark:
            return int(event.start_mark.index)
    return len(text)


def _first_resource(text: str, node: yaml.Node, added: Addition) -> Splice:
    """`resources:` or `resources: {}`, whose line may go on with a comment."""
    start, end = node.start_mark.index, node.end_mark.index
    line = _line_end(text, end)
    rest = text[end:line]
    kept = text[:start].rstrip(" ")
    newline = "" if text[line - 1 : line] == "\n" else added.newline
    key = text[text.rfind("\n", 0, start) + 1 :]
    indent = len(key) - len(key.lstrip(" "))
    return Splice(len(kept), line, rest.rstrip(" ") + newline + added.block(indent + 2, 2))


def _next_resource(text: str, node: yaml.MappingNode, added: Addition) -> Splice:
    _refuse_second(node, added.name)
    keys = [key for key, _ in node.value]
    indent = keys[0].start_mark.column
    place = _after_comments(text, _line_end(text, _end_of(node.value[-1][1])), indent)
    newline = "" if text[place - 1 : place] == "\n" else added.newline
    blank = added.newline if _are_apart(text, keys) else ""
    return Splice(place, place, newline + blank + added.block(indent, _step(node, indent)))


def _refuse_second(node: yaml.MappingNode, name: str) -> None:
    for key, _ in node.value:
        if key.value == name:
            line, column = key.start_mark.line + 1, key.start_mark.column + 1
            message = f"there is a resource `{name}` already"
            raise SpecError([Problem(SOURCE, line, column, message, f"{name}Item:")])


def _resources(root: yaml.MappingNode) -> yaml.Node | None:
    found: dict[str, yaml.Node] = {key.value: value for key, value in root.value}
    return found.get("resources")


def _end_of(node: yaml.Node) -> int:
    """Where the text of a node ends; that of a block includes the comments after it, so look within."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end_of(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)


def _line_end(text: str, index: int) -> int:
    """After the line break of the line that `index` is in; a block text ends behind its own."""
    if index and text[index - 1] == "\n":
        return index
    found = text.find("\n", index)
    return len(text) if found < 0 else found + 1


def _after_comments(text: str, index: int, indent: int) -> int:
    """Comments that are further in than the next resource belong to the one before it."""
    while match := re.compile(rf" {{{indent + 1},}}#[^\n]*(\n|\Z)").match(text, index):
        index = match.end()
    return index


def _are_apart(text: str, keys: Sequence[yaml.Node]) -> bool:
    """Whether a blank line is between the last two resources."""
    for before, after in list(pairwise(keys))[-1:]:
        between = text[before.start_mark.index : after.start_mark.index]
        return re.search(r"\n[ \t]*\r?\n", between) is not None
    return False


def _step(node: yaml.MappingNode, indent: int) -> int:
    for _, value in node.value:
        if isinstance(value, yaml.MappingNode) and not value.flow_style and value.value:
            return max(int(value.value[0][0].start_mark.column) - indent, 1)
    return 2


# Values


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_flow(key)}: {_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(_flow(each) for each in value) + "]"
    if isinstance(value, str) and BARE.fullmatch(value) and not YAML_CONSTANT.fullmatch(value):
        return value
    return json.dumps(value, ensure_ascii=False)


def _plain(value: str) -> str:
    """Outside of braces fewer characters need quotes."""
    bare = BARE_OUTSIDE.sub("", value)
    is_bare = bool(bare) and value[0] == bare[0] and _flow(bare) == bare
    return value if is_bare else _flow(value)
