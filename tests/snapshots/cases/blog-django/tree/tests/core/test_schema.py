"""Migrations make what the models say, and go back to nothing."""

from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

OURS = [each.label for each in apps.get_app_configs() if each.name.startswith("app.")]


def names_in_database() -> dict[str, set[str]]:
    """The columns, constraints and indexes that the database knows, by table."""
    with connection.cursor() as cursor:
        return {
            table: {
                *(column.name for column in describe(cursor, table)),
                *(connection.introspection.get_constraints(cursor, table)),
            }
            for table in connection.introspection.table_names(cursor)
        }


def describe(cursor: Any, table: str) -> list[Any]:
    return list(connection.introspection.get_table_description(cursor, table))


def names_in_models() -> dict[str, set[str]]:
    """Those that have names of their own."""
    models = (model for label in OURS for model in apps.get_app_config(label).get_models())
    return {
        model._meta.db_table: {
            *(str(field.column) for field in model._meta.concrete_fields),
            *(each.name for each in model._meta.constraints),
            *(each.name for each in model._meta.indexes),
        }
        for model in models
    }


@pytest.mark.django_db
def test_the_migrations_build_the_models() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    found = names_in_database()
    for table, names in names_in_models().items():
        assert names <= found[table], table


@pytest.mark.django_db(transaction=True)
def test_down_and_up() -> None:
    before = names_in_database()
    call_command("rollback", verbosity=0)
    assert names_in_database() != before
    call_command("migrate", verbosity=0)
    assert names_in_database() == before
