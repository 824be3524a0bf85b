"""What becomes of each kind of TypeScript's syntax."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from tree_sitter import Node

from backendgen.javascript.edits import WIDTH, Edit, applied
from backendgen.javascript.jsdoc import block, braced, members, parameter, templates, text_of
from backendgen.javascript.masks import Masked
from backendgen.javascript.syntax import (
    NotKnownError,
    declaration,
    errors,
    field,
    is_doc_of,
    only,
    source,
    tree,
    typed,
    walked,
)

FUNCTIONS = {
    "function_declaration",
    "generator_function_declaration",
    "method_definition",
    "arrow_function",
}
CLASSES = {"class_declaration", "abstract_class_declaration"}
LITERALS = {"string": "string", "number": "number"}
# Where a doc comment belongs to.
OWNERS = {
    *FUNCTIONS - {"arrow_function"},
    *CLASSES,
    "lexical_declaration",
    "public_field_definition",
    "pair",
}
# What gives a function its name.
NAMED = {"variable_declarator", "pair", "public_field_definition"}
# What JavaScript has nothing for.
NEVER = {
    "abstract_method_signature",
    "ambient_declaration",
    "enum_declaration",
    "function_signature",
    "internal_module",
    "non_null_expression",
}


class Conversion:
    def __init__(self, mask: Masked) -> None:
        self.mask = mask
        self.content = mask.text.encode()
        self.root = tree(self.content)
        for node in errors(self.root):
            raise NotKnownError(node, "the parser does not understand it")
        self.edits: list[Edit] = []
        self.docs: dict[int, tuple[Node, list[str]]] = {}
        self.imported: list[str] = []
        self.kept_import: Node | None = None
        """The last one that is no type's alone."""

    def text(self) -> str:
        self.visit(self.root)
        self.import_types()
        for owner, tags in self.docs.values():
            self.document(owner, tags)
        return applied(self.content, self.edits)

    def visit(self, node: Node) -> None:
        rule = self.rules.get(node.type)
        if node.type in NEVER:
            raise NotKnownError(node, f"write no {node.type.replace('_', ' ')}")
        if rule:
            rule(node)
        else:
            self.visit_children(node)

    def visit_children(self, node: Node) -> None:
        for child in node.children:
            self.visit(child)

    @cached_property
    def rules(self) -> Mapping[str, Callable[[Node], None]]:
        return {
            **dict.fromkeys(FUNCTIONS, self.function),
            **dict.fromkeys(CLASSES, self.class_),
            "import_statement": self.import_,
            "export_statement": self.export,
            "interface_declaration": self.type_,
            "type_alias_declaration": self.type_,
            "lexical_declaration": self.variable,
            "public_field_definition": self.field,
            "as_expression": self.cast,
            "satisfies_expression": self.cast,
            "new_expression": self.new,
            "call_expression": self.call,
        }

    # Edits

    def replace(self, start: int, end: int, text: str = "") -> None:
        self.edits.append(Edit(start, end, text))

    def remove(self, node: Node) -> None:
        """With the space behind a modifier."""
        end = node.end_byte
        if (
            self.content[end : end + 1] == b" "
            and self.content[node.start_byte - 1 : node.start_byte] in b" \n"
        ):
            end += 1
        self.replace(node.start_byte, end)

    def indent(self, node: Node) -> str:
        line = self.content[: node.start_byte].rpartition(b"\n")[2].decode()
        if line.strip():
            raise NotKnownError(node, "its types need a comment, and it does not begin its line")
        return line

    def tag(self, node: Node, *tags: str) -> None:
        """Tags for the doc comment of what the node is, or is the value of."""
        owner = node
        if owner.type not in OWNERS:
            raise NotKnownError(node, "its types need a comment, which belongs nowhere")
        if owner.parent and owner.parent.type == "export_statement":
            owner = owner.parent
        self.docs.setdefault(owner.start_byte, (owner, []))[1].extend(tags)

    def document(self, owner: Node, tags: list[str]) -> None:
        indent = self.indent(owner)
        before = owner.prev_sibling
        if before and is_doc_of(before, owner):
            comment = block(indent, text_of(source(before)), tags)
            self.replace(before.start_byte, before.end_byte, comment)
        else:
            self.replace(owner.start_byte, owner.start_byte, f"{block(indent, [], tags)}\n{indent}")

    # Imports

    def import_(self, node: Node) -> None:
        where = source(only(node, "string"))
        names = [each for each in walked(node) if each.type == "import_specifier"]
        is_type = any(child.type == "type" for child in node.children)
        types = [each for each in names if is_type or each.children[0].type == "type"]
        if not types:
            self.kept_import = node
            return
        if self.mask.is_conditional(node.start_byte):
            raise NotKnownError(node, "import types whatever the tags of Jinja's decide")
        found = ", ".join(source(each).removeprefix("type ") for each in types)
        self.imported.append(f"@import {{ {found} }} from {where}")
        values = [source(each) for each in names if each not in types]
        clause = only(node, "import_clause")
        default = [source(child) for child in clause.children if child.type == "identifier"]
        if not values and not default:
            self.replace(node.start_byte, node.end_byte + 1)
            return
        self.kept_import = node
        if any(child.type == "comment" for child in walked(clause)):
            raise NotKnownError(node, "import types in a statement without tags of Jinja's")
        parts = [*default, *([f"{{ {', '.join(values)} }}"] if values else [])]
        line = f"import {', '.join(parts)} from {where};"
        if len(line) > WIDTH:
            listed = "".join(f"  {value},\n" for value in values)
            line = f"import {', '.join([*default, '{'])}\n{listed}}} from {where};"
        self.replace(node.start_byte, node.end_byte, line)

    def import_types(self) -> None:
        if not self.imported:
            return
        comment = block("", [], self.imported)
        if self.kept_import:
            place = self.unconditional(self.kept_import.end_byte)
            self.replace(place, place, f"\n\n{comment}")
        else:
            start = next(each for each in self.root.children if each.type == "import_statement")
            self.replace(start.start_byte, start.start_byte, f"{comment}\n")

    def unconditional(self, place: int) -> int:
        """The first place from here on that no tag decides about."""
        ends = (child.end_byte for child in self.root.children if child.end_byte > place)
        while self.mask.is_conditional(place):
            place = next(ends)
        return place

    # Declarations

    def export(self, node: Node) -> None:
        if any(child.type == "export_clause" for child in node.children):
            raise NotKnownError(node, "export it where it is declared")
        self.visit_children(node)

    def type_(self, node: Node) -> None:
        """An interface or an alias becomes a comment."""
        whole = node.parent if node.parent and node.parent.type == "export_statement" else node
        tags = [*templates(node.child_by_field_name("type_parameters"))]
        name = source(field(node, "name"))
        if node.type == "type_alias_declaration":
            tags.append(f"@typedef {braced(typed(field(node, 'value')))} {name}")
        else:
            if any(child.type == "extends_type_clause" for child in node.children):
                raise NotKnownError(node, "write the members of what it extends")
            tags += [f"@typedef {{object}} {name}", *members(field(node, "body"))]
        before = whole.prev_sibling
        text = text_of(source(before)) if before and is_doc_of(before, whole) else []
        start = before.start_byte if before and text else whole.start_byte
        self.replace(start, whole.end_byte, block(self.indent(whole), text, tags))

    def class_(self, node: Node) -> None:
        for child in node.children:
            if child.type == "abstract":
                self.remove(child)
            elif child.type == "type_parameters":
                self.tag(node, *templates(child))
                self.remove(child)
            elif child.type == "class_heritage":
                self.heritage(node, child)
            elif child.type == "class_body":
                self.visit_children(child)

    def heritage(self, node: Node, heritage: Node) -> None:
        for clause in heritage.children:
            if clause.type == "implements_clause":
                for each in clause.named_children:
                    self.tag(node, f"@implements {braced(source(each))}")
                self.replace(clause.start_byte - 1, clause.end_byte)
                continue
            arguments = clause.child_by_field_name("type_arguments")
            if arguments:
                name = source(field(clause, "value")) + source(arguments)
                self.tag(node, f"@extends {braced(name)}")
                self.remove(arguments)

    def field(self, node: Node) -> None:
        """Of a class."""
        self.modifiers(node)
        annotation, value = node.child_by_field_name("type"), node.child_by_field_name("value")
        if annotation:
            self.tag(node, f"@type {braced(typed(annotation))}")
            self.remove(annotation)
        if value:
            self.visit(value)

    def modifiers(self, node: Node) -> None:
        for child in node.children:
            if child.type == "accessibility_modifier":
                if source(child) == "private":
                    raise NotKnownError(child, "write #name")
                self.tag(node, f"@{source(child)}")
                self.remove(child)
            elif child.type == "override_modifier":
                self.tag(node, "@override")
                self.remove(child)
            elif child.type == "readonly":
                self.remove(child)

    def variable(self, node: Node) -> None:
        annotated = [
            each
            for each in node.named_children
            if each.type == "variable_declarator" and each.child_by_field_name("type")
        ]
        if annotated and len(node.named_children) > 1:
            raise NotKnownError(node, "declare one variable at a time")
        for each in annotated:
            annotation = field(each, "type")
            self.tag(node, f"@type {braced(typed(annotation))}")
            self.remove(annotation)
        for each in node.named_children:
            value = each.child_by_field_name("value")
            if value:
                self.visit(value)

    # Functions

    def function(self, node: Node) -> None:
        self.modifiers(node)
        bare = node.child_by_field_name("parameter")
        if bare is None:
            self.signature(node)
        self.visit(field(node, "body"))

    def signature(self, node: Node) -> None:
        generic = node.child_by_field_name("type_parameters")
        returns = node.child_by_field_name("return_type")
        parameters = field(node, "parameters").named_children
        owner = self.owner(node)
        if owner is None:
            self.inline(node, parameters)
            return
        tags = [*templates(generic), *self.parameters(parameters)]
        if returns and typed(returns) != "void":
            tags.append(f"@returns {braced(typed(returns))}")
        if tags:
            self.tag(owner, *tags)
        for each in (generic, returns):
            if each:
                self.remove(each)

    def owner(self, node: Node) -> Node | None:
        """What has the doc comment of a function; none where it is a part of an expression."""
        if node.type != "arrow_function":
            return node
        is_value = node.parent and node.parent.type in NAMED
        return declaration(node.parent) if is_value else None

    def inline(self, node: Node, parameters: list[Node]) -> None:
        for name in ("type_parameters", "return_type"):
            part = node.child_by_field_name(name)
            if part:
                raise NotKnownError(part, "give this function a name")
        for each in parameters:
            annotation = each.child_by_field_name("type")
            if annotation:
                start = each.start_byte
                self.replace(start, start, f"/** @type {braced(typed(annotation))} */ ")
                self.remove(annotation)
            self.default(each)

    def parameters(self, parameters: list[Node]) -> Iterator[str]:
        is_typed = any(each.child_by_field_name("type") for each in parameters)
        for each in parameters:
            if each.type == "comment":
                continue
            annotation, value = each.child_by_field_name("type"), each.child_by_field_name("value")
            pattern = field(each, "pattern")
            if annotation:
                yield parameter(each, pattern, typed(annotation), value is not None)
                self.remove(annotation)
            elif is_typed and value and value.type in LITERALS:
                yield parameter(each, pattern, LITERALS[value.type], True)
            elif is_typed and pattern.type != "identifier":
                raise NotKnownError(each, "give its type, as the others have theirs")
            for child in each.children:
                if child.type == "?":
                    self.remove(child)
            self.default(each)

    def default(self, parameter: Node) -> None:
        self.visit(field(parameter, "pattern"))
        value = parameter.child_by_field_name("value")
        if value:
            self.visit(value)

    # Expressions

    def cast(self, node: Node) -> None:
        value, operator, type_ = node.children
        word = "satisfies" if source(operator) == "satisfies" else "type"
        declarator = node.parent
        if word == "satisfies" and declarator and declarator.type == "variable_declarator":
            self.tag(declaration(declarator), f"@satisfies {braced(source(type_))}")
            self.replace(value.end_byte, node.end_byte)
            self.visit(value)
            return
        comment = f"/** @{word} {braced(source(type_))} */ "
        parent = node.parent
        # A cast has its brackets beside the comment: those around it, those of the value, or new ones.
        outer = parent if parent and parent.type == "parenthesized_expression" else node
        opening, closing = ("", "") if value.type == "parenthesized_expression" else ("(", ")")
        self.replace(outer.start_byte, value.start_byte, comment + opening)
        self.replace(value.end_byte, outer.end_byte, closing)
        self.visit(value)

    def new(self, node: Node) -> None:
        arguments = node.child_by_field_name("type_arguments")
        if arguments:
            if field(node, "arguments").named_children:
                raise NotKnownError(node, "give the type of the variable, not of its value")
            name = source(field(node, "constructor")) + source(arguments)
            self.tag(declaration(node.parent), f"@type {braced(name)}")
            self.remove(arguments)
        values = node.child_by_field_name("arguments")
        if values:
            self.visit(values)

    def call(self, node: Node) -> None:
        arguments = node.child_by_field_name("type_arguments")
        if arguments:
            raise NotKnownError(
                arguments, "give the type of what it is called for, not of the call"
            )
        self.visit_children(node)
