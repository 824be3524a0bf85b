"""TypeScript as a syntax tree."""

from collections.abc import Iterator

from tree_sitter import Language, Node, Parser
from tree_sitter_typescript import language_typescript


def parsed(content: bytes) -> Node:
    """Raises SyntaxError, which tells the line."""
    root = tree(content)
    for node in errors(root):
        raise SyntaxError(f"line {node.start_point.row + 1}: {node}")
    return root


def tree(content: bytes) -> Node:
    return Parser(Language(language_typescript())).parse(content).root_node


def errors(root: Node) -> Iterator[Node]:
    """Where there is something that the parser does not know, or misses."""
    return (node for node in walked(root) if node.is_error or node.is_missing)


def walked(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from walked(child)


def source(node: Node) -> str:
    return (node.text or b"").decode()
