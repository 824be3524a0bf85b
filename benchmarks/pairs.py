"""A ratio of two things measured in turn: what slows one of them down slows the other down as well."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple


class Cost(NamedTuple):
    """The same thing by the clock on the wall and by the processor's: on a busy machine they differ."""

    wall: float
    processor: float


Measure = Callable[[], Cost]


@dataclass(frozen=True)
class Bound:
    """What a ratio must keep; `is_least` where more is better."""

    value: float
    is_least: bool

    def __str__(self) -> str:
        return f"{'at least' if self.is_least else 'at most'} {self.value:g}"

    def holds(self, ratio: float) -> bool:
        return ratio >= self.value if self.is_least else ratio <= self.value


@dataclass(frozen=True)
class Figure:
    name: str
    pairs: tuple[tuple[Cost, Cost], ...]
    bound: Bound | None = None

    @property
    def is_met(self) -> bool:
        return self.bound is None or self.bound.holds(median(self._ratios("wall")))

    def __str__(self) -> str:
        """A row of a table: the ratio by either clock, the medians, the bound on the first of them."""
        first, second = (
            median(cost.wall for cost in side) for side in zip(*self.pairs, strict=True)
        )
        told = (spread(self._ratios(clock)) for clock in Cost._fields)
        verdict = f"{self.bound}: {'met' if self.is_met else 'NOT MET'}" if self.bound else ""
        return f"| {' | '.join((self.name, *told, f'{first:.3g} / {second:.3g}', verdict))} |"

    def _ratios(self, clock: str) -> list[float]:
        return [getattr(first, clock) / getattr(second, clock) for first, second in self.pairs]


def spread(ratios: list[float]) -> str:
    return f"{median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})"


def measured(
    name: str, first: Measure, second: Measure, pairs: int, bound: Bound | None = None
) -> Figure:
    """First, second, first, second…"""
    return Figure(name, tuple((first(), second()) for _ in range(pairs)), bound)


def at_least(value: float) -> Bound:
    return Bound(value, is_least=True)


def at_most(value: float) -> Bound:
    return Bound(value, is_least=False)
