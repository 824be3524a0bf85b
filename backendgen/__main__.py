"""The entry point. What needs no library is answered before one is loaded."""

import gc
import os
import sys

from backendgen import __version__

COMPLETION = "_BACKENDGEN_COMPLETE"


def main() -> int:
    argv = sys.argv[1:]
    if COMPLETION not in os.environ and argv in (["--version"], ["-V"]):
        print(f"backendgen {__version__}")
        return 0
    # Hardly a command lives until collecting pays.
    gc.set_threshold(100_000)
    from backendgen.cli.table import asks_for_overview, overview

    if COMPLETION not in os.environ and asks_for_overview(argv):
        print(overview(argv))
        return 0
    from backendgen.cli.boundary import run

    return run(argv)


if __name__ == "__main__":
    sys.exit(main())
