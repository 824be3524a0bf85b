"""Drawing many inputs at once, the same ones in every run."""

from collections.abc import Callable
from typing import TypeVar

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy

MOST_ROUNDS = 20
LEAST = 10
"""Hypothesis begins with the simplest: a round of one would be that."""
Drawn = TypeVar("Drawn")


def each_drawn(
    strategy: SearchStrategy[Drawn], count: int, use: Callable[[int, Drawn], object]
) -> None:
    """Calls `use` with `count` inputs that differ, each with its number."""
    seen: set[str] = set()

    def keep(drawn: Drawn) -> None:
        if repr(drawn) not in seen and len(seen) < count:
            seen.add(repr(drawn))
            use(len(seen), drawn)

    for number in range(MOST_ROUNDS):
        if len(seen) < count:
            one_round(strategy, max(count - len(seen), LEAST), number, keep)
    assert len(seen) == count


def one_round(
    strategy: SearchStrategy[Drawn], count: int, number: int, use: Callable[[Drawn], None]
) -> None:
    """Some of what Hypothesis draws it has drawn before."""

    @seed(number)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def draw(drawn: Drawn) -> None:
        use(drawn)

    draw()
