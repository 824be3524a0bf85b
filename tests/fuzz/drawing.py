"""Drawing many specs at once, the same ones in every run."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy

SEED = 1
Drawn = TypeVar("Drawn", str, bytes, Sequence[str])


def each_drawn(
    strategy: SearchStrategy[str], count: int, use: Callable[[int, str], object]
) -> None:
    """Calls `use` with the number and the text of `count` different texts."""
    seen: set[str] = set()

    @seed(SEED)
    @settings(
        max_examples=count * 4,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def draw(drawn: Drawn) -> None:
        if len(seen) < count and repr(drawn) not in seen:
            seen.add(repr(drawn))
            use(len(seen), drawn)

    draw()
    assert len(seen) == count
