"""Empty databases for the tests, gone afterwards."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def scratch_database() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="scratch-") as directory:
        yield f"sqlite:///{Path(directory, 'scratch.db').as_posix()}"
