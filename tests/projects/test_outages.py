"""The database server goes, falls silent, or is busy: 503 in time, and well again without a restart."""

from contextlib import closing
from dataclasses import replace
from itertools import product
from pathlib import Path

from sqlalchemy import create_engine, make_url

from tests.projects.conftest import Combination
from tests.projects.faults import (
    IMPATIENT,
    assert_ill,
    assert_unavailable,
    assert_well,
    together,
    unique,
)
from tests.projects.outage import own_database, way_to
from tests.projects.project import Project
from tests.projects.service import COMMANDS, running
from tests.servers import DRIVERS

CHOICE = (
    (("fastapi", "blog", "postgresql"),),
    tuple(product(COMMANDS, ("blog",), ("postgresql", "mysql"))),
)
LOCKS = {
    "postgresql": "LOCK TABLE posts IN ACCESS EXCLUSIVE MODE",
    "mysql": "LOCK TABLES posts WRITE",
}


def test_stops_and_starts_again(combination: Combination, project: Project, tmp_path: Path) -> None:
    framework, _, database = combination
    with own_database(database) as server:
        moved = replace(project, database_url=server.url)
        moved.make("migrate")
        with running(framework, moved, tmp_path, **IMPATIENT) as service:
            assert_well(service)
            server.stop()
            assert_ill(service)
            server.start()
            assert_well(service)


def test_falls_silent(combination: Combination, project: Project, tmp_path: Path) -> None:
    project.make("migrate")
    url = make_url(project.database_url)
    assert url.port is not None
    with way_to(url.port) as way:
        detour = url.set(port=way.port).render_as_string(hide_password=False)
        around = replace(project, database_url=detour)
        with running(combination[0], around, tmp_path, **IMPATIENT) as service:
            assert_well(service)
            way.fall_silent()
            assert_ill(service)
            way.speak_again()
            assert_well(service)


def test_every_connection_is_busy(
    combination: Combination, project: Project, tmp_path: Path
) -> None:
    """They wait for a lock of somebody else's; who waits for one of them is told in time as well."""
    framework, _, database = combination
    project.make("migrate")
    url = make_url(project.database_url)
    other = create_engine(url.set(drivername=DRIVERS[database]))
    with running(framework, project, tmp_path, DB_POOL_SIZE="2", **IMPATIENT) as service:
        assert_well(service)
        with closing(other.raw_connection()) as connection:
            connection.cursor().execute(LOCKS[database])
            assert_unavailable(*together(lambda _: service.post(unique())))
            connection.rollback()
            if database == "mysql":
                connection.cursor().execute("UNLOCK TABLES")
        assert_well(service)
    other.dispose()
