"""The JSON Schema of backendgen.yaml, made of the tables of `grammar`: for editors, and any validator."""

from collections.abc import Iterable
from typing import Any

from backendgen.spec import grammar
from backendgen.spec.finding import PROJECT_NAME, RESOURCE_NAME, SNAKE_NAME

Schema = dict[str, Any]

FIELD_NAME = SNAKE_NAME.pattern
VALUES: dict[str, str] = {
    "flag": "",
    "value": "=[^:]*",
    "number": "=-?[0-9]+(\\.[0-9]+)?(e[+-]?[0-9]+)?",
    "whole": "=[0-9]+",
    "text": "=[^:]+",
}
"""What may follow a modifier in the one line, by the shape of its value."""

ARGUMENTS: dict[str, str] = {
    "string": "(:[0-9]+)?",
    "decimal": "(:[0-9]+,[0-9]+)?",
    "enum": f":{FIELD_NAME}(,{FIELD_NAME})+",
    "ref": f":{RESOURCE_NAME.pattern}",
    "many": f":{RESOURCE_NAME.pattern}",
}


def json_schema() -> Schema:
    settings = {**_settings(), "resources": _resources()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "backendgen.yaml",
        "description": "What a backend should be: settings, and resources with their fields",
        "type": "object",
        "properties": {key: settings[key] for key in grammar.SETTINGS},
        "required": ["name"],
        "additionalProperties": False,
        "$defs": _definitions(),
    }


def _settings() -> Schema:
    return {
        "name": _text("The project's name", PROJECT_NAME.pattern, grammar.LONGEST_NAME),
        "description": {"$ref": "#/$defs/description"},
        "framework": _choice("What it is written with", _available(grammar.FRAMEWORKS)),
        "database": _choice("Where it keeps its data", _available(grammar.DATABASES)),
        "auth": _choice("Who its users are", _available(grammar.AUTHS)),
        "api_style": _choice("How Flask's views are written", _available(grammar.API_STYLES)),
        "language": _choice("What Express is written in", _available(grammar.LANGUAGES)),
    }


def _available(choices: Any) -> list[str]:
    return [choice.name for choice in choices.values() if not choice.missing]


def _resources() -> Schema:
    return {
        "description": "The things that the backend keeps, by their name in the singular",
        "type": ["object", "null"],
        "propertyNames": {
            "pattern": _whole(RESOURCE_NAME.pattern),
            "maxLength": grammar.LONGEST_NAME,
        },
        "properties": {"User": {"$ref": "#/$defs/user"}},
        "additionalProperties": {"$ref": "#/$defs/resource"},
    }


def _definitions() -> Schema:
    return {
        "description": {
            "description": "One plain line",
            "type": "string",
            "minLength": 1,
            "maxLength": grammar.WIDEST_DESCRIPTION,
            "pattern": '^[^"\\\\`<>|{}\\u0000-\\u001f\\u007f]*$',
        },
        "user": _object({"fields": _fields(), "description": {"$ref": "#/$defs/description"}}),
        "resource": {**_object(_options()), "required": ["fields"]},
        "field": {"oneOf": [{"$ref": "#/$defs/line"}, {"$ref": "#/$defs/long"}]},
        "line": _line(),
        "long": {**_object(_long_form()), "required": ["type"]},
        "fieldName": _text("A field", FIELD_NAME, grammar.LONGEST_NAME),
        "fieldLists": _listing(_listing({"$ref": "#/$defs/fieldName"}, least=2), least=0),
        "rule": _choice("Who may do it", grammar.RULES),
    }


def _options() -> Schema:
    options: Schema = {
        "fields": _fields(),
        "id": _choice("Of what its ids are", grammar.IDS),
        "timestamps": _flag("created_at and updated_at; true unless it says otherwise"),
        "soft_delete": _flag("A deleted row is hidden, and stays"),
        "versioned": _flag("ETag and If-Match"),
        "plural": _text("The plural, where it is irregular", FIELD_NAME),
        "table": _text("The table, where it is not the plural", FIELD_NAME, grammar.LONGEST_TABLE),
        "unique": {"$ref": "#/$defs/fieldLists"},
        "indexes": {"$ref": "#/$defs/fieldLists"},
        "search": _listing({"$ref": "#/$defs/fieldName"}, least=0),
        "access": _object({action: {"$ref": "#/$defs/rule"} for action in grammar.ACTIONS}),
        "was": _text("Its earlier name, so that its data is kept", RESOURCE_NAME.pattern),
        "description": {"$ref": "#/$defs/description"},
    }
    return {word: options[word] for word in grammar.RESOURCE_OPTIONS}


def _fields() -> Schema:
    return {
        "type": "object",
        "minProperties": 1,
        "maxProperties": grammar.MOST_FIELDS,
        "propertyNames": {"$ref": "#/$defs/fieldName"},
        "additionalProperties": {"$ref": "#/$defs/field"},
    }


def _line() -> Schema:
    lines = [kind.line for kind in grammar.TYPES.values()]
    return {
        "description": "type[:argument][:modifier]…",
        "type": "string",
        "pattern": _whole("|".join(line_pattern(kind) for kind in grammar.TYPES)),
        "examples": [*lines, "string:200:index", "enum:draft,published:default=draft"],
    }


def line_pattern(kind: str) -> str:
    """The one line of a type, with the modifiers that go with it."""
    words = [
        f"{word}{VALUES[modifier.shape]}"
        for word, modifier in grammar.MODIFIERS.items()
        if kind in modifier.types
    ]
    words += grammar.ON_DELETE if kind == "ref" else ()
    return f"{kind}{ARGUMENTS.get(kind, '')}(:({'|'.join(words)}))*"


def _long_form() -> Schema:
    shapes = {
        "flag": {"type": "boolean"},
        "value": {"type": ["string", "number", "boolean"]},
        "number": {"type": ["number", "string"]},
        "whole": {"type": "integer", "minimum": 0},
        "text": {"type": "string"},
        "list": _listing(_text("A value", FIELD_NAME, grammar.LONGEST_NAME), least=2),
        "example": {},
    }
    words: Schema = {word: shapes[each.shape] for word, each in grammar.LONG_FORM.items()}
    words["on_delete"] = _choice("What becomes of it when its target goes", grammar.ON_DELETE)
    words["was"] = _text("Its earlier name, so that its data is kept", FIELD_NAME)
    words["target"] = _text("The resource that it leads to", RESOURCE_NAME.pattern)
    words["description"] = {"$ref": "#/$defs/description"}
    kinds = "|".join(grammar.TYPES)
    words["type"] = _text("The type, or the whole line", f"({kinds})(:.*)?")
    return words


def _whole(pattern: str) -> str:
    return f"^({pattern})$"


def _text(title: str, pattern: str, longest: int | None = None) -> Schema:
    length = {} if longest is None else {"maxLength": longest}
    return {"description": title, "type": "string", "pattern": _whole(pattern), **length}


def _flag(title: str) -> Schema:
    return {"description": title, "type": "boolean"}


def _choice(title: str, options: Iterable[str]) -> Schema:
    return {"description": title, "enum": list(options)}


def _listing(items: Schema, least: int) -> Schema:
    return {"type": "array", "items": items, "minItems": least}


def _object(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "additionalProperties": False}
