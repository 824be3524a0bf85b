"""Values to show and to test with: two that a field takes, and a text that breaks its pattern.

Deterministic on every machine: what is drawn by chance is drawn from a generator with a fixed seed.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import islice
from random import Random

from backendgen.spec.model import Field, Value
from backendgen.spec.patterns import portable

TRIES = 600
CODEABLE = re.compile(r"[A-Za-z0-9 .,;:!?@#$&*()+/_=~^|<>\[\]-]*")
"""Characters that need no escape in any language's string literal."""


def samples(field: Field) -> tuple[Value, ...]:
    """Two different values that satisfy every rule of `field`; fewer where no more are found."""
    drawn = CANDIDATES[field.type](field) if not field.pattern else _patterned(field)
    fitting = (value for value in (*field.example, *drawn) if accepts(field, value))
    return tuple(islice(_distinct(fitting), 2))


def counterexample(field: Field) -> str | None:
    """A text that breaks the pattern and nothing else; None where every text fits."""
    texts = ("", "!", "?", "a", "A", "0", " ", "-", "a a", "~", "!a0")
    padded = (text.ljust(field.min_length or 0, "!") for text in texts)
    return next((text for text in padded if _fits(field, text) and not matches(field, text)), None)


def accepts(field: Field, value: Value) -> bool:
    """Whether the rules that a field adds to its type let a value pass."""
    if isinstance(value, str) and field.type in {"string", "text"}:
        return _fits(field, value) and matches(field, value)
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        low = field.min is None or value >= field.min
        return low and (field.max is None or value <= field.max)
    return True


def _fits(field: Field, text: str) -> bool:
    return (field.min_length or 0) <= len(text) <= (field.length or len(text))


def matches(field: Field, text: str) -> bool:
    """A search, as in JSON Schema, whose `$` is the very end: Python's lets a newline follow."""
    if not field.pattern:
        return True
    return re.search(re.sub(r"(\\.)|\$", _end, portable(field.pattern)), text) is not None


def _end(match: re.Match[str]) -> str:
    return match[1] or r"\Z"


def _distinct(values: Iterable[Value]) -> Iterator[Value]:
    seen: list[Value] = []
    for value in values:
        if value not in seen:
            seen.append(value)
            yield value


# Candidates, by type


def _texts(field: Field) -> Iterator[str]:
    """`Example title` and `Other title`, made to fit."""
    for word in ("Example", "Other"):
        text = f"{word} {field.name.replace('_', ' ')}"[: field.length]
        yield text.rstrip().ljust(field.min_length or 0, "x")


def _patterned(field: Field) -> Iterator[str]:
    yield from (*_texts(field), "example", "other", "EXAMPLE", "OTHER", "1234", "5678")
    yield from drawn(field)


def drawn(field: Field) -> Iterator[str]:
    """Texts that the pattern describes, always the same; the shortest of the first are the first."""
    from rstr import Rstr

    source = Rstr(Random(f"{field.name}:{field.pattern}"))
    pattern = portable(field.pattern or "")
    texts = (text for _ in range(TRIES) for text in _codeable(source.xeger(pattern)))
    codeable = (text for text in texts if CODEABLE.fullmatch(text))
    yield from sorted(islice(codeable, TRIES // 10), key=len)
    yield from codeable


def _codeable(text: str) -> tuple[str, str]:
    return text, re.sub(r"[^A-Za-z0-9 .,;:!?@#$&*()+/_=~^|<>\[\]-]", "a", text)


def _numbers(field: Field) -> Iterator[int]:
    yield from (1, 2, 3)
    for edge, step in ((field.min, 1), (field.max, -1)):
        if edge is not None:
            yield from (int(edge) + step * away for away in range(3))


def _floats(field: Field) -> Iterator[float]:
    yield from (1.5, 2.5, 0.5)
    low = float(field.min) if field.min is not None else None
    high = float(field.max) if field.max is not None else None
    if low is not None and high is not None:
        yield from (low + (high - low) * part for part in (0.5, 0.25, 0, 1))
    yield from (edge + step for edge, step in ((low, 1.0), (low, 2.0)) if edge is not None)
    yield from (edge - step for edge, step in ((high, 1.0), (high, 2.0)) if edge is not None)


def _decimals(field: Field) -> Iterator[Decimal]:
    scale = field.scale or 0
    step = Decimal(1).scaleb(-scale)
    room = Decimal(10) ** ((field.precision or 0) - scale)
    bottom = Decimal(str(field.min)) if field.min is not None else -room + step
    top = Decimal(str(field.max)) if field.max is not None else room - step
    for start in (Decimal("1.50"), Decimal("2.50"), Decimal(1), Decimal(2)):
        if start.quantize(step) == start and bottom <= start <= top and start < room:
            yield start.quantize(step)
    yield from (min(max(bottom, step), top), min(max(bottom, step) + step, top), bottom, top)


def _enums(field: Field) -> Iterator[str]:
    yield from field.values


def _fixed(*values: Value) -> Callable[[Field], Iterator[Value]]:
    return lambda _: iter(values)


CANDIDATES: Mapping[str, Callable[[Field], Iterator[Value]]] = {
    "string": _texts,
    "text": _texts,
    "int": _numbers,
    "bigint": _numbers,
    "float": _floats,
    "decimal": _decimals,
    "bool": _fixed(True, False),
    "date": _fixed("2026-01-02", "2026-03-04"),
    "time": _fixed("10:20:30", "11:22:33"),
    "datetime": _fixed("2026-01-02T03:04:05Z", "2026-06-07T08:09:10Z"),
    "uuid": _fixed("018f0000-0000-7000-8000-000000000001", "018f0000-0000-7000-8000-000000000002"),
    "email": _fixed("ada@example.com", "grace@example.com"),
    "url": _fixed("https://example.com/one", "https://example.com/two"),
    "slug": _fixed("first-example", "second-example"),
    "json": _fixed({"key": "value"}, {"key": "other"}),
    "enum": _enums,
}
