"""JSDoc, which tells in comments what TypeScript tells in the code."""

import re
from collections.abc import Iterator, Sequence

from tree_sitter import Node

from backendgen.javascript.masks import in_comment, is_mask
from backendgen.javascript.syntax import NotKnownError, field, source, typed


def block(indent: str, text: Sequence[str], tags: Sequence[str]) -> str:
    """A comment with the indent of its later lines; a mask of Jinja's stands by itself."""
    lines = [*text, *([""] if text and tags else []), *tags]
    if len(lines) == 1:
        return f"/** {lines[0]} */"
    rows = [line if is_mask(line) else f"{indent} * {line}".rstrip() for line in lines]
    return "\n".join(["/**", *rows, f"{indent} */"])


def text_of(comment: str) -> list[str]:
    """The lines of a doc comment."""
    inner = comment.removeprefix("/**").removesuffix("*/")
    lines = [re.sub(r"^\s*\* ?", "", line).rstrip() for line in inner.strip().split("\n")]
    return [lines[0].strip(), *lines[1:]]


def flat(type_: str) -> str:
    """A type on one line."""
    line = " ".join(type_.split())
    line = re.sub(r"^\| |(?<=[(<]) | (?=[)>])|;(?= \})", "", line)
    return re.sub(r",(?=[)>\]])", "", line)


def braced(type_: str) -> str:
    return "{" + flat(type_) + "}"


def templates(parameters: Node | None) -> Iterator[str]:
    for each in parameters.named_children if parameters else []:
        constraint = each.child_by_field_name("constraint")
        words = ["@template"]
        if constraint:
            words.append(braced(source(constraint).removeprefix("extends")))
        if each.children[0].type == "const":
            words.append("const")
        yield " ".join([*words, source(field(each, "name"))])


def members(body: Node) -> Iterator[str]:
    """Of an interface, each of which may have a doc comment."""
    said: list[str] = []
    for each in body.named_children:
        text = source(each)
        if text.startswith("/**"):
            said = ["-", *text_of(text)]
            continue
        if is_mask(text):
            yield in_comment(text)
            continue
        if each.type != "property_signature":
            raise NotKnownError(each, "write a property")
        annotation = each.child_by_field_name("type")
        name = source(field(each, "name"))
        if annotation is None:
            yield name
            continue
        is_optional = any(child.type == "?" for child in each.children)
        shown = f"[{name}]" if is_optional else name
        yield " ".join(["@property", braced(typed(annotation)), shown, *said])
        said = []


def parameter(node: Node, pattern: Node, type_: str, has_default: bool) -> str:
    is_named = pattern.type in ("identifier", "rest_pattern")
    name = source(pattern).removeprefix("...") if is_named else name_of(node, type_)
    is_optional = has_default or node.type == "optional_parameter"
    return f"@param {braced(type_)} {f'[{name}]' if is_optional else name}"


def name_of(node: Node, type_: str) -> str:
    """A name for what is taken apart, by its type."""
    match = re.match(r"(\w+)(<.*>)?$", type_)
    if match is None:
        raise NotKnownError(node, "name the type of what is taken apart")
    return match[1][0].lower() + match[1][1:]
