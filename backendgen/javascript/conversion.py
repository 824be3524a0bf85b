"""From TypeScript to JavaScript with its types in JSDoc.

What no rule knows is refused with its line, and never guessed: a template is then reworded.
"""

import re

from backendgen.errors import BackendgenError
from backendgen.javascript.edits import WIDTH, Edit, applied
from backendgen.javascript.jsdoc import flat
from backendgen.javascript.masks import Masked, masked, unmasked
from backendgen.javascript.rules import NEVER, Conversion
from backendgen.javascript.syntax import NotKnownError, parsed, source, walked

# What must be gone in the end.
ONLY_TYPESCRIPT = {
    *NEVER,
    "accessibility_modifier",
    "as_expression",
    "implements_clause",
    "interface_declaration",
    "optional_parameter",
    "override_modifier",
    "readonly",
    "satisfies_expression",
    "type_alias_declaration",
    "type_annotation",
    "type_arguments",
    "type_parameters",
    "type_predicate_annotation",
}


def converted(path: str, template: str) -> str:
    """The JavaScript of a template whose path is told where it cannot be converted."""
    is_rendered = path.endswith(".jinja") or path.startswith("templates/_shared/")
    mask = masked(template) if is_rendered else Masked(template, {})
    try:
        text = joined(Conversion(mask).text())
        refuse_typescript(text)
        if is_rendered:
            refuse_tags(text)
    except (NotKnownError, SyntaxError) as error:
        offset = getattr(error, "offset", None)
        place = f"{path}:{mask.line(offset)}" if isinstance(offset, int) else path
        raise BackendgenError(f"{place}: no rule makes JavaScript of this: {error}") from error
    return renamed(unmasked(text, mask.tags))


def renamed(text: str) -> str:
    """Comments name the files as they are called now."""
    return re.sub(r"(`[\w./<>-]+)\.ts(?=`)", r"\1.js", text)


def refuse_typescript(text: str) -> None:
    for node in walked(parsed(text.encode())):
        if node.type in ONLY_TYPESCRIPT:
            raise SyntaxError(f"{node.type} is left over: {source(node)}")


def refuse_tags(text: str) -> None:
    """Braces of an object's type beside those of JSDoc."""
    for line in text.split("\n"):
        if re.search(r"\{[{%#]", line):
            raise SyntaxError(f"Jinja would take this for a tag; name the type: {line.strip()}")


def joined(text: str) -> str:
    """Parameters stand on one line again, where they now fit as the formatter counts."""
    content = text.encode()
    edits = []
    for node in walked(parsed(content)):
        if node.type != "formal_parameters" or not source(node).startswith("(\n"):
            continue
        flat_ = "(" + ", ".join(flat(source(each)) for each in node.named_children) + ")"
        before = content[: node.start_byte].decode().rpartition("\n")[2]
        after = content[node.end_byte :].decode().partition("\n")[0]
        if len(before + flat_ + after) <= WIDTH:
            edits.append(Edit(node.start_byte, node.end_byte, flat_))
    return applied(content, edits)
