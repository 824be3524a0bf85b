"""Valid specs drawn from the whole grammar: every type, modifier, option, rule and relation.

A part is drawn by the grammar's tables and then put before the checks on its own, so that what they
refuse for good reasons costs one field and not the whole spec.
"""

import string
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import yaml
from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from backendgen.errors import SpecError
from backendgen.spec import grammar
from backendgen.spec.finding import RESOURCE_NAME, SNAKE_NAME, UNSAFE, width
from backendgen.spec.loading import parse_spec
from backendgen.spec.values import UNQUOTABLE
from tests.fuzz.hostile import HOSTILE_TEXTS

Entries = dict[str, Any]

ODD_RESOURCES = (
    *(
        "A",
        "Q",
        "X1",
        "HTTPServer",
        "APIKey",
        "Sheep",
        "Status",
        "Person",
        "OrderLine",
        "Criterion",
    ),
    *("Field2", "Module", "Exception1", "Test", "Sample", "Category", "DataBase", "Fixture"),
    *("Abcdefghijklmnopqrstuvwxyzabcdefghijklmn", "AnExtremelyLongNameForOneSingleResource"),
    *("Mock", "Row", "Rows", "Item", "Page", "Cursor", "Migration", "Op", "Record", "Result", "Id"),
)
ODD_FIELDS = (
    *("a", "l", "o", "i", "e1", "x_1", "self", "cls", "items", "name", "print", "len", "format"),
    *("key", "hash", "next", "data", "value", "body", "url", "date", "time", "json", "base", "now"),
    *("status", "type", "kind", "row", "field", "default", "length", "test", "fixture", "client"),
    *("password", "secret", "token", "api_key", "is_active", "role", "owner", "version", "count"),
    *("abcdefghij_abcdefghij_abcdefghij_abcdefg", "a" * 40, "model", "op", "actor_name", "page"),
)
PIECES = (
    *(
        r"[A-Z]{2,4}",
        r"\d+",
        r"[\w.-]+",
        r"(?:a|b)",
        r"(x|yz)?",
        r"[^a-z]",
        r"\$\{[a-z]+\}",
        r"\{\{",
    ),
    *(r"\}\}", r"[#%{]", r"\/", r"-", r"é+", r"\s?", r".{1,5}", r"[\]\[]", r"\u0041", r"{%", r"`"),
)


def texts(forbidden: str = "", longest: int = 60) -> SearchStrategy[str]:
    """One line of any script, or one that means something to a language that it will stand in."""
    characters = st.characters(
        exclude_categories=("C", "Z"), exclude_characters=forbidden, include_characters=" "
    )
    hostile = [each for each in HOSTILE_TEXTS if not set(each) & set(forbidden)]
    ascii_text = st.text("".join(set(string.printable[:95]) - set(forbidden)), max_size=longest)
    drawn = st.text(characters, max_size=longest) | ascii_text | st.sampled_from(hostile)
    return drawn.filter(lambda text: bool(text.strip()) and len(text) <= longest)


def descriptions() -> SearchStrategy[str]:
    return texts(UNSAFE).filter(
        lambda text: "--" not in text and "*/" not in text and width(text) <= 72
    )


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(texts(longest=20), inner, max_size=3)
    ),
    max_leaves=8,
)


# What a type has beside its name: its arguments, limits and values


def between(low: int, high: int, spell: Callable[[int], Any]) -> SearchStrategy[Entries]:
    """`min`, `max` and a default within them, each there or not."""

    def entries(numbers: Sequence[int], kept: Sequence[bool]) -> Entries:
        words = zip(("min", "default", "max"), sorted(numbers), kept, strict=True)
        return {word: spell(number) for word, number, keep in words if keep}

    numbers = st.lists(st.integers(low, high), min_size=3, max_size=3, unique=True)
    return st.builds(entries, numbers, st.lists(st.booleans(), min_size=3, max_size=3))


@st.composite
def decimals(draw: DrawFn) -> Entries:
    precision = draw(st.integers(1, grammar.LARGEST_PRECISION))
    scale = draw(st.integers(0, precision))
    most = 10**precision - 1

    def spelled(number: int) -> str:
        return format(Decimal(number).scaleb(-scale), "f")

    limits = draw(between(-most, most, spelled))
    return {"precision": precision, "scale": scale, **limits}


@st.composite
def strings(draw: DrawFn, length: bool = True) -> Entries:
    entries: Entries = {}
    if length and draw(st.booleans()):
        entries["length"] = draw(st.integers(1, 300))
    if draw(st.booleans()):
        entries["min_length"] = draw(st.integers(0, 12))
    if draw(st.integers(0, 2)) == 0:
        pattern = "".join(draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4)))
        entries["pattern"] = f"^{pattern}$" if draw(st.booleans()) else pattern
    elif draw(st.booleans()):
        entries["default"] = draw(texts(UNQUOTABLE))
    elif draw(st.booleans()):
        entries["example"] = draw(texts(UNQUOTABLE))
    return entries


@st.composite
def enums(draw: DrawFn) -> Entries:
    names = snake_names().filter(lambda name: name not in {"true", "false", "null", "mro"})
    values = draw(st.lists(names, min_size=2, max_size=12, unique=True))
    default = {"default": draw(st.sampled_from(values))} if draw(st.booleans()) else {}
    return {"values": values, **default}


def nothing() -> SearchStrategy[Entries]:
    return st.builds(dict)


def defaulted(*values: Any) -> SearchStrategy[Entries]:
    return nothing() | st.sampled_from(values).map(lambda value: {"default": value})


DETAILS: Mapping[str, SearchStrategy[Entries]] = {
    "string": strings(),
    "text": strings(length=False),
    "int": between(-(2**31), 2**31 - 1, int),
    "bigint": between(-(2**63), 2**63 - 1, int),
    "float": between(-(10**6), 10**6, lambda number: number / 64),
    "decimal": decimals(),
    "bool": defaulted(True, False),
    "date": defaulted("0001-01-01", "2026-01-31", "9999-12-31"),
    "time": defaulted("00:00:00", "23:59:59.999999"),
    "datetime": defaulted("2026-01-31T10:30:00Z", "2026-01-31T10:30:00.000001+05:30"),
    "uuid": defaulted("018f0000-0000-7000-8000-000000000000"),
    "email": defaulted("a.b+c@d-e.example"),
    "url": defaulted("https://example.com/a?b=%20&c=@d", "http://a.b:1"),
    "slug": defaulted("a", "first-post-2"),
    "json": st.just({})
    | JSON.filter(lambda value: value is not None).map(lambda value: {"example": value}),
    "enum": enums(),
}


# Fields


def snake_names() -> SearchStrategy[str]:
    drawn = st.from_regex(SNAKE_NAME, fullmatch=True, alphabet=st.characters(codec="ascii"))
    return st.sampled_from(ODD_FIELDS) | drawn.filter(lambda name: len(name) <= 40)


@st.composite
def scalars(draw: DrawFn) -> tuple[str, Any]:
    name = draw(snake_names())
    kind = draw(st.sampled_from(sorted(DETAILS)))
    entries = {"type": kind, **draw(DETAILS[kind]), **draw(modifiers(kind))}
    return name, draw(spellings(entries))


def modifiers(kind: str) -> SearchStrategy[Entries]:
    """Flags, a former name and a description; each is there one time in four."""
    flags = [
        each.name
        for each in grammar.MODIFIERS.values()
        if each.shape == "flag" and kind in each.types
    ]
    rare: SearchStrategy[Any] = st.sampled_from([False, False, False, True])
    chosen = st.fixed_dictionaries(dict.fromkeys(flags, rare))
    told = nothing() | st.builds(lambda text: {"description": text}, descriptions())
    was = st.sampled_from([{}] * 7 + [{"was": "an_old_name"}])
    return st.builds(
        lambda *parts: {
            key: value for part in parts for key, value in part.items() if value is not False
        },
        *(chosen, told, was),
    )


ARGUMENTS = ("length", "values", "target")


@st.composite
def spellings(draw: DrawFn, entries: Entries) -> Any:
    """The long form, or the line that says the same where there is one."""
    line = _line(entries)
    return line if line and draw(st.booleans()) else entries


def _line(entries: Entries) -> str | None:
    words = [entries["type"]]
    for name, value in entries.items():
        if name in {"description", "example"}:
            return None
        words += _words(name, value, entries)
    return None if any(":" in word or word != word.strip() for word in words) else ":".join(words)


def _words(name: str, value: Any, entries: Entries) -> list[str]:
    if name in {"type", "scale"}:
        return []
    if name == "precision":
        return [f"{value},{entries['scale']}"]
    if name in ARGUMENTS:
        return [",".join(value) if isinstance(value, list) else str(value)]
    if name == "on_delete":
        return [value]
    if value is True and name != "default":
        return [name]
    return [f"{name}={str(value).lower() if isinstance(value, bool) else value}"]


@st.composite
def relations(
    draw: DrawFn, own: str, before: Sequence[str], after: Sequence[str]
) -> tuple[str, Any]:
    """To any resource, itself included; what could close a cycle is optional."""
    names = snake_names().filter(lambda name: not name.endswith(("_id", "_ids")))
    kind, target = (
        draw(st.sampled_from(["ref", "many"])),
        draw(st.sampled_from([*before, own, *after])),
    )
    entries: Entries = {"type": kind, "target": target}
    if kind == "ref":
        entries |= draw(modifiers(kind))
        entries |= {"optional": True} if target not in before else {}
        on_delete = draw(st.sampled_from(["", *grammar.ON_DELETE]))
        fits = on_delete and (on_delete != "set_null" or entries.get("optional"))
        entries |= {"on_delete": on_delete} if fits else {}
    return draw(names), draw(spellings(entries))


def accepted(resources: Entries, auth: str = "jwt") -> bool:
    try:
        parse_spec(written({"name": "probe", "auth": auth, "resources": resources}), "probe")
    except SpecError:
        return False
    return True


def alone(resource: str) -> Callable[[tuple[str, Any]], bool]:
    """Whether the checks take a field by itself."""
    return lambda field: accepted({resource: {"fields": dict([field])}})


# Resources


@st.composite
def options(draw: DrawFn, fields: Entries, auth: str) -> Entries:
    flags: Entries = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "id": st.sampled_from(grammar.IDS),
                "timestamps": st.booleans(),
                "soft_delete": st.booleans(),
                "versioned": st.booleans(),
                "description": descriptions(),
            },
        )
    )
    kinds = {name: _kind(body) for name, body in fields.items()}
    keys = [name for name, kind in kinds.items() if kind in grammar.INDEXABLE - {"email", "slug"}]
    searched = [name for name, kind in kinds.items() if kind in grammar.SEARCHABLE]
    for option in ("unique", "indexes"):
        if len(keys) > 1 and draw(st.booleans()):
            group = st.lists(st.sampled_from(keys), min_size=2, max_size=4, unique=True)
            flags[option] = draw(st.lists(group, min_size=1, max_size=2))
    if draw(st.booleans()) and searched:
        flags["search"] = draw(st.lists(st.sampled_from(searched), min_size=1, unique=True))
    if auth == "jwt" and draw(st.booleans()):
        rules = {action: st.sampled_from(grammar.RULES) for action in grammar.ACTIONS}
        flags["access"] = draw(st.fixed_dictionaries({}, optional=rules)) or {"list": "public"}
    return flags


def _kind(body: Any) -> str:
    line: str = body if isinstance(body, str) else body["type"]
    return line.partition(":")[0]


@st.composite
def resources(
    draw: DrawFn, name: str, before: Sequence[str], after: Sequence[str], auth: str
) -> Entries:
    plain = scalars().filter(alone("Probe"))
    fields = dict(draw(st.lists(plain, min_size=1, max_size=6)))
    fields |= dict(draw(st.lists(relations(name, before, after), max_size=3)))
    others = {each: {"fields": {"label": "string"}} for each in (*before, *after) if each != "User"}
    body: Entries = {"fields": fields}
    if not accepted({**others, name: body}, auth):
        body = {"fields": {"label": "string"}}
    # Each option goes by itself, so that one that does not fit costs no other.
    for option, value in draw(options(body["fields"], auth)).items():
        if accepted({**others, name: {option: value, **body}}, auth):
            body = {option: value, **body}
    return body


def resource_names() -> SearchStrategy[str]:
    drawn = st.from_regex(RESOURCE_NAME, fullmatch=True, alphabet=st.characters(codec="ascii"))
    names = st.sampled_from(ODD_RESOURCES) | drawn.filter(lambda name: len(name) <= 40)
    return names.filter(lambda name: name != "User")


@st.composite
def documents(draw: DrawFn, database: str | None = None, framework: str = "fastapi") -> Entries:
    """A spec as YAML has it. Names that do not go together lose the later of them."""
    auth = draw(st.sampled_from(["jwt", "jwt", "jwt", "none"]))
    chosen: Entries = {}
    for name in draw(st.lists(resource_names(), min_size=1, max_size=4, unique=True)):
        more = {**chosen, name: draw(st.sampled_from(_headings(name)))}
        chosen = more if accepted(more, auth) else chosen
    assume(chosen)
    users = ["User"] if auth == "jwt" else []
    order, found = list(chosen), dict[str, Any]()
    for at, name in enumerate(order):
        body = draw(resources(name, [*users, *order[:at]], order[at + 1 :], auth))
        found[name] = {
            **body,
            **{key: chosen[name][key] for key in chosen[name] if key != "fields"},
        }
    if draw(st.booleans()) and users:
        extra = draw(st.lists(scalars().filter(alone("User")), min_size=1, max_size=4))
        found["User"] = {"fields": dict(extra)}
    description = {"description": draw(descriptions())} if draw(st.booleans()) else {}
    return {
        "name": draw(project_names()),
        **description,
        "framework": framework,
        "database": database or draw(st.sampled_from(DATABASES)),
        "auth": auth,
        "resources": found,
    }


DATABASES = tuple(each.name for each in grammar.DATABASES.values() if not each.missing)


def project_names() -> SearchStrategy[str]:
    return st.sampled_from(["a", "x1", "shop", "my-2nd-app", "tests", "app", "fastapi", "a" * 40])


def _headings(name: str) -> list[Entries]:
    """A resource as it is named, or with a plural and a table of its own."""
    fields: Entries = {"fields": {"label": "string"}}
    plural, table = f"many_{name.lower()}"[:40], f"t_{name.lower()}"[:40]
    return [
        fields,
        fields,
        {"plural": plural, **fields},
        {"table": table, "was": "Former", **fields},
    ]


class Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """What occurs twice is written twice: a spec has no anchors."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def written(document: Entries) -> str:
    """YAML on which no line is folded."""
    return yaml.dump(document, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=10**6)


def specs(database: str | None = None, framework: str = "fastapi") -> SearchStrategy[str]:
    return documents(database, framework).map(written).filter(is_valid)


def is_valid(text: str) -> bool:
    try:
        parse_spec(text, "spec")
    except SpecError:
        return False
    return True
