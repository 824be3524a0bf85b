"""Fails where models and migrations differ, on an empty database of its own: `make drift`."""

import sys

from alembic import command
from alembic.util import CommandError

from tests.support.databases import scratch_database
from tests.support.statements import migrate, run_alembic


def main() -> None:
    with scratch_database() as url:
        migrate(url)
        try:
            run_alembic(url, command.check)
        except CommandError as error:
            sys.exit(f"The models are not what the migrations make: {error}")


if __name__ == "__main__":
    main()
