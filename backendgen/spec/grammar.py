"""The closed sets of the spec language, as tables in the order in which they are shown."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class FieldType:
    """A type of field. `arguments` are the words that its argument stands for."""

    name: str
    line: str
    arguments: tuple[str, ...] = ()
    columns: int = 0
    """Characters of its column; 0 for what is not a string of a fixed length."""


@dataclass(frozen=True)
class Modifier:
    """A word after the type. `shape` is how its value is read; a flag has none."""

    name: str
    shape: str
    line: str
    types: frozenset[str]


@dataclass(frozen=True)
class Choice:
    """A value of a setting; `missing` says what it waits for, where this release lacks it."""

    name: str
    missing: str = ""


DEFAULT_LENGTH = 255
DEFAULT_PRECISION = 12
DEFAULT_SCALE = 2

LONGEST_NAME = 40
LONGEST_STRING = 4000
LONGEST_KEY = 600
"""Characters: at four bytes each within an index row of PostgreSQL (2704 bytes) and MySQL (3072)."""
LONGEST_ROW = 15_000
"""Characters: MySQL refuses a table whose columns could pass 65 535 bytes."""
WIDEST_ROW = 7_900
"""Bytes: MariaDB refuses a table whose columns could pass 8126, less what it sets apart."""
MOST_KEY_PARTS = 16
MOST_KEYS = 64
LONGEST_TABLE = 45
"""`ix_{table}_created_at_id` and `fk_{table}_owner_id_users` are identifiers too."""
MOST_FIELDS = 100
MOST_VALUES = 100
MOST_RESOURCES = 500
MOST_PROBLEMS = 500
LARGEST_PRECISION = 18
"""SQLite keeps a decimal as a scaled 64-bit integer."""
WIDEST_DESCRIPTION = 72

TYPES: Mapping[str, FieldType] = {
    each.name: each
    for each in (
        FieldType("string", "string:200", ("length",), DEFAULT_LENGTH),
        FieldType("text", "text"),
        FieldType("int", "int"),
        FieldType("bigint", "bigint"),
        FieldType("float", "float"),
        FieldType("decimal", "decimal:10,2", ("precision", "scale")),
        FieldType("bool", "bool:default=false"),
        FieldType("date", "date"),
        FieldType("time", "time"),
        FieldType("datetime", "datetime"),
        FieldType("uuid", "uuid"),
        FieldType("email", "email", columns=254),
        FieldType("url", "url", columns=2048),
        FieldType("slug", "slug", columns=255),
        FieldType("json", "json"),
        FieldType("enum", "enum:draft,published", ("values",), LONGEST_NAME),
        FieldType("ref", "ref:Author", ("target",)),
        FieldType("many", "many:Tag", ("target",)),
    )
}

EVERY = frozenset(TYPES)
SCALARS = EVERY - {"ref", "many"}
NUMBERS = frozenset({"int", "bigint", "float", "decimal"})
STRINGS = frozenset({"string", "email", "url", "slug"})
FREE_TEXT = frozenset({"string", "text"})
SEARCHABLE = STRINGS | {"text"}
INDEXABLE = EVERY - {"text", "url", "json", "many"}

MODIFIERS: Mapping[str, Modifier] = {
    each.name: each
    for each in (
        Modifier("optional", "flag", "optional", EVERY - {"many"}),
        Modifier("unique", "flag", "unique", INDEXABLE - {"bool", "enum"}),
        Modifier("index", "flag", "index", INDEXABLE),
        Modifier("default", "value", "default=v", SCALARS - {"json"}),
        Modifier("min", "number", "min=0", NUMBERS),
        Modifier("max", "number", "max=100", NUMBERS),
        Modifier("min_length", "whole", "min_length=1", FREE_TEXT),
        Modifier("pattern", "text", "pattern=^[A-Z]+$", FREE_TEXT),
        Modifier("readonly", "flag", "readonly", EVERY - {"many"}),
        Modifier("private", "flag", "private", EVERY - {"many"}),
        Modifier("was", "text", "was=old_name", EVERY),
    )
}

ON_DELETE: tuple[str, ...] = ("cascade", "restrict", "set_null")
"""Words of `ref` alone; without one of them it is `restrict`."""

LONG_FORM: Mapping[str, Modifier] = {
    each.name: each
    for each in (
        Modifier("type", "text", "type: string", EVERY),
        Modifier("length", "whole", "length: 200", frozenset({"string"})),
        Modifier("precision", "whole", "precision: 12", frozenset({"decimal"})),
        Modifier("scale", "whole", "scale: 2", frozenset({"decimal"})),
        Modifier("values", "list", "values: [draft, published]", frozenset({"enum"})),
        Modifier("target", "text", "target: Author", frozenset({"ref", "many"})),
        Modifier("on_delete", "text", "on_delete: cascade", frozenset({"ref"})),
        *MODIFIERS.values(),
        Modifier("description", "text", "description: What it is for", EVERY),
        Modifier("example", "example", "example: AB-12", SCALARS),
    )
}

IDS: tuple[str, ...] = ("uuid", "int")

RESOURCE_OPTIONS: Mapping[str, str] = {
    "fields": "fields: {title: string}",
    "id": "id: int",
    "timestamps": "timestamps: false",
    "soft_delete": "soft_delete: true",
    "versioned": "versioned: true",
    "plural": "plural: people",
    "table": "table: people",
    "unique": "unique: [[author, title]]",
    "indexes": "indexes: [[status, published_at]]",
    "search": "search: [title]",
    "access": "access: {list: public, read: public}",
    "was": "was: OldName",
    "description": "description: What it is for",
}

USER_OPTIONS: tuple[str, ...] = ("fields", "description")

SETTINGS: Mapping[str, str] = {
    "name": "name: shop",
    "description": "description: What it is for",
    "framework": "framework: fastapi",
    "database": "database: sqlite",
    "auth": "auth: jwt",
    "api_style": "api_style: views",
    "language": "language: typescript",
    "resources": "resources: {}",
}

LATER = "comes with a later release"

FRAMEWORKS: Mapping[str, Choice] = {
    each.name: each
    for each in (
        Choice("fastapi"),
        Choice("django"),
        Choice("flask"),
        Choice("express"),
    )
}
DATABASES: Mapping[str, Choice] = {
    each.name: each
    for each in (
        Choice("sqlite"),
        Choice("postgresql"),
        Choice("mysql"),
        Choice("supabase", LATER),
    )
}
AUTHS: Mapping[str, Choice] = {each.name: each for each in (Choice("jwt"), Choice("none"))}
API_STYLES: Mapping[str, Choice] = {
    each.name: each for each in (Choice("views"), Choice("restful"))
}
"""How Flask's views are written: as functions, or as Flask-RESTful's `Resource` classes."""
LANGUAGES: Mapping[str, Choice] = {
    each.name: each for each in (Choice("typescript"), Choice("javascript"))
}
"""What Express is written in."""

RULES: tuple[str, ...] = ("public", "authenticated", "owner", "admin")
ACTIONS: tuple[str, ...] = ("list", "read", "create", "update", "delete")
SAFE_ACCESS: Mapping[str, str] = {
    "list": "authenticated",
    "read": "authenticated",
    "create": "authenticated",
    "update": "owner",
    "delete": "owner",
}
OPEN_ACCESS: Mapping[str, str] = dict.fromkeys(ACTIONS, "public")
