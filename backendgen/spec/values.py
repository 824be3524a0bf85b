"""A value as text becomes a value of its field's type; ValueError says what is wrong with it."""

import datetime as dt
import math
import re
import uuid
from collections.abc import Callable, Mapping
from decimal import Decimal

from backendgen.spec.document import is_control
from backendgen.spec.model import Field, Number, Value

WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,18})")
DECIMAL = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?")
FLOAT = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?(e[+-]?[0-9]{1,3})?", re.IGNORECASE)
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
TIME = re.compile(r"[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?")
DATETIME = re.compile(rf"{DATE.pattern}T{TIME.pattern}(Z|[+-][0-9]{{2}}:[0-9]{{2}})")
EMAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
URL = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/?#&=%+,:@-]*)?")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

UNQUOTABLE = "\"'\\"
"""A default stands in SQL and in string literals, and no quoting of these is the same everywhere."""

INTEGERS: Mapping[str, int] = {"int": 32, "bigint": 64}


def integer(field: Field, text: str) -> int:
    bits = INTEGERS[field.type]
    if not WHOLE.fullmatch(text):
        raise ValueError("is not a whole number")
    if not -(2 ** (bits - 1)) <= int(text) < 2 ** (bits - 1):
        raise ValueError(f"does not fit in {bits} bits")
    return int(text)


def float_(_: Field, text: str) -> float:
    if not FLOAT.fullmatch(text) or not math.isfinite(float(text)):
        raise ValueError("is not a number")
    return float(text)


def decimal(field: Field, text: str) -> Decimal:
    precision, scale = field.precision or 0, field.scale or 0
    if not DECIMAL.fullmatch(text):
        raise ValueError("is not a decimal number")
    value = Decimal(text)
    if value.quantize(Decimal(1).scaleb(-scale)) != value:
        raise ValueError(f"has more than {scale} decimals")
    if abs(value) >= Decimal(10) ** (precision - scale):
        raise ValueError(f"has more than {precision - scale} digits before the point")
    return value


def bool_(_: Field, text: str) -> bool:
    if text not in {"true", "false"}:
        raise ValueError("is neither true nor false")
    return text == "true"


def date(_: Field, text: str) -> str:
    return _calendar(text, DATE, dt.date.fromisoformat, "is not a date such as 2026-01-31")


def time(_: Field, text: str) -> str:
    return _calendar(text, TIME, dt.time.fromisoformat, "is not a time such as 10:30:00")


def datetime(_: Field, text: str) -> str:
    """In UTC, as an API answers it: with Z, and microseconds only where there are any."""
    message = "is not an instant such as 2026-01-31T10:30:00Z"
    _calendar(text, DATETIME, dt.datetime.fromisoformat, message)
    try:
        instant = dt.datetime.fromisoformat(text).astimezone(dt.UTC)
    except OverflowError:
        raise ValueError(message) from None
    return instant.isoformat().replace("+00:00", "Z")


def _calendar(
    text: str, shape: re.Pattern[str], parse: Callable[[str], object], message: str
) -> str:
    if not shape.fullmatch(text):
        raise ValueError(message)
    try:
        value = parse(text)
    except ValueError:
        raise ValueError(message) from None
    return value.isoformat() if isinstance(value, dt.date | dt.time) else text


def uuid_(_: Field, text: str) -> str:
    try:
        return str(uuid.UUID(text))
    except ValueError:
        raise ValueError("is not a UUID") from None


def string(field: Field, text: str) -> str:
    if any(is_control(character) for character in text):
        raise ValueError("has a control character")
    for character in UNQUOTABLE:
        if character in text:
            raise ValueError(f"has the character {character}, which cannot be quoted alike in SQL")
    if field.length is not None and len(text) > field.length:
        raise ValueError(f"is longer than {field.length} characters")
    if len(text) < (field.min_length or 0):
        raise ValueError(f"is shorter than min_length, {field.min_length}")
    return text


def _formatted(shape: re.Pattern[str], message: str) -> Callable[[Field, str], str]:
    def parse(field: Field, text: str) -> str:
        if not shape.fullmatch(string(field, text)):
            raise ValueError(message)
        return text

    return parse


def enum(field: Field, text: str) -> str:
    if text not in field.values:
        raise ValueError(f"is not one of {', '.join(field.values)}")
    return text


PARSERS: Mapping[str, Callable[[Field, str], Value]] = {
    "string": string,
    "text": string,
    "int": integer,
    "bigint": integer,
    "float": float_,
    "decimal": decimal,
    "bool": bool_,
    "date": date,
    "time": time,
    "datetime": datetime,
    "uuid": uuid_,
    "email": _formatted(EMAIL, "is not an e-mail address"),
    "url": _formatted(URL, "is not an http or https address"),
    "slug": _formatted(SLUG, "is not a slug such as first-post"),
    "enum": enum,
}


def parse_value(field: Field, text: str) -> Value:
    """A default or an example of `field`, whose other words are read already."""
    return PARSERS[field.type](field, text)


def parse_number(field: Field, text: str) -> Number:
    value = parse_value(field, text)
    assert isinstance(value, int | float | Decimal)  # min and max are of numbers only
    return value
