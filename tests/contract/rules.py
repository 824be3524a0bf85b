"""Per field type: what it takes, and what it refuses with which code."""

from __future__ import annotations

import math
import uuid
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from tests.contract.domain import Field
from tests.contract.values import Bad, Good, bounds, fits, in_units, units

Pairs = tuple[tuple[str, Any], ...]
ARABIC_ONE = "\N{ARABIC-INDIC DIGIT ONE}"
FACE = "\N{GRINNING FACE}"
NOT_TEXT: Pairs = (("a number", 7), ("a boolean", True), ("an array", []), ("an object", {}))


def bad_values(field: Field) -> Iterator[Bad]:
    """Values that this field refuses, one broken rule each."""
    yield from REFUSED[field.type](field)
    if not field.optional and field.type != "json":
        yield Bad("null", None, "type")


def good_values(field: Field) -> Iterator[Good]:
    """Values that this field takes, at the edges of its rules."""
    yield from TAKEN.get(field.type, _examples)(field)
    if field.optional:
        yield Good("null", None, None)


def _examples(field: Field) -> Iterator[Good]:
    for name in ("example", "other"):
        value = getattr(field, name)
        if value is not None:
            yield Good(name, value, value)


def _bad_text(field: Field) -> Iterator[Bad]:
    yield from (Bad(why, value, "type") for why, value in NOT_TEXT)
    if field.pattern is None:
        rest = str(field.example or "a")[1:]
        yield Bad("NUL", f"\0{rest}", "invalid")
        yield Bad("a lone surrogate", f"\ud800{rest}", "invalid")


def _bad_string(field: Field) -> Iterator[Bad]:
    yield from _bad_text(field)
    if field.pattern is None:
        yield from _bad_length(field)
    if field.counterexample is not None:
        yield Bad("against the pattern", field.counterexample, "pattern")


def _bad_length(field: Field) -> Iterator[Bad]:
    if field.max_length:
        yield Bad("one too long", "x" * (field.max_length + 1), "too_long")
        yield Bad("far too long", "x" * 100_000, "too_long")
    if field.min_length:
        yield Bad("one too short", "x" * (field.min_length - 1), "too_short")
        yield Bad("short in code points", FACE * (field.min_length - 1), "too_short")


def _good_string(field: Field) -> Iterator[Good]:
    yield from _examples(field)
    longest = field.max_length or 5000
    texts = {
        "empty": "",
        "blank": "  ",
        "edge spaces": " a ",
        "many scripts": f"Ünï 日本 {FACE}",
        "quotes": "';--\"\\%_<b>",
        "control": "a\tb\r\nc",
        "longest": "x" * longest,
        "longest in code points": FACE * longest,
        "shortest": "x" * (field.min_length or 1),
    }
    yield from (Good(why, text, text) for why, text in texts.items() if fits(field, text))


def _bad_format(*texts: str) -> Callable[[Field], Iterator[Bad]]:
    def bad(field: Field) -> Iterator[Bad]:
        yield from _bad_text(field)
        yield from (Bad(repr(text), text, "format") for text in texts)
        if field.max_length:
            stem = {"url": "https://example.com/", "email": "a@example.com"}.get(field.type, "")
            text = "x" * (field.max_length + 1 - len(stem))
            yield Bad("too long", text + stem if field.type == "email" else stem + text, "too_long")

    return bad


def _bad_stamp(*texts: str) -> Callable[[Field], Iterator[Bad]]:
    def bad(_: Field) -> Iterator[Bad]:
        yield from (Bad(why, value, "type") for why, value in NOT_TEXT)
        yield from (Bad(repr(text), text, "format") for text in texts)

    return bad


def _bad_whole(field: Field) -> Iterator[Bad]:
    others: Pairs = (("text", "7"), ("a boolean", True), ("a fraction", 7.5), ("an array", [7]))
    yield from (Bad(why, value, "type") for why, value in others)
    low, high = bounds(field)
    yield Bad("one too small", low - 1, "too_small")
    yield Bad("one too large", high + 1, "too_large")
    yield Bad("past 64 bits", 2**63, "too_large")
    yield Bad("far below 64 bits", -(10**30), "too_small")


def _good_whole(field: Field) -> Iterator[Good]:
    low, high = bounds(field)
    yield Good("smallest", low, low)
    yield Good("largest", high, high)
    if abs(low) < 2**31:
        yield Good("a whole float", float(low), low)


def _bad_float(field: Field) -> Iterator[Bad]:
    others: Pairs = (("text", "7.5"), ("a boolean", True), ("an array", []))
    yield from (Bad(why, value, "type") for why, value in others)
    if field.min is not None:
        yield Bad("too small", math.nextafter(float(field.min), -math.inf), "too_small")
    if field.max is not None:
        yield Bad("too large", math.nextafter(float(field.max), math.inf), "too_large")


def _good_float(field: Field) -> Iterator[Good]:
    low = -math.inf if field.min is None else float(field.min)
    high = math.inf if field.max is None else float(field.max)
    edges = (
        low,
        high,
        0.1,
        1 / 3,
        1e-7,
        -2.5,
        1e22,
        1.7976931348623157e308,
        2.2250738585072014e-308,
    )
    yield from (Good(repr(v), v, v) for v in edges if low <= v <= high and math.isfinite(v))
    yield from (Good(f"the integer {v}", v, v) for v in (0, 7, 10**17) if low <= v <= high)


def _bad_decimal(field: Field) -> Iterator[Bad]:
    whole = field.precision - field.scale
    others: Pairs = (("an integer", 1), ("a float", 1.5), ("a boolean", True), ("an array", []))
    yield from (Bad(why, value, "type") for why, value in others)
    texts = (
        "",
        "abc",
        "1e2",
        "NaN",
        "Infinity",
        " 1",
        "+1",
        "1.",
        ".5",
        "1,5",
        "1\n",
        "0x1",
        "1_0",
    )
    yield from (Bad(repr(text), text, "format") for text in (*texts, ARABIC_ONE))
    yield Bad("too precise", "0." + "0" * field.scale + "1", "format")
    yield Bad("too many digits", "1" + "0" * whole, "too_large")
    low, high = units(field)
    if field.min is not None:
        yield Bad("too small", in_units(field, low - 1), "too_small")
    if field.max is not None and high < 10**field.precision - 1:
        yield Bad("too large", in_units(field, high + 1), "too_large")


def _good_decimal(field: Field) -> Iterator[Good]:
    low, high = units(field)
    for why, count in (("smallest", low), ("largest", high), ("in between", (low + high) // 2)):
        text = in_units(field, count)
        yield Good(why, text, text)
    whole = math.ceil(Decimal(low).scaleb(-field.scale))
    if whole <= Decimal(high).scaleb(-field.scale):
        yield Good("without a fraction", str(whole), in_units(field, whole * 10**field.scale))


def _bad_bool(_: Field) -> Iterator[Bad]:
    values: tuple[Any, ...] = (0, 1, "true", "", [], {})
    for value in values:
        yield Bad(repr(value), value, "type")


def _good_bool(_: Field) -> Iterator[Good]:
    yield Good("true", True, True)
    yield Good("false", False, False)


def _good_date(field: Field) -> Iterator[Good]:
    yield from _examples(field)
    for day in ("2024-02-29", "1000-01-01", "9999-12-31"):
        yield Good(day, day, day)


def _good_time(field: Field) -> Iterator[Good]:
    yield from _examples(field)
    for sent, answered in (
        ("00:00:00", "00:00:00"),
        ("23:59:59.999999", "23:59:59.999999"),
        ("12:30:45.5", "12:30:45.500000"),
        ("12:30:45.000", "12:30:45"),
    ):
        yield Good(sent, sent, answered)


def _good_datetime(field: Field) -> Iterator[Good]:
    yield from _examples(field)
    for sent, answered in (
        ("2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z"),
        ("2026-01-02T03:04:05.000Z", "2026-01-02T03:04:05Z"),
        ("2026-01-02T03:04:05.5Z", "2026-01-02T03:04:05.500000Z"),
        ("2026-01-02T03:04:05.000001Z", "2026-01-02T03:04:05.000001Z"),
        ("2026-01-02T03:04:05+00:00", "2026-01-02T03:04:05Z"),
        ("2026-01-01T22:34:05-04:30", "2026-01-02T03:04:05Z"),
        ("2026-01-02T03:04:05+05:45", "2026-01-01T21:19:05Z"),
    ):
        yield Good(sent, sent, answered)


def _good_uuid(field: Field) -> Iterator[Good]:
    yield from _examples(field)
    text = str(uuid.uuid4())
    yield Good("upper case", text.upper(), text)


def _good_line(*texts: str) -> Callable[[Field], Iterator[Good]]:
    def good(field: Field) -> Iterator[Good]:
        yield from _examples(field)
        yield from (Good(text[:40], text, text) for text in texts)

    return good


def _bad_json(field: Field) -> Iterator[Bad]:
    if not field.optional:
        yield Bad("null", None, "type")
    yield Bad("NUL in a string", {"a": ["b\0"]}, "invalid")
    yield Bad("NUL in a key", {"a\0": 1}, "invalid")
    yield Bad("a lone surrogate", ["\udfff"], "invalid")
    yield Bad("past 64 bits", {"a": 2**63}, "invalid")
    yield Bad("far below 64 bits", [-(2**63) - 1], "invalid")
    yield Bad("32 arrays", nested(32), "invalid")


def _good_json(_: Field) -> Iterator[Good]:
    values: Mapping[str, Any] = {
        "an object": {"a": 1, "b": [True, None, "ü"], "": {}},
        "an array": [1, 2.5, "x", None],
        "text": "x",
        "empty text": "",
        "a number": 7,
        "false": False,
        "64 bits": [2**63 - 1, -(2**63)],
        "31 arrays": nested(31),
        "a float": 0.1,
    }
    yield from (Good(why, value, value) for why, value in values.items())


def nested(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


def _bad_enum(field: Field) -> Iterator[Bad]:
    yield from (Bad(why, value, "type") for why, value in NOT_TEXT)
    for text in ("", "no_such_value", field.values[0].upper(), f" {field.values[0]}"):
        yield Bad(repr(text), text, "enum")


def _good_enum(field: Field) -> Iterator[Good]:
    yield from (Good(value, value, value) for value in field.values)


def _bad_ref(field: Field) -> Iterator[Bad]:
    yield from (bad for bad in bad_ids(field))


def bad_ids(field: Field, at: str = "") -> Iterator[Bad]:
    """What is no id, or the id of no row, of the field's target."""
    others: Pairs = (("a boolean", True), ("an object", {}), ("null", None))
    yield from (Bad(why, value, "type", at) for why, value in others[: 3 if at else 2])
    if field.id_type == "int":
        yield Bad("text", "1", "type", at)
        yield Bad("past 64 bits", 2**63, "too_large", at)
        yield Bad("below 64 bits", -(2**63) - 1, "too_small", at)
        yield Bad("no such row", 2**62, "reference", at)
    else:
        yield Bad("a number", 1, "type", at)
        yield Bad("no uuid", "abc", "format", at)
        yield Bad("an urn", f"urn:uuid:{uuid.uuid4()}", "format", at)
        yield Bad("no such row", str(uuid.uuid4()), "reference", at)


def _bad_many(field: Field) -> Iterator[Bad]:
    others: Pairs = (("text", "a"), ("a number", 7), ("an object", {}))
    yield from (Bad(why, value, "type") for why, value in others)
    for bad in bad_ids(field, at=".0"):
        yield bad._replace(value=[bad.value], why=f"[{bad.why}]")


LONG_AGO = "0001-01-01T00:00:00+14:00"
FAR_OFF = "9999-12-31T23:59:59-12:00"

REFUSED: Mapping[str, Callable[[Field], Iterator[Bad]]] = {
    "string": _bad_string,
    "text": _bad_string,
    "int": _bad_whole,
    "bigint": _bad_whole,
    "float": _bad_float,
    "decimal": _bad_decimal,
    "bool": _bad_bool,
    "date": _bad_stamp(
        "", "2026-1-2", "2026-02-30", "2026-01-02T00:00:00", "20260102", "1767312000",
        "2026-01-02\n", "0000-01-01", "10000-01-01", f"2026-01-0{ARABIC_ONE}",
    ),
    "time": _bad_stamp(
        "", "12:30", "24:00:00", "12:60:00", "23:59:60", "12:30:00Z", "12:30:00+01:00",
        "12:30:00.1234567", "12:30:00.", "45000", "12:30:00\n", f"12:30:0{ARABIC_ONE}",
    ),
    "datetime": _bad_stamp(
        "", "2026-01-02", "2026-01-02T03:04:05", "2026-01-02 03:04:05Z", "2026-02-30T00:00:00Z",
        "2026-01-02T24:00:00Z", "2026-01-02T23:59:60Z", "2026-01-02T03:04Z", "1767312000",
        "2026-01-02T03:04:05.1234567Z", "2026-01-02T03:04:05Z\n", "2026-01-02T03:04:05+24:00",
        f"2026-01-0{ARABIC_ONE}T03:04:05Z", LONG_AGO, FAR_OFF,
    ),
    "uuid": _bad_stamp(
        "", "abc", "123e4567e89b12d3a456426614174000", "{123e4567-e89b-12d3-a456-426614174000}",
        "urn:uuid:123e4567-e89b-12d3-a456-426614174000", "123e4567-e89b-12d3-a456-42661417400g",
        "123e4567-e89b-12d3-a456-426614174000\n", " 123e4567-e89b-12d3-a456-426614174000",
    ),
    "email": _bad_format("", "a", "@b.co", "a@", "a@b@c.co", "a b@c.co", "a@b.co\n", "a@b c.co"),
    "url": _bad_format(
        "", "example.com", "ftp://example.com", "javascript:alert(1)", "http://",
        "https://exa mple.com", "https://example.com\n", "//example.com",
    ),
    "slug": _bad_format("", "A", "-a", "a-", "a--b", "a_b", "a b", "ä", "a\n", ARABIC_ONE),
    "json": _bad_json,
    "enum": _bad_enum,
    "ref": _bad_ref,
    "many": _bad_many,
}  # fmt: skip

TAKEN: Mapping[str, Callable[[Field], Iterator[Good]]] = {
    "string": _good_string,
    "text": _good_string,
    "int": _good_whole,
    "bigint": _good_whole,
    "float": _good_float,
    "decimal": _good_decimal,
    "bool": _good_bool,
    "date": _good_date,
    "time": _good_time,
    "datetime": _good_datetime,
    "uuid": _good_uuid,
    "email": _good_line("a@b.co", "First.Last+tag@sub.example.com", "A@EXAMPLE.COM"),
    "url": _good_line(
        "http://example.com", "https://example.com/a?b=c#d", "https://EXAMPLE.com:8080/"
    ),
    "slug": _good_line("a", "a-b-2", "x" * 255),
    "json": _good_json,
    "enum": _good_enum,
}
