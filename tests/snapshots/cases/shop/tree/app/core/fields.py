"""The types of request and response bodies: what passes here, every database can store.

Where Pydantic has no fitting error of its own, the error's type is the API's code itself.
"""

import datetime as dt
import math
import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal, Self, TypeVar
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ModelWrapValidatorHandler,
    PlainSerializer,
    PlainValidator,
    StrictBool,
    ValidationError,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError, core_schema

from app.core.errors import Code, NotFound

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

INT = (-(2**31), 2**31 - 1)
BIGINT = (-(2**63), 2**63 - 1)
DEEPEST_JSON = 31  # MariaDB's limit
MOST_IDS = 1000

NO_NUL = r"^[^\u0000]*$"
_SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_EMAIL = r"^[A-Za-z0-9_.!#$%&'*+/=?^`{|}~-]+@([A-Za-z0-9-]{1,63}\.)+[A-Za-z0-9-]{2,63}$"
_URL = r"^https?://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?([/?#][!-~]*)?$"
DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
TIME = r"^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?$"
INSTANT = rf"{DATE[:-1]}[Tt]{TIME[1:-1]}([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$"
UUID_TEXT = r"^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$"


def refuse(code: Code, message: str) -> PydanticCustomError:
    return PydanticCustomError(code, message)


def follows(pattern: str, text: str) -> bool:
    """The whole text; Python's `$` would let a final newline pass."""
    return re.fullmatch(pattern[1:-1], text) is not None


def string(value: object) -> str:
    if not isinstance(value, str):
        raise refuse("type", "Must be a string")
    return value


def without_nul(value: T) -> T:
    if isinstance(value, str) and "\0" in value:
        raise refuse("invalid", "Must not contain a NUL character")
    return value


def parse_date(value: object) -> dt.date:
    text = string(value)
    try:
        if follows(DATE, text):
            return dt.date.fromisoformat(text)
    except ValueError:
        pass
    raise refuse("format", "Must be a date: YYYY-MM-DD")


def parse_time(value: object) -> dt.time:
    text = string(value)
    if not follows(TIME, text):
        raise refuse("format", "Must be a time of day without an offset: HH:MM:SS")
    return dt.time.fromisoformat(text)


def parse_instant(value: object) -> dt.datetime:
    text = string(value)
    try:
        if follows(INSTANT, text):
            return dt.datetime.fromisoformat(text.upper()).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        pass
    raise refuse("format", "Must be a date and time with an offset: YYYY-MM-DDTHH:MM:SSZ")


def parse_uuid(value: object) -> UUID:
    text = string(value)
    if not follows(UUID_TEXT, text):
        raise refuse("format", "Must be a UUID")
    return UUID(text)


def whole(value: object) -> int:
    """7.0 is an integer in JSON; true and "7" are not."""
    if type(value) is int:
        return value
    if type(value) is float and value.is_integer():
        return int(value)
    raise refuse("type", "Must be an integer")


def finite(value: object) -> float:
    if type(value) is not int and type(value) is not float:
        raise refuse("type", "Must be a number")
    try:
        number = float(value)
    except OverflowError:
        number = math.copysign(math.inf, value)
    if not math.isfinite(number):
        code: Code = "too_small" if number < 0 else "too_large"
        raise refuse(code, "Must be within double precision")
    return number


def storable(value: Any, depth: int = 0) -> Any:
    """JSON that every database and client can hold: no NUL, integers in 64 bits, not too deep."""
    if isinstance(value, (dict, list)):
        if depth == DEEPEST_JSON:
            raise refuse("invalid", f"Must not be nested deeper than {DEEPEST_JSON} levels")
        parts = [*value, *value.values()] if isinstance(value, dict) else value
        for part in parts:
            storable(part, depth + 1)
    elif isinstance(value, str):
        _storable_text(value)
    elif isinstance(value, int) and not BIGINT[0] <= value <= BIGINT[1]:
        raise refuse("invalid", "Must not contain an integer past 64 bits")
    elif isinstance(value, float) and not math.isfinite(value):
        raise refuse("invalid", "Must not contain a number past double precision")
    return value


def _storable_text(value: str) -> None:
    without_nul(value)
    try:
        value.encode()
    except UnicodeEncodeError:
        raise refuse("invalid", "Must not contain half a surrogate pair") from None


def _not_null(value: Any) -> Any:
    if value is None:
        raise refuse("type", "Must not be null")
    return storable(value)


def _uuid_of_path(value: str) -> UUID:
    """What cannot be an id is not there."""
    if not follows(UUID_TEXT, value):
        raise NotFound
    return UUID(value)


def _int_of_path(value: str) -> int:
    if not follows(r"^[1-9][0-9]{0,18}$", value) or int(value) > BIGINT[1]:
        raise NotFound
    return int(value)


def plain(value: Decimal) -> str:
    """Never in exponent notation, which `str` chooses for many zeros."""
    return format(value, "f")


def _without_repetition(values: list[T]) -> list[T]:
    if len(set(values)) < len(values):
        raise refuse("duplicate", "Must not contain anything twice")
    return values


@dataclass(frozen=True)
class Chars:
    """A string. `pattern` may match anywhere in it."""

    min: int | None = None
    max: int | None = None
    pattern: str | None = None

    def __get_pydantic_core_schema__(
        self, _source: object, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_before_validator_function(
            without_nul,
            core_schema.str_schema(min_length=self.min, max_length=self.max, pattern=self.pattern),
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"pattern": NO_NUL, **handler(schema)}


@dataclass(frozen=True)
class Formatted:
    """A string that follows `pattern` as a whole."""

    name: str
    pattern: str
    max: int

    def __get_pydantic_core_schema__(
        self, _source: object, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        text = core_schema.str_schema(max_length=self.max)
        return core_schema.no_info_before_validator_function(
            without_nul, core_schema.no_info_after_validator_function(self.check, text)
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {**handler(schema), "pattern": self.pattern}

    def check(self, value: str) -> str:
        if not follows(self.pattern, value):
            raise refuse("format", f"Must be {self.name}")
        return value


@dataclass(frozen=True)
class Whole:
    """An integer, in 32 bits if not said otherwise."""

    min: int | None = None
    max: int | None = None
    bits: Literal[32, 64] = 32

    def __get_pydantic_core_schema__(
        self, _source: object, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        least, most = BIGINT if self.bits == 64 else INT  # noqa: PLR2004 - one of two
        integer = core_schema.int_schema(
            ge=least if self.min is None else self.min,
            le=self.max,
            # FastAPI's OpenAPI writes bounds as floats, which 2**63 is, and 2**63 - 1 is not.
            lt=most + 1 if self.max is None else None,
        )
        return core_schema.no_info_before_validator_function(whole, integer)


@dataclass(frozen=True)
class Real:
    """A number in double precision."""

    min: float | None = None
    max: float | None = None

    def __get_pydantic_core_schema__(
        self, _source: object, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_before_validator_function(
            finite, core_schema.float_schema(ge=self.min, le=self.max)
        )


@dataclass(frozen=True)
class Exact:
    """A decimal in a string: a JSON number may have passed through a float on its way."""

    precision: int
    scale: int
    min: str | None = None
    max: str | None = None

    def __get_pydantic_core_schema__(
        self, _source: object, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self.parse,
            serialization=core_schema.plain_serializer_function_ser_schema(plain),
        )

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": "string", "pattern": self.pattern}

    @property
    def pattern(self) -> str:
        digits = self.precision - self.scale
        before = f"0*[0-9]{{1,{digits}}}" if digits else "0+"
        after = rf"(\.[0-9]{{1,{self.scale}}})?" if self.scale else ""
        sign = "" if self.min is not None and Decimal(self.min) >= 0 else "-?"
        return f"^{sign}{before}{after}$"

    def parse(self, value: object) -> Decimal:
        text = string(value)
        if not follows(r"^-?[0-9]+(\.[0-9]+)?$", text):
            raise refuse("format", 'Must be a decimal in a string, like "12.50"')
        before, _, after = text.removeprefix("-").partition(".")
        if len(after) > self.scale:
            raise refuse("format", f"Must have at most {self.scale} decimals")
        if len(before.lstrip("0")) > self.precision - self.scale:
            digits = self.precision - self.scale
            raise refuse("too_large", f"Must have at most {digits} digits before the point")
        return self.within(Decimal(text))

    def within(self, value: Decimal) -> Decimal:
        if self.min is not None and value < Decimal(self.min):
            raise refuse("too_small", f"Must be at least {self.min}")
        if self.max is not None and value > Decimal(self.max):
            raise refuse("too_large", f"Must be at most {self.max}")
        return (value or Decimal(0)).quantize(Decimal(1).scaleb(-self.scale))


EMAIL = Formatted("an e-mail address", _EMAIL, 254)
URL = Formatted("an http or https URL", _URL, 2048)
SLUG = Formatted("lower-case words joined by hyphens", _SLUG, 255)

Text = Annotated[str, Chars()]
Email = Annotated[str, EMAIL]
Url = Annotated[str, URL]
Slug = Annotated[str, SLUG]
Int = Annotated[int, Whole()]
BigInt = Annotated[int, Whole(bits=64)]
Float = Annotated[float, Real()]
Bool = StrictBool
Date = Annotated[
    dt.date,
    PlainValidator(parse_date),
    WithJsonSchema({"type": "string", "format": "date"}),
]
Time = Annotated[
    dt.time,
    PlainValidator(parse_time),
    WithJsonSchema({"type": "string", "pattern": TIME}),
]
DateTime = Annotated[
    dt.datetime,
    PlainValidator(parse_instant),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
Uuid = Annotated[
    UUID,
    PlainValidator(parse_uuid),
    WithJsonSchema({"type": "string", "format": "uuid"}),
]
Json = Annotated[
    Any,
    PlainValidator(_not_null),
    WithJsonSchema({"type": ["object", "array", "string", "number", "boolean"], "pattern": NO_NUL}),
]
OneOf = Annotated[E, BeforeValidator(string)]
Ids = Annotated[
    list[T],
    Field(max_length=MOST_IDS, json_schema_extra={"uniqueItems": True}),
    AfterValidator(_without_repetition),
]

PathUuid = Annotated[
    UUID,
    PlainValidator(_uuid_of_path),
    WithJsonSchema({"type": "string", "format": "uuid"}),
]
PathInt = Annotated[
    int,
    PlainValidator(_int_of_path),
    WithJsonSchema({"type": "integer", "minimum": 1, "exclusiveMaximum": BIGINT[1] + 1}),
]
ShownTime = Annotated[dt.time, WithJsonSchema({"type": "string", "pattern": TIME})]
ShownDecimal = Annotated[Decimal, PlainSerializer(plain, return_type=str)]

UNSENT: Any = Field(default_factory=lambda: None)
"""The default of what may be left out of a PATCH: `sent` leaves it out as well."""


class Body(BaseModel):
    """What a client writes. `__readonly__` are keys that exist, but are not the client's to set."""

    model_config = ConfigDict(extra="forbid")

    __readonly__: ClassVar[frozenset[str]] = frozenset()

    @model_validator(mode="wrap")
    @classmethod
    def _tell_readonly_from_unknown(
        cls, data: object, handler: ModelWrapValidatorHandler[Self]
    ) -> Self:
        try:
            return handler(data)
        except ValidationError as error:
            lines = [cls._line(each) for each in error.errors(include_url=False)]
            raise ValidationError.from_exception_data(cls.__name__, lines) from None

    @classmethod
    def _line(cls, error: Any) -> InitErrorDetails:
        kind, message, loc = error["type"], error["msg"], error["loc"]
        if kind == "extra_forbidden" and loc[0] in cls.__readonly__:
            kind, message = "readonly", "Is set by the service"
        return InitErrorDetails(
            type=PydanticCustomError(kind, message), loc=loc, input=error["input"]
        )


class Read(BaseModel):
    """What a client is shown: read from the attributes of a row."""

    model_config = ConfigDict(from_attributes=True)


class Paged(Read):
    """A page of a list; `total` is shown only where it was asked for."""

    items: list[Any]
    next_cursor: str | None
    total: Annotated[
        int | None,
        Field(exclude_if=lambda total: total is None),
        WithJsonSchema({"type": "integer"}),
    ] = None


def sent(body: BaseModel) -> dict[str, Any]:
    """The keys that the request holds, with their values as Python objects."""
    return {name: getattr(body, name) for name in body.model_fields_set}
