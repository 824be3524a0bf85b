"""Values for fields: valid ones, as many as are wanted, and wrong ones with the code they earn."""

from __future__ import annotations

import datetime as dt
import math
import re
import secrets
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

import rstr

from tests.contract.domain import Field

INT32 = (-(2**31), 2**31 - 1)
INT64 = (-(2**63), 2**63 - 1)
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return digits or "0"


class Bad(NamedTuple):
    """A value that a field refuses; `at` is the rest of the dotted path, if any."""

    why: str
    value: Any
    code: str
    at: str = ""


class Good(NamedTuple):
    """A value that a field takes, and how it is shown."""

    why: str
    value: Any
    shown: Any


@dataclass
class Supply:
    """Valid values that differ from each other, and from those of an earlier run."""

    seed: int
    count: int = 0

    @classmethod
    def fresh(cls) -> Supply:
        return cls(seed=36**8 + secrets.randbelow(36**8))

    def number(self) -> int:
        self.count += 1
        return self.seed + self.count

    def code(self) -> str:
        """A lower-case word that no other row has."""
        return base36(self.number())

    def value(self, field: Field) -> Any:
        """A valid value, different from the ones before as far as the type has enough."""
        if field.pattern:
            return self._matching(field)
        return MAKERS[field.type](field, self.number())

    def _matching(self, field: Field) -> str:
        """The generator may repeat itself, so each new one is longer work: ask until it fits."""
        for _ in range(1000):
            text: str = rstr.xeger(str(field.pattern))
            if fits(field, text):
                return text
        raise AssertionError(f"no value found for the pattern of {field}")


def fits(field: Field, text: str) -> bool:
    """Whether a string obeys the length and pattern of its field."""
    longest = field.max_length or len(text)
    if not (field.min_length or 0) <= len(text) <= longest:
        return False
    return field.pattern is None or re.search(field.pattern, text) is not None


def _string(field: Field, number: int) -> str:
    text = base36(number).rjust(field.min_length or 0, "x")
    return text[-(field.max_length or len(text)) :]


def bounds(field: Field) -> tuple[int, int]:
    """The smallest and the largest whole number of an int or bigint."""
    low, high = INT64 if field.type == "bigint" else INT32
    return (
        low if field.min is None else math.ceil(field.min),
        high if field.max is None else math.floor(field.max),
    )


def _whole(field: Field, number: int) -> int:
    low, high = bounds(field)
    return low + number % (high - low + 1)


def _float(field: Field, number: int) -> float:
    low = -1e6 if field.min is None else float(field.min)
    high = max(low + 1, 1e6) if field.max is None else float(field.max)
    return low + (high - low) * (number % 4096) / 4096


def units(field: Field) -> tuple[int, int]:
    """The smallest and the largest decimal, counted in its last digit."""
    most = int(10**field.precision) - 1
    low = -most if field.min is None else math.ceil(Decimal(field.min).scaleb(field.scale))
    high = most if field.max is None else math.floor(Decimal(field.max).scaleb(field.scale))
    return max(low, -most), min(high, most)


def in_units(field: Field, count: int) -> str:
    """The decimal of so many last digits, at full scale."""
    return f"{Decimal(count).scaleb(-field.scale):.{field.scale}f}"


def _decimal(field: Field, number: int) -> str:
    low, high = units(field)
    return in_units(field, low + number % (high - low + 1))


def _date(_: Field, number: int) -> str:
    return (dt.date(1970, 1, 1) + dt.timedelta(days=number % 50_000)).isoformat()


def _datetime(_: Field, number: int) -> str:
    instant = dt.datetime(1971, 1, 1) + dt.timedelta(microseconds=number * 999)
    return shown_instant(instant)


def _time(_: Field, number: int) -> str:
    instant = dt.datetime(2000, 1, 1) + dt.timedelta(microseconds=number * 7919 % 86_399_999_999)
    return instant.time().isoformat()


def shown_instant(instant: dt.datetime) -> str:
    """As the contract shows it: Z, and microseconds only when they are not zero."""
    return instant.replace(tzinfo=None).isoformat() + "Z"


MAKERS: Mapping[str, Callable[[Field, int], Any]] = {
    "string": _string,
    "text": _string,
    "int": _whole,
    "bigint": _whole,
    "float": _float,
    "decimal": _decimal,
    "bool": lambda _, number: number % 2 == 0,
    "date": _date,
    "time": _time,
    "datetime": _datetime,
    "uuid": lambda _, number: str(uuid.UUID(int=number << 64 | secrets.randbits(64))),
    "email": lambda _, number: f"{base36(number)}@example.com",
    "url": lambda _, number: f"https://example.com/{base36(number)}",
    "slug": lambda _, number: f"a-{base36(number)}",
    "json": lambda _, number: {"number": number},
    "enum": lambda field, number: field.values[number % len(field.values)],
}


def spread(field: Field, supply: Supply, *, tricky: bool) -> Iterator[Any]:
    """Values that a careless sort or filter mixes up first, then any others."""
    if tricky:
        yield from (value for value in TRICKY.get(field.type, ()) if suits(field, value))
    while True:
        yield supply.value(field)


TRICKY: Mapping[str, tuple[Any, ...]] = {
    "string": ("Zebra", "apple", "Äpfel", "äpfel", "\N{GRINNING FACE}", "\ufffd", "apple "),
    "int": (-1, 10, 9, 0, 100, 2, 1),
    "bigint": (-(2**62), 10, 9, 2**53 + 1, 2**53, 0),
    "float": (-0.5, 10.0, 9.5, 1e-9, 0.0, 1e300),
    "decimal": ("-1", "10", "9.5", "0", "2", "0.25"),
    "date": ("1999-12-31", "2024-02-29", "1000-01-01", "9999-12-31"),
    "time": ("09:30:00", "10:00:00", "00:00:00", "23:59:59.999999", "09:30:00.000001"),
    "datetime": (
        "2024-02-29T12:00:00Z",
        "2024-02-29T12:00:00.000001Z",
        "1999-12-31T23:59:59.999999Z",
        "2024-03-01T00:00:00Z",
    ),
}


def suits(field: Field, value: Any) -> bool:
    """Whether a tricky value obeys the field's own rules."""
    if isinstance(value, str) and field.type == "string":
        return fits(field, value)
    if field.type in ("int", "bigint", "float"):
        return within(field, value)
    if field.type == "decimal":
        return _exact(field, Decimal(value)) and within(field, Decimal(value))
    return True


def within(field: Field, value: Any) -> bool:
    low = None if field.min is None else type(value)(field.min)
    high = None if field.max is None else type(value)(field.max)
    return (low is None or low <= value) and (high is None or value <= high)


def _exact(field: Field, value: Decimal) -> bool:
    scaled = value.scaleb(field.scale)
    return scaled == int(scaled) and abs(scaled) < 10**field.precision


def shown(field: Field, value: Any) -> Any:
    """How a value that was sent is answered."""
    if value is not None and field.type == "decimal":
        return f"{Decimal(value):.{field.scale}f}"
    return value


def order(field: Field, value: Any) -> Any:
    """The key by which a shown value is sorted: text by code point, the rest by magnitude."""
    if field.type == "decimal":
        return Decimal(value)
    if field.type == "datetime":
        return dt.datetime.fromisoformat(value)
    if field.type == "time":
        return dt.time.fromisoformat(value)
    return value
