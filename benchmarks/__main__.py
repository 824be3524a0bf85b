"""python -m benchmarks [tool] [service] [hold]: prints a table row as soon as a figure is there; 1 if a bound is not kept."""

import argparse
import sys
from collections.abc import Iterator
from itertools import product

from benchmarks import service, tool
from benchmarks.pairs import Figure

PARTS = ("tool", "service", "hold")
HEADER = """\
| ratio of | by the clock | by the processor | typical pair | bound |
| --- | --- | --- | --- | --- |"""


def main() -> int:
    asked = arguments()
    print(HEADER, flush=True)
    kept = [told(figure) for figure in figures(asked)]
    if "hold" in asked.parts:
        for framework, database in product(asked.frameworks, asked.databases):
            tally = service.hold(framework, database)
            print(
                f"\n{service.OPEN_CONNECTIONS} open connections for {tally.seconds:.0f} s, {framework}, {database}:"
                f" {tally.statuses.total()} answers, all of them 200"
            )
    return 0 if all(kept) else 1


def figures(asked: argparse.Namespace) -> Iterator[Figure]:
    if "tool" in asked.parts:
        yield from tool.figures(asked.pairs)
    if "service" in asked.parts:
        for framework, database in product(asked.frameworks, asked.databases):
            yield from service.figures(framework, database, asked.pairs, asked.seconds)


def told(figure: Figure) -> bool:
    print(figure, flush=True)
    return figure.is_met


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=PARTS, default=PARTS, metavar="PART")
    parser.add_argument("--pairs", type=int, default=7, help="measurements of each side")
    parser.add_argument("--seconds", type=float, default=5, help="of load, for each measurement")
    parser.add_argument("--frameworks", nargs="+", default=[*service.BARE], choices=service.BARE)
    parser.add_argument("--databases", nargs="+", default=[*service.DATABASES], metavar="DATABASE")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
