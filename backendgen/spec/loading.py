"""`backendgen.yaml` becomes a Spec, or every problem that it has is told."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any

from backendgen.errors import BackendgenError
from backendgen.spec import document, grammar
from backendgen.spec.checks import check
from backendgen.spec.document import Listing, Mark, Node, Scalar, decode, read_document
from backendgen.spec.fields import FieldReader
from backendgen.spec.finding import is_snake_name, snaked
from backendgen.spec.model import Access, Field, Resource, Spec
from backendgen.spec.reading import Path, Reading, closest, listed, shown


def load_spec(path: FilePath) -> Spec:
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "it is no file").lower()
        raise BackendgenError(f"{path} cannot be read: {reason}") from None
    return parse_spec(decode(content, str(path)), str(path))


@lru_cache(maxsize=4)  # A command reads the same text where it checks it and where it uses it.
def parse_spec(text: str, source: str) -> Spec:
    reading = Reading(source)
    spec = SpecReader(reading).spec(read_document(text, source))
    check(spec, reading)
    reading.finish()
    return spec


def parse_field(name: str, text: str) -> Field:
    """A field whose name and line are apart; its problems are told as of `name`."""
    return _parse_line(name, text, name, 0)


def parse_field_argument(argument: str, number: int = 1) -> Field:
    """A field as on the command line, `title:string:200:index`, the `number`th argument."""
    name, colon, line = argument.partition(":")
    return _parse_line(name, line, f"argument {number}", len(name + colon))


def _parse_line(name: str, line: str, source: str, before: int) -> Field:
    reading = Reading(source)
    reading.marks[()] = Mark(None, 1)
    scalar = Scalar(line, Mark(None, before + 1), plain=True)
    if not is_snake_name(name):
        message = f"{shown(name)} is not a name such as first_name, 40 characters at most"
        reading.problem(Mark(None, 1), message, f"{snaked(name)}:{line or 'string'}")
    field = FieldReader(reading, name, ("", "fields", name)).read(scalar)
    reading.finish()
    assert field is not None  # no field means a problem, and those are told above
    return field


class SpecReader:
    """Reads the settings and the resources; what is wrong with one never hides another."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.auth = "jwt"

    def spec(self, root: Node) -> Spec:
        if isinstance(root, Scalar) and root.is_empty:
            self.reading.problem(root.mark, "the spec is empty", "name: shop")
        entries = self.entries(root, (), grammar.SETTINGS, "a setting")
        if "name" not in entries and isinstance(root, document.Mapping):
            self.reading.problem(root.mark, "the spec has no name", "name: shop")
        self.auth = self.choice(entries, "auth", grammar.AUTHS)
        return Spec(
            name=self.text(entries.get("name"), "name", "shop"),
            description=self.text(entries.get("description"), "description", ""),
            framework=self.choice(entries, "framework", grammar.FRAMEWORKS),
            database=self.choice(entries, "database", grammar.DATABASES),
            auth=self.auth,
            api_style=self.choice(entries, "api_style", grammar.API_STYLES),
            language=self.choice(entries, "language", grammar.LANGUAGES),
            resources=tuple(self.resources(entries.get("resources"))),
        )

    # Parts of any mapping

    def entries(
        self, node: Node | None, path: Path, known: Mapping[str, str] | None, what: str
    ) -> dict[str, Node]:
        """The entries of a mapping by their key, each once; their positions are noted."""
        if node is None or (isinstance(node, Scalar) and node.is_empty):
            return {}
        if not isinstance(node, document.Mapping):
            example = next(iter(known.values())) if known else EXAMPLES[what]
            self.reading.problem(node.mark, f"{what} is `key: value`", example)
            return {}
        found: dict[str, Node] = {}
        for key, value in node.entries:
            if self.is_key(key, found, known, what):
                assert isinstance(key, Scalar)  # is_key has seen to it
                found[key.text] = value
                self.reading.marks[(*path, key.text)] = key.mark
        return found

    def is_key(
        self, key: Node, found: Mapping[str, Node], known: Mapping[str, str] | None, what: str
    ) -> bool:
        if not isinstance(key, Scalar):
            self.reading.problem(key.mark, f"the key of {what} is a word", EXAMPLES["a field"])
        elif key.text in found:
            remedy = known[key.text] if known else f"{key.text}Item:"
            remedy = f"other_{key.text}: string" if what == "a field" else remedy
            self.reading.problem(key.mark, f"{shown(key.text)} is given twice", remedy)
        elif known is not None and key.text not in known:
            self.unknown_key(key, known, what)
        else:
            return True
        return False

    def unknown_key(self, key: Scalar, known: Mapping[str, str], what: str) -> None:
        meant = closest(key.text, known)
        hint = f"did you mean `{meant}`?" if meant else f"there are {listed(known)}"
        remedy = known[meant] if meant else next(iter(known.values()))
        self.reading.problem(key.mark, f"{shown(key.text)} is not {what}, {hint}", remedy)

    def text(self, node: Node | None, word: str, missing: str) -> str:
        if node is None:
            return missing
        if not isinstance(node, Scalar) or node.is_empty:
            self.reading.problem(node.mark, f"`{word}` is a text", f"{word}: shop")
            return missing
        self.reading.marks[(word,)] = node.mark
        return node.text.strip("\n")

    def choice(
        self, entries: Mapping[str, Node], word: str, choices: Mapping[str, grammar.Choice]
    ) -> str:
        """One of a setting's values; what is not there yet is refused in a sentence of its own."""
        first = next(iter(choices))
        node = entries.get(word)
        if node is None:
            return first
        text = node.text if isinstance(node, Scalar) else "[…]"
        if text in choices and not choices[text].missing:
            return text
        ready = [choice.name for choice in choices.values() if not choice.missing]
        meant = closest(text, choices) or first
        message = f"`{word}` is one of {listed(ready)}, not {shown(text)}"
        if text in choices:
            message = f"`{word}: {text}` {choices[text].missing}; now there is {listed(ready)}"
            meant = first
        elif choices[meant].missing:
            meant = first
        self.reading.problem(node.mark, message, f"{word}: {meant}")
        return first

    # Resources

    def resources(self, node: Node | None) -> Iterable[Resource]:
        for name, body in self.entries(node, (), None, "a resource").items():
            yield self.resource(name, body)

    def resource(self, name: str, body: Node) -> Resource:
        path = (name,)
        if isinstance(body, Scalar):
            message = f"the resource {shown(name)} has no fields"
            self.reading.problem(body.mark, message, f"{name}: {{fields: {{title: string}}}}")
            self.reading.broken.add(path)
            body = document.Mapping((), body.mark)
        known = grammar.RESOURCE_OPTIONS
        entries = self.entries(body, path, known, "an option of a resource")
        options = {
            word: OPTIONS[word](self, entries[word], (*path, word))
            for word in entries
            if word in OPTIONS
        }
        fields = tuple(self.fields(entries.get("fields"), path))
        access = self.access(entries.get("access"), (*path, "access"))
        told = {word: value for word, value in options.items() if value is not None}
        return Resource(name=name, fields=fields, access=access, **told)

    def fields(self, node: Node | None, path: Path) -> Iterable[Field]:
        place = (*path, "fields")
        entries = self.entries(node, place, None, "a field")
        cut = self.cut_fields(node, entries, place)
        for name, body in entries.items():
            field = None
            if name not in cut:
                field = FieldReader(self.reading, name, (*place, name)).read(body)
            if field is None:
                self.reading.broken.add((*place, name))
            else:
                yield field

    def cut_fields(self, node: Node | None, entries: Mapping[str, Node], path: Path) -> set[str]:
        """`{status: enum:draft,published}` is a field and a name without a type: that is told."""
        if not isinstance(node, document.Mapping) or not node.flow:
            return set()
        cut: set[str] = set()
        before = ""
        for name, body in entries.items():
            if not isinstance(body, Scalar):
                before = ""
            elif not body.is_empty:
                before = f"{name}: {body.text}"
            elif before:
                head, _, text = before.partition(": ")
                before += f",{name}"
                message = f"within {{ }} a comma ends the value of {shown(head)}"
                remedy = f'{head}: "{text},{name}"'
                self.reading.problem_at((*path, name), message, remedy)
                cut |= {head, name}
        return cut

    def access(self, node: Node | None, path: Path) -> Access:
        safe = grammar.OPEN_ACCESS if self.auth == "none" else grammar.SAFE_ACCESS
        if node is None:
            return Access(**safe)
        if self.auth == "none":
            message = "with `auth: none` everything is public, so that `access` says nothing"
            self.reading.problem_at(path, message, "auth: jwt")
            return Access(**safe)
        lines = {action: f"{action}: {rule}" for action, rule in safe.items()}
        if isinstance(node, Scalar):
            self.reading.problem(node.mark, "`access` is a rule for each action", ACCESS_LINE)
            return Access(**safe)
        entries = self.entries(node, path, lines, "an action")
        return Access(**{**safe, **{name: self.rule(name, entries[name]) for name in entries}})

    def rule(self, action: str, node: Node) -> str:
        text = node.text if isinstance(node, Scalar) else ""
        if text in grammar.RULES:
            return text
        meant = closest(text, grammar.RULES) or "authenticated"
        message = f"{shown(text)} is not a rule; there are {listed(grammar.RULES)}"
        self.reading.problem(node.mark, message, f"{action}: {meant}")
        return meant


EXAMPLES = {"a field": "title: string", "a resource": "Post: {fields: {title: string}}"}
ACCESS_LINE = (
    "access: {list: public, read: public, create: authenticated, update: owner, delete: owner}"
)


def _read_bool(reader: SpecReader, node: Node, path: Path) -> bool | None:
    text = node.text if isinstance(node, Scalar) else ""
    if text in {"true", "false"}:
        return text == "true"
    meant = "false" if text.lower() in {"no", "off", "n", "0"} else "true"
    message = f"`{path[-1]}` is true or false"
    reader.reading.problem(node.mark, message, f"{path[-1]}: {meant}")
    return None


def _read_text(reader: SpecReader, node: Node, path: Path) -> str | None:
    if isinstance(node, Scalar) and not node.is_empty:
        reader.reading.marks[path] = node.mark
        return node.text.strip("\n")
    line = grammar.RESOURCE_OPTIONS[path[-1]]
    reader.reading.problem(node.mark, f"`{path[-1]}` is a text", line)
    return None


def _read_id(reader: SpecReader, node: Node, path: Path) -> str | None:
    text = node.text if isinstance(node, Scalar) else ""
    if text in grammar.IDS:
        return text
    message = f"`id` is one of {listed(grammar.IDS)}, not {shown(text)}"
    meant = closest(text, grammar.IDS) or "uuid"
    reader.reading.problem(node.mark, message, f"id: {meant}")
    return None


def _read_names(reader: SpecReader, node: Node, path: Path) -> tuple[str, ...] | None:
    if isinstance(node, Listing):
        items = [item for item in node.items if isinstance(item, Scalar)]
        if len(items) == len(node.items):
            for number, item in enumerate(items):
                reader.reading.marks[(*path, str(number))] = item.mark
            return tuple(item.text for item in items)
    line = grammar.RESOURCE_OPTIONS[path[-1]]
    reader.reading.problem(node.mark, f"`{path[-1]}` is a list of fields", line)
    return None


def _read_groups(reader: SpecReader, node: Node, path: Path) -> tuple[tuple[str, ...], ...] | None:
    groups = node.items if isinstance(node, Listing) else ()
    if not isinstance(node, Listing) or any(isinstance(group, Scalar) for group in groups):
        names = [group.text for group in groups if isinstance(group, Scalar)]
        line = f"{path[-1]}: [[{listed(names)}]]" if len(names) > 1 else None
        message = f"`{path[-1]}` is a list of lists of fields"
        reader.reading.problem(node.mark, message, line or grammar.RESOURCE_OPTIONS[path[-1]])
        return None
    found = []
    for number, group in enumerate(groups):
        reader.reading.marks[(*path, str(number))] = group.mark
        names_of_group = _read_group(reader, group, (*path, str(number)))
        found += [names_of_group] if names_of_group else []
    return tuple(found)


def _read_group(reader: SpecReader, group: Node, path: Path) -> tuple[str, ...]:
    items = group.items if isinstance(group, Listing) else ()
    names = tuple(item.text for item in items if isinstance(item, Scalar))
    if len(names) != len(items) or not names:
        line = grammar.RESOURCE_OPTIONS[path[-2]]
        reader.reading.problem(group.mark, f"`{path[-2]}` is a list of lists of fields", line)
        return ()
    for number, item in enumerate(items):
        reader.reading.marks[(*path, str(number))] = item.mark
    return names


OPTIONS: Mapping[str, Callable[[SpecReader, Node, Path], Any]] = {
    "id": _read_id,
    "timestamps": _read_bool,
    "soft_delete": _read_bool,
    "versioned": _read_bool,
    "plural": _read_text,
    "table": _read_text,
    "unique": _read_groups,
    "indexes": _read_groups,
    "search": _read_names,
    "was": _read_text,
    "description": _read_text,
}
