"""Model fields that store and order the same on SQLite, PostgreSQL, MySQL and MariaDB."""

import uuid
from decimal import Decimal
from typing import Any, TypeVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from app.core.patterns import EMAIL, SLUG, URL

S = TypeVar("S")
G = TypeVar("G")


def collation(connection: BaseDatabaseWrapper) -> str | None:
    """The one that compares code points and counts trailing spaces, whatever the server's locale."""
    if connection.vendor == "postgresql":
        return "C"
    if connection.vendor == "mysql":
        is_mariadb = getattr(connection, "mysql_is_mariadb", False)
        return "utf8mb4_nopad_bin" if is_mariadb else "utf8mb4_0900_bin"
    return None


class ByCodePoint:
    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        parameters: dict[str, Any] = super().db_parameters(connection)  # type: ignore[misc] # of the field
        return {**parameters, "collation": collation(connection)}


class ExactCharField(ByCodePoint, models.CharField[S, G]):
    """Characters that are kept, compared and ordered exactly as they are."""


class ExactTextField(ByCodePoint, models.TextField[S, G]):
    """Like ExactCharField, without a limit."""


class EmailField(ExactCharField[S, G]):
    default_validators = [RegexValidator(EMAIL, "Enter an e-mail address.")]


class URLField(ExactCharField[S, G]):
    default_validators = [RegexValidator(URL, "Enter an http or https URL.")]


class SlugField(ExactCharField[S, G]):
    default_validators = [RegexValidator(SLUG, "Enter lower-case words joined by hyphens.")]


class ExactDecimalField(models.DecimalField[S, G]):
    """NUMERIC; on SQLite, whose NUMERIC is a float, an integer scaled by 10 ** decimal_places."""

    def get_internal_type(self) -> str:
        return "ExactDecimalField"  # SQLite would convert a DecimalField's values from floats

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        if connection.vendor == "sqlite":
            return "bigint"
        return f"numeric({self.max_digits}, {self.decimal_places})"

    def get_db_prep_value(
        self,
        value: Any,
        connection: BaseDatabaseWrapper,
        prepared: bool = False,  # noqa: FBT001, FBT002 - Django's signature
    ) -> Any:
        if not prepared:
            value = self.get_prep_value(value)
        if connection.vendor == "sqlite" and isinstance(value, Decimal):
            return int(value.scaleb(self.decimal_places))
        return value

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        if hasattr(value, "as_sql"):
            return value
        return self.get_db_prep_value(value, connection)

    def from_db_value(
        self, value: Any, _expression: object, connection: BaseDatabaseWrapper
    ) -> Decimal | None:
        if value is None:
            return None
        exact = Decimal(value)
        return exact.scaleb(-self.decimal_places) if connection.vendor == "sqlite" else exact


class UUIDField(models.UUIDField[S, G]):
    """UUID on PostgreSQL, else text: MariaDB's own type refuses some, and MySQL has none."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        return "char(32)" if connection.vendor == "mysql" else super().db_type(connection)

    def get_db_prep_value(
        self,
        value: Any,
        connection: BaseDatabaseWrapper,
        prepared: bool = False,  # noqa: FBT001, FBT002 - Django's signature
    ) -> Any:
        if connection.vendor != "mysql":
            return super().get_db_prep_value(value, connection, prepared)
        found = self.to_python(value)
        return None if found is None else found.hex

    def from_db_value(
        self, value: Any, _expression: object, _connection: BaseDatabaseWrapper
    ) -> uuid.UUID | None:
        return uuid.UUID(value) if isinstance(value, str) else value
