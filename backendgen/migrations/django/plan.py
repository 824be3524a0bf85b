"""Operations in words of no framework → the migrations of each app."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from backendgen.answers import Answers, FieldAnswers, ResourceAnswers
from backendgen.migrations.django.history import History
from backendgen.migrations.operations import CreateTable, Operation
from backendgen.migrations.tables import Table
from backendgen.spec.grammar import LONGEST_NAME

USERS = {"users": "user", "refresh_tokens": "token"}
"""The tables of `auth: jwt`, by what the template calls their models."""


@dataclass(frozen=True)
class Step:
    """One operation of a migration: `kind` is the macro that writes it, `values` what it reads."""

    kind: str
    values: Mapping[str, Any]


@dataclass
class Migration:
    package: str
    name: str
    initial: bool
    before: str | None
    """The migration of the same app that this one continues."""
    steps: list[Step] = field(default_factory=list)
    targets: dict[str, str] = field(default_factory=dict)
    """The migrations that bring what this one refers to, by package."""


def plan(
    answers: Answers, steps: Sequence[Operation], histories: Mapping[str, History]
) -> list[Migration]:
    """Each after those that it depends on."""
    planner = Planner(answers, histories)
    created = [step.table for step in steps if isinstance(step, CreateTable)]
    planner.new = {table.name for table in created}
    for table in created:
        planner.create(table)
    return [*planner.initial.values(), *planner.late.values()]


class Planner:
    def __init__(self, answers: Answers, histories: Mapping[str, History]) -> None:
        self.answers = answers
        self.histories = histories
        self.resources = {each["names"]["table"]: each for each in answers["resources"]}
        self.joins = {
            each["join"]["table"]: (resource, each)
            for resource in answers["resources"]
            for each in resource["fields"]
            if each["join"]
        }
        self.new: set[str] = set()
        self.placed: set[str] = set()
        self.initial: dict[str, Migration] = {}
        self.late: dict[str, Migration] = {}

    def create(self, table: Table) -> None:
        if table.name in USERS:
            self._create_user(table)
        elif table.name in self.resources:
            self._create_resource(table, self.resources[table.name])
        else:
            self._join(*self.joins[table.name])
        self.placed.add(table.name)

    def _create_user(self, table: Table) -> None:
        kind = USERS[table.name]
        migration = self._first("users")
        if kind == "token":
            migration.steps.append(Step("create_token", {}))
            return
        own, late = self._divided(table, self.answers["user_fields"])
        migration.steps.append(Step("create_user", {"fields": own}))
        self._refer(migration, own)
        if late:
            self._add_late("users", "User", "users", late, own, ())

    def _create_resource(self, table: Table, resource: ResourceAnswers) -> None:
        package = resource["names"]["snake_plural"]
        migration = self._first(package)
        own, late = self._divided(table, resource["fields"])
        later = {each["column"] for each in late}
        values = {
            **resource,
            "fields": own,
            "unique": [each for each in resource["unique"] if not later & {*each["columns"]}],
            "indexes": [each for each in resource["indexes"] if not later & {*each["columns"]}],
        }
        migration.steps.append(Step("create_model", {"resource": values}))
        self._refer(migration, own)
        if late:
            self._add_late(
                package, resource["name"], table.name, late, resource["fields"], resource
            )

    def _divided(
        self, table: Table, fields: Sequence[FieldAnswers]
    ) -> tuple[list[FieldAnswers], list[FieldAnswers]]:
        """What the table is created with, and what has to wait for a table that comes later."""
        deferred = {key.column for key in table.foreign_keys if key.deferred}
        waits = [each for each in fields if each["column"] and each["column"] in deferred]
        own = [each for each in fields if each not in waits and not self._joins_later(each, table)]
        return own, waits

    def _joins_later(self, each: FieldAnswers, table: Table) -> bool:
        target = each["target"]
        if not each["join"] or target is None or target["table"] == table.name:
            return False
        return target["table"] in self.new - self.placed

    def _join(self, resource: ResourceAnswers, each: FieldAnswers) -> None:
        """A relation of a new model is a part of it already, unless it had to wait."""
        package = resource["names"]["snake_plural"]
        created = self.initial.get(package)
        if created and any(each in _fields_of(step) for step in created.steps):
            return
        migration = self._next(package, resource["names"]["snake"], each["name"])
        values = {"model": resource["name"], "package": package, "field": each}
        migration.steps.append(Step("add_field", values))
        self._refer(migration, [each])

    def _add_late(
        self,
        package: str,
        model: str,
        table: str,
        late: Sequence[FieldAnswers],
        fields: Sequence[FieldAnswers],
        resource: Any,
    ) -> None:
        for each in late:
            migration = self._next(package, model.lower(), each["name"])
            values = {"model": model, "package": package, "field": each}
            migration.steps.append(Step("add_field", values))
            self._refer(migration, [each])
        columns = {each["column"] for each in late}
        groups: Any = resource or {"unique": (), "indexes": ()}
        rest: dict[str, Any] = {
            "model": model,
            "late": late,
            "fields": fields,
            "unique": [each for each in groups["unique"] if columns & {*each["columns"]}],
            "indexes": [each for each in groups["indexes"] if columns & {*each["columns"]}],
        }
        self.late[package].steps.append(Step("add_rest", rest))

    def _first(self, package: str) -> Migration:
        return self.initial.setdefault(package, Migration(package, "0001_initial", True, None))

    def _next(self, package: str, model: str, field_name: str) -> Migration:
        if package in self.late:
            return self.late[package]
        history = self.histories.get(package)
        number = history.number if history else 2
        before = history.last if history else "0001_initial"
        name = f"{number:04}_{model}_{field_name}"[: LONGEST_NAME * 2]
        return self.late.setdefault(package, Migration(package, name, False, before))

    def _refer(self, migration: Migration, fields: Sequence[FieldAnswers]) -> None:
        for each in fields:
            package = each["target"]["package"] if each["target"] else migration.package
            if package not in {migration.package, "users"}:
                history = self.histories.get(package)
                migration.targets[package] = history.last if history else "0001_initial"


def _fields_of(step: Step) -> Sequence[FieldAnswers]:
    fields: Sequence[FieldAnswers] = step.values.get("resource", step.values).get("fields", ())
    return fields
