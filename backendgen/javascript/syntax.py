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


class NotKnownError(Exception):
    """There is no rule for this syntax."""

    def __init__(self, node: Node, reason: str) -> None:
        super().__init__(reason)
        self.offset = node.start_byte


def only(node: Node, kind: str) -> Node:
    return next(child for child in node.children if child.type == kind)


def field(node: Node, name: str) -> Node:
    found = node.child_by_field_name(name)
    if found is None:
        raise NotKnownError(node, f"it has no {name}")
    return found


def declaration(node: Node | None) -> Node:
    """The statement of a variable, or what else has a value."""
    whole = node.parent if node and node.type == "variable_declarator" else node
    if whole is None:
        raise SyntaxError("nothing is declared here")
    return whole


def is_doc_of(comment: Node, owner: Node) -> bool:
    """Directly above it."""
    is_doc = comment.type == "comment" and source(comment).startswith("/**")
    return is_doc and comment.end_point.row + 1 == owner.start_point.row


def typed(annotation: Node) -> str:
    """The type of an annotation, without its colon."""
    if any(each.type == "comment" for each in walked(annotation)):
        raise NotKnownError(annotation, "write a type without comments")
    return source(annotation).removeprefix(":").strip()
