"""What of a TypeScript program stays the same, whatever texts are in it."""

import ast

from tree_sitter import Node

from backendgen.javascript.syntax import parsed, source, walked

TEXTS = ("comment", "string", "string_fragment", "escape_sequence")


def shape(content: bytes) -> object:
    """The tree without its texts."""
    return shape_of(parsed(content))


def shape_of(node: Node) -> object:
    if node.is_named and node.type in TEXTS or is_key(node):
        return ""
    if not node.children:
        return source(node)
    # The last of several lines has a comma, the last of one line has none.
    return [node.type, *(shape_of(child) for child in node.children if child.type != ",")]


def is_key(node: Node) -> bool:
    """Of an object; the formatter takes the quotes away from one that needs none."""
    pair = node.parent
    named = ("string", "property_identifier", "number")
    if pair is None or pair.type != "pair":
        return False
    return node.type in named and node == pair.children[0]


def strings(content: bytes) -> list[str]:
    """What its string literals hold, and its comments."""
    nodes = [node for node in walked(parsed(content)) if node.is_named]
    literals = [ast.literal_eval(source(node)) for node in nodes if node.type == "string"]
    return [*literals, *(source(node) for node in nodes if node.type == "comment")]
