"""A field written back as the line that would be read as it."""

import json
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

from backendgen.spec.model import Field, Value

BARE = re.compile(r"[A-Za-z0-9_^$./+][A-Za-z0-9_^$./+@=*()-]*")


def spell_value(value: Value) -> str:
    """A value for the long form, quoted where YAML would read it otherwise."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    if isinstance(value, str) and BARE.fullmatch(value) and value.lower() not in CONSTANTS:
        return value
    return json.dumps(value, ensure_ascii=False)


CONSTANTS = {"yes", "no", "on", "off", "true", "false", "null"}


def spell(field: Field) -> str:
    """The one line where it can hold the field, else the long form."""
    values = {name: value for name, value in _valued(field) if value is not None}
    fits = all(":" not in str(value) and " " not in str(value) for value in values.values())
    if fits and not field.description and not field.example:
        told = [f"{name}={_bare(value)}" for name, value in values.items()]
        return f"{field.name}: " + ":".join([_head(field), *told])
    told = [f"{name}: {spell_value(value)}" for name, value in values.items()]
    if field.description:
        told.append(f"description: {json.dumps(field.description, ensure_ascii=False)}")
    return f"{field.name}: {{{', '.join([f'type: {json.dumps(_head(field))}', *told])}}}"


def _bare(value: Value) -> str:
    return value if isinstance(value, str) else spell_value(value)


def _valued(field: Field) -> list[tuple[str, Value]]:
    default = field.default if field.has_default else None
    return [
        ("default", default),
        ("min", field.min),
        ("max", field.max),
        ("min_length", field.min_length),
        ("pattern", field.pattern),
        ("was", field.was),
    ]


def _head(field: Field) -> str:
    """The type, its argument and the flags."""
    flags = ("optional", "unique", "index", "readonly", "private")
    parts = [field.type, *_argument(field), *([field.on_delete] if field.on_delete else [])]
    return ":".join([*parts, *(flag for flag in flags if getattr(field, flag))])


def _argument(field: Field) -> list[str]:
    if field.type == "string":
        return [str(field.length)]
    if field.type == "decimal":
        return [f"{field.precision},{field.scale}"]
    if field.type == "enum":
        return [",".join(field.values)]
    return [field.target] if field.target else []


def spell_replaced(field: Field, **changes: Any) -> str:
    """The line of a field with some of it changed, or as it is."""
    return spell(replace(field, **changes))
