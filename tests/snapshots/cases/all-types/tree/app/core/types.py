"""Column types that store and order the same on SQLite, PostgreSQL, MySQL and MariaDB."""

import datetime as dt
import decimal
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    Integer,
    Numeric,
    String,
    Text,
    Uuid,
)
from sqlalchemy import Time as SQLTime
from sqlalchemy.dialects import mysql, postgresql
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine

_MYSQL = ("mysql", "mariadb")


class UTCDateTime(TypeDecorator[dt.datetime]):
    """An instant with microseconds: stored in UTC, always aware in Python."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name in _MYSQL:
            return mysql.DATETIME(fsp=6)
        return DateTime(timezone=True)

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime needs a time zone")
        value = value.astimezone(dt.UTC)
        return value if dialect.name == "postgresql" else value.replace(tzinfo=None)

    def process_result_value(
        self,
        value: dt.datetime | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> dt.datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class utcnow(FunctionElement[dt.datetime]):  # noqa: N801
    """The database's clock as a server default, in the spelling each database echoes back."""

    type = UTCDateTime()
    inherit_cache = True


@compiles(utcnow)
def _utcnow(_element: utcnow, _compiler: SQLCompiler, **_kw: Any) -> str:
    return "CURRENT_TIMESTAMP"


@compiles(utcnow, *_MYSQL)
def _utcnow_mysql(_element: utcnow, _compiler: SQLCompiler, **_kw: Any) -> str:
    return "CURRENT_TIMESTAMP(6)"


class ExactDecimal(TypeDecorator[decimal.Decimal]):
    """NUMERIC; on SQLite, whose NUMERIC is a float, an integer scaled by 10 ** scale."""

    impl = Numeric
    cache_ok = True

    def __init__(self, precision: int, scale: int) -> None:
        self.precision = precision
        self.scale = scale
        super().__init__(precision, scale)

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return BigInteger()
        return Numeric(self.precision, self.scale)

    def process_bind_param(
        self, value: decimal.Decimal | None, dialect: Dialect
    ) -> decimal.Decimal | int | None:
        if value is None or dialect.name != "sqlite":
            return value
        return int(value.scaleb(self.scale))

    def process_literal_param(self, value: decimal.Decimal | None, dialect: Dialect) -> str:
        """In digits: no database tells of a default as `1.1E-8`."""
        stored = self.process_bind_param(value, dialect)
        return "NULL" if stored is None else format(decimal.Decimal(stored), "f")

    def process_result_value(
        self, value: decimal.Decimal | int | None, dialect: Dialect
    ) -> decimal.Decimal | None:
        if value is None:
            return None
        exact = decimal.Decimal(value)
        return exact.scaleb(-self.scale) if dialect.name == "sqlite" else exact


def _by_code_point(dialect: Dialect) -> str | None:
    """The collation that compares code points and counts trailing spaces."""
    if dialect.name == "postgresql":
        return "C"
    if dialect.name in _MYSQL:
        is_mariadb = getattr(dialect, "is_mariadb", False)
        return "utf8mb4_nopad_bin" if is_mariadb else "utf8mb4_0900_bin"
    return None


class ExactString(TypeDecorator[str]):
    """A string that is ordered and compared by code point, whatever the server's locale."""

    impl = String
    cache_ok = True

    def __init__(self, length: int) -> None:
        self.length = length
        super().__init__(length)

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return String(self.length, collation=_by_code_point(dialect))


class ExactText(TypeDecorator[str]):
    """Like ExactString, without a limit."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        collation = _by_code_point(dialect)
        if dialect.name in _MYSQL:
            return mysql.LONGTEXT(collation=collation)
        return Text(collation=collation)


class Time(TypeDecorator[dt.time]):
    """A time of day with microseconds."""

    impl = SQLTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name in _MYSQL:
            return mysql.TIME(fsp=6)
        return SQLTime()


JSONType = JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
# MariaDB's own UUID refuses some values, and MySQL has none.
UUIDType = Uuid().with_variant(Uuid(native_uuid=False), *_MYSQL)
BigIntPK = BigInteger().with_variant(Integer(), "sqlite")
