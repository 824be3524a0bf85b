"""DATABASE_URL in Django's words."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from config.environment import PROJECT, Environment

PRAGMAS = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"


def database(environment: Environment) -> dict[str, Any]:
    url = urlsplit(environment.database_url)
    make = {
        "sqlite": _sqlite,
        "postgres": _postgresql,
        "postgresql": _postgresql,
        "mysql": _mysql,
        "mariadb": _mysql,
    }
    common = {
        "NAME": _path(environment),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname or "",
        "PORT": str(url.port or ""),
        "CONN_HEALTH_CHECKS": True,
    }
    found = make[url.scheme.partition("+")[0]](environment)
    found["OPTIONS"] |= dict(parse_qsl(url.query))
    return common | found


def _path(environment: Environment) -> str:
    return unquote(urlsplit(environment.database_url).path[1:])


def _sqlite(environment: Environment) -> dict[str, Any]:
    """A write takes the lock at its beginning: one for reading that cannot be raised fails at once."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": environment.db_timeout_seconds,
            "transaction_mode": "IMMEDIATE",
            "init_command": PRAGMAS,
        },
        # In memory, connections of threads would not wait for each other.
        "TEST": {"NAME": f"{_path(environment)}.test"},
    }


def _postgresql(environment: Environment) -> dict[str, Any]:
    seconds = environment.db_timeout_seconds
    return {
        "ENGINE": "django.db.backends.postgresql",
        "OPTIONS": {
            "application_name": PROJECT,
            "connect_timeout": max(2, round(seconds)),
            "pool": {
                "min_size": 0,
                "max_size": environment.db_pool_size,
                "timeout": seconds,
            },
        },
    }


def _mysql(environment: Environment) -> dict[str, Any]:
    """READ COMMITTED as on PostgreSQL; MySQL's default locks gaps, and parallel inserts deadlock."""
    seconds = max(1, round(environment.db_timeout_seconds))
    return {
        "ENGINE": "django.db.backends.mysql",
        "OPTIONS": {
            "charset": "utf8mb4",
            "init_command": "SET time_zone = '+00:00', sql_mode = 'TRADITIONAL'",
            "isolation_level": "read committed",
            "connect_timeout": seconds,
        },
        "TEST": {"CHARSET": "utf8mb4"},
    }
