"""A ratio of two things measured in turn: what slows one of them down slows the other down as well."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

Measure = Callable[[], float]


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
    pairs: tuple[tuple[float, float], ...]
    bound: Bound | None = None

    @property
    def ratios(self) -> list[float]:
        return sorted(first / second for first, second in self.pairs)

    @property
    def ratio(self) -> float:
        return median(self.ratios)

    @property
    def is_met(self) -> bool:
        return self.bound is None or self.bound.holds(self.ratio)

    def __str__(self) -> str:
        """A row of a table: the ratio and the spread of the pairs, the medians, the bound."""
        first, second = (median(values) for values in zip(*self.pairs, strict=True))
        spread = f"{self.ratios[0]:.2f}-{self.ratios[-1]:.2f} in {len(self.pairs)}"
        verdict = f"{self.bound}: {'met' if self.is_met else 'NOT MET'}" if self.bound else ""
        cells = (self.name, f"{self.ratio:.2f}", spread, f"{first:.3g} / {second:.3g}", verdict)
        return f"| {' | '.join(cells)} |"


def measured(
    name: str, first: Measure, second: Measure, pairs: int, bound: Bound | None = None
) -> Figure:
    """First, second, first, second…"""
    return Figure(name, tuple((first(), second()) for _ in range(pairs)), bound)


def at_least(value: float) -> Bound:
    return Bound(value, is_least=True)


def at_most(value: float) -> Bound:
    return Bound(value, is_least=False)
