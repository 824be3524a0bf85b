"""SQLite's file is locked by another program for longer than a request may wait."""

import sqlite3
from contextlib import closing
from itertools import product
from pathlib import Path

from sqlalchemy import make_url

from tests.projects.conftest import Combination
from tests.projects.faults import IMPATIENT, assert_unavailable, assert_well, together, unique
from tests.projects.project import Project
from tests.projects.service import COMMANDS, running

CHOICE = (
    (("fastapi", "blog", "sqlite"),),
    tuple(product(COMMANDS, ("blog",), ("sqlite",))),
)


def test_writes_are_refused_and_reads_go_on(
    combination: Combination, project: Project, tmp_path: Path
) -> None:
    project.make("migrate")
    file = make_url(project.database_url).database
    assert file is not None
    with running(combination[0], project, tmp_path, **IMPATIENT) as service:
        assert_well(service)
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert_unavailable(*together(lambda _: service.post(unique())))
            assert service.get().status == 200
            other.execute("ROLLBACK")
        assert_well(service)
