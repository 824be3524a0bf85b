"""The fields of serializers: what passes here, every database can store. Each knows its JSON Schema."""

import datetime as dt
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar, Literal, NoReturn, cast
from uuid import UUID

from django.db import models
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from app.core.errors import Code, NotFound
from app.core.patterns import DATE, EMAIL, INSTANT, NO_NUL, SLUG, TIME, URL, UUID_TEXT

Json = Mapping[str, Any]

INT = (-(2**31), 2**31 - 1)
BIGINT = (-(2**63), 2**63 - 1)
DEEPEST_JSON = 31  # MariaDB's limit
MOST_IDS = 1000
ANY_JSON = {"type": ["object", "array", "string", "number", "boolean"], "pattern": NO_NUL}


def refuse(code: Code, message: str) -> NoReturn:
    raise ValidationError(message, code)


def follows(pattern: str, text: str) -> bool:
    """The whole text; Python's `$` would let a final newline pass."""
    return re.fullmatch(pattern[1:-1], text) is not None


def compiled(pattern: str) -> re.Pattern[str]:
    """As JSON Schema reads it: `$` is the end, and not before a final newline."""
    return re.compile(
        re.sub(
            r"\\.|\[(?:\\.|[^\]\\])*\]|\$",
            lambda found: r"\Z" if found[0] == "$" else found[0],
            pattern,
        )
    )


def string(value: object) -> str:
    if not isinstance(value, str):
        refuse("type", "Must be a string")
    return value


def storable_text(value: str) -> str:
    if "\0" in value:
        refuse("invalid", "Must not contain a NUL character")
    try:
        value.encode()
    except UnicodeEncodeError:
        refuse("invalid", "Must not contain half a surrogate pair")
    return value


def parse_date(value: object) -> dt.date:
    text = string(value)
    try:
        if follows(DATE, text):
            return dt.date.fromisoformat(text)
    except ValueError:
        pass
    refuse("format", "Must be a date: YYYY-MM-DD")


def parse_time(value: object) -> dt.time:
    text = string(value)
    if not follows(TIME, text):
        refuse("format", "Must be a time of day without an offset: HH:MM:SS")
    return dt.time.fromisoformat(text)


def parse_instant(value: object) -> dt.datetime:
    text = string(value)
    try:
        if follows(INSTANT, text):
            return dt.datetime.fromisoformat(text.upper()).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        pass
    refuse("format", "Must be a date and time with an offset: YYYY-MM-DDTHH:MM:SSZ")


def parse_uuid(value: object) -> UUID:
    text = string(value)
    if not follows(UUID_TEXT, text):
        refuse("format", "Must be a UUID")
    return UUID(text)


def whole(value: object) -> int:
    """7.0 is an integer in JSON; true and "7" are not."""
    if type(value) is int:
        return value
    if type(value) is float and value.is_integer():
        return int(value)
    refuse("type", "Must be an integer")


def finite(value: object) -> float:
    if type(value) is not int and type(value) is not float:
        refuse("type", "Must be a number")
    try:
        number = float(value)
    except OverflowError:
        number = math.copysign(math.inf, value)
    if not math.isfinite(number):
        refuse("too_small" if number < 0 else "too_large", "Must be within double precision")
    return number


def storable(value: Any, depth: int = 0) -> Any:
    """JSON that every database and client can hold: no NUL, integers in 64 bits, not too deep."""
    if isinstance(value, (dict, list)):
        if depth == DEEPEST_JSON:
            refuse("invalid", f"Must not be nested deeper than {DEEPEST_JSON} levels")
        parts = [*value, *value.values()] if isinstance(value, dict) else value
        for part in parts:
            storable(part, depth + 1)
    elif isinstance(value, str):
        storable_text(value)
    elif isinstance(value, int) and not BIGINT[0] <= value <= BIGINT[1]:
        refuse("invalid", "Must not contain an integer past 64 bits")
    elif isinstance(value, float) and not math.isfinite(value):
        refuse("invalid", "Must not contain a number past double precision")
    return value


def within(value: Any, least: Any, most: Any) -> Any:
    if least is not None and value < least:
        refuse("too_small", f"Must be at least {least}")
    if most is not None and value > most:
        refuse("too_large", f"Must be at most {most}")
    return value


def instant(value: dt.datetime) -> str:
    return value.astimezone(dt.UTC).isoformat().removesuffix("+00:00") + "Z"


class Field(serializers.Field[Any, Any, Any, Any]):
    """`body` is the schema of what is sent, `shown` of what is answered."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": "Is required",
        "null": "Must not be null",
    }
    body: Json = {}

    @property
    def shown(self) -> Json:
        return self.body

    def to_representation(self, value: Any) -> Any:
        return value


class Chars(Field):
    """A string. `pattern` may match anywhere in it."""

    def __init__(
        self,
        *,
        min: int | None = None,
        max: int | None = None,
        pattern: str | None = None,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.min, self.max, self.pattern = min, max, pattern
        self._search = compiled(pattern).search if pattern else None

    @property
    def body(self) -> Json:  # type: ignore[override] # of each field
        rules = {"minLength": self.min, "maxLength": self.max, "pattern": self.pattern or NO_NUL}
        return {"type": "string"} | {key: rule for key, rule in rules.items() if rule is not None}

    @property
    def shown(self) -> Json:
        return {"type": "string"}

    def to_internal_value(self, data: object) -> str:
        text = storable_text(string(data))
        if self.min is not None and len(text) < self.min:
            refuse("too_short", f"Must have at least {self.min} characters")
        if self.max is not None and len(text) > self.max:
            refuse("too_long", f"Must have at most {self.max} characters")
        if self._search and not self._search(text):
            refuse("pattern", f"Must match {self.pattern}")
        return text


class Formatted(Chars):
    """A string that follows `form` as a whole."""

    name: str
    form: str
    length: int

    def __init__(self, **options: Any) -> None:
        super().__init__(max=self.length, **options)

    @property
    def body(self) -> Json:  # type: ignore[override] # of each field
        return {"type": "string", "maxLength": self.length, "pattern": self.form}

    def to_internal_value(self, data: object) -> str:
        return self.check(super().to_internal_value(data))

    @classmethod
    def check(cls, text: str) -> str:
        if not follows(cls.form, text):
            refuse("format", f"Must be {cls.name}")
        return text


class Email(Formatted):
    name, form, length = "an e-mail address", EMAIL, 254


class Url(Formatted):
    name, form, length = "an http or https URL", URL, 2048


class Slug(Formatted):
    name, form, length = "lower-case words joined by hyphens", SLUG, 255


class Whole(Field):
    """An integer, in 32 bits if not said otherwise."""

    def __init__(
        self,
        *,
        min: int | None = None,
        max: int | None = None,
        bits: Literal[32, 64] = 32,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.bounds = BIGINT if bits == 64 else INT  # noqa: PLR2004 - of the number
        self.min = self.bounds[0] if min is None else min
        self.max = max

    @property
    def body(self) -> Json:  # type: ignore[override] # of each field
        # Readers take bounds as floats, which 2**63 is, and 2**63 - 1 is not.
        top = (
            {"exclusiveMaximum": self.bounds[1] + 1} if self.max is None else {"maximum": self.max}
        )
        return {"type": "integer", "minimum": self.min, **top}

    @property
    def shown(self) -> Json:
        return {"type": "integer"}

    def to_internal_value(self, data: object) -> int:
        number: int = within(
            whole(data), self.min, self.bounds[1] if self.max is None else self.max
        )
        return number


class Real(Field):
    """A number in double precision."""

    def __init__(
        self,
        *,
        min: float | None = None,
        max: float | None = None,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.min, self.max = min, max

    @property
    def body(self) -> Json:  # type: ignore[override] # of each field
        rules = {"minimum": self.min, "maximum": self.max}
        return {"type": "number"} | {key: rule for key, rule in rules.items() if rule is not None}

    @property
    def shown(self) -> Json:
        return {"type": "number"}

    def to_internal_value(self, data: object) -> float:
        number: float = within(finite(data), self.min, self.max)
        return number


class Exact(Field):
    """A decimal in a string: a JSON number may have passed through a float on its way."""

    def __init__(
        self,
        precision: int,
        scale: int,
        *,
        min: str | None = None,
        max: str | None = None,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.precision, self.scale = precision, scale
        self.min = None if min is None else Decimal(min)
        self.max = None if max is None else Decimal(max)

    @property
    def body(self) -> Json:  # type: ignore[override] # of each field
        return {"type": "string", "pattern": self.pattern}

    @property
    def shown(self) -> Json:
        return {"type": "string"}

    @property
    def pattern(self) -> str:
        digits = self.precision - self.scale
        before = f"0*[0-9]{{1,{digits}}}" if digits else "0+"
        after = rf"(\.[0-9]{{1,{self.scale}}})?" if self.scale else ""
        sign = "" if self.min is not None and self.min >= 0 else "-?"
        return f"^{sign}{before}{after}$"

    def to_internal_value(self, data: object) -> Decimal:
        text = string(data)
        if not follows(r"^-?[0-9]+(\.[0-9]+)?$", text):
            refuse("format", 'Must be a decimal in a string, like "12.50"')
        before, _, after = text.removeprefix("-").partition(".")
        if len(after) > self.scale:
            refuse("format", f"Must have at most {self.scale} decimals")
        if len(before.lstrip("0")) > self.precision - self.scale:
            digits = self.precision - self.scale
            refuse("too_large", f"Must have at most {digits} digits before the point")
        value: Decimal = within(Decimal(text), self.min, self.max)
        return (value or Decimal(0)).quantize(Decimal(1).scaleb(-self.scale))

    def to_representation(self, value: Decimal) -> str:
        """Never in exponent notation, which `str` chooses for many zeros."""
        return format(value, "f")


class Bool(Field):
    body: Json = {"type": "boolean"}

    def to_internal_value(self, data: object) -> bool:
        if not isinstance(data, bool):
            refuse("type", "Must be true or false")
        return data


class Date(Field):
    body: Json = {"type": "string", "format": "date"}

    def to_internal_value(self, data: object) -> dt.date:
        return parse_date(data)

    def to_representation(self, value: dt.date) -> str:
        return value.isoformat()


class Time(Field):
    body: Json = {"type": "string", "pattern": TIME}

    def to_internal_value(self, data: object) -> dt.time:
        return parse_time(data)

    def to_representation(self, value: dt.time) -> str:
        return value.isoformat()


class DateTime(Field):
    body: Json = {"type": "string", "format": "date-time"}

    def to_internal_value(self, data: object) -> dt.datetime:
        return parse_instant(data)

    def to_representation(self, value: dt.datetime) -> str:
        return instant(value)


class Uuid(Field):
    body: Json = {"type": "string", "format": "uuid"}

    def to_internal_value(self, data: object) -> UUID:
        return parse_uuid(data)

    def to_representation(self, value: UUID) -> str:
        return str(value)


class AnyJson(Field):
    body: Json = ANY_JSON

    @property
    def shown(self) -> Json:
        return {}

    def to_internal_value(self, data: Any) -> Any:
        return storable(data)


class OneOf(Field):
    def __init__(self, members: type[models.TextChoices], **options: Any) -> None:
        super().__init__(**options)
        self.members = members

    @property
    def body(self) -> Json:  # type: ignore[override] # of each field
        return {"type": "string", "enum": list(self.members.values)}

    def to_internal_value(self, data: object) -> Any:
        text = string(data)
        try:
            return self.members(text)
        except ValueError:
            refuse("enum", f"Must be one of: {', '.join(self.members.values)}")

    def to_representation(self, value: str) -> str:
        return str(value)


class Ids(Field):
    """The rows of a many-to-many relation, by their ids."""

    def __init__(self, kind: Field, **options: Any) -> None:
        super().__init__(default=list, **options)
        self.kind = kind

    @property
    def body(self) -> Json:  # type: ignore[override] # of each field
        return {
            "type": "array",
            "items": self.kind.body,
            "maxItems": MOST_IDS,
            "uniqueItems": True,
        }

    @property
    def shown(self) -> Json:
        return {"type": "array", "items": self.kind.shown}

    def to_internal_value(self, data: object) -> list[Any]:
        if not isinstance(data, list):
            refuse("type", "Must be a list")
        if len(data) > MOST_IDS:
            refuse("too_long", f"Must have at most {MOST_IDS} items")
        ids = self._each(data)
        if len(set(ids)) < len(ids):
            refuse("duplicate", "Must not contain anything twice")
        return ids

    def _each(self, data: Sequence[object]) -> list[Any]:
        ids: list[Any] = []
        errors: dict[str, list[ErrorDetail]] = {}
        for position, item in enumerate(data):
            try:
                ids.append(self.kind.run_validation(item))
            except ValidationError as error:
                errors[str(position)] = cast("list[ErrorDetail]", error.detail)
        if errors:
            raise ValidationError(errors)
        return ids

    def get_attribute(self, instance: models.Model) -> Iterable[Any]:
        """As they were loaded with a whole page, else asked for."""
        loaded: Iterable[Any] | None = vars(instance).get(str(self.field_name))
        if loaded is not None:
            return loaded
        relation: models.QuerySet[Any] = getattr(instance, str(self.source))
        return relation.values_list("pk", flat=True)

    def to_representation(self, value: Iterable[Any]) -> list[Any]:
        return [self.kind.to_representation(each) for each in sorted(value)]


def uuid_of_path(text: str) -> UUID:
    """What cannot be an id is not there."""
    if not follows(UUID_TEXT, text):
        raise NotFound
    return UUID(text)


def int_of_path(text: str) -> int:
    if not follows(r"^[1-9][0-9]{0,18}$", text) or int(text) > BIGINT[1]:
        raise NotFound
    return int(text)
