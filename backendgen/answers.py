"""The answers that Copier records: all that a template, a migration or a test reads of a spec.

Everything that a template cannot decide well is decided here, once: each key is always there, and what
an earlier release decided for a name or a sample stays as it was decided.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from backendgen.spec import names
from backendgen.spec.model import Access, Field, Number, Resource, Spec, Value
from backendgen.spec.names import Names, identifier
from backendgen.spec.order import by_dependency
from backendgen.spec.patterns import portable
from backendgen.spec.samples import counterexample, samples
from backendgen.spec.shape import (
    AccessAnswers,
    Answers,
    ConstraintAnswers,
    EnumAnswers,
    FieldAnswers,
    IndexAnswers,
    JoinAnswers,
    JoinKeyAnswers,
    ResourceAnswers,
    TargetAnswers,
    UniqueAnswers,
    ValueAnswers,
)

__all__ = [
    "AccessAnswers",
    "Answers",
    "ConstraintAnswers",
    "EnumAnswers",
    "FieldAnswers",
    "IndexAnswers",
    "JoinAnswers",
    "JoinKeyAnswers",
    "ResourceAnswers",
    "TargetAnswers",
    "UniqueAnswers",
    "ValueAnswers",
    "answers",
    "recorded_names",
]

USER_NAMES = names.names_of("User")
SAMPLED = ("type", "length", "precision", "scale", "values", "min", "max", "min_length", "pattern")
"""What a sample depends on: while these stay, so does the sample."""


def answers(spec: Spec, previous: Answers | None = None) -> Answers:
    """The answers of a checked spec. Names and samples that `previous` has are kept."""
    writer = Writer(spec, previous)
    user = [each for each in spec.resources if each.name == "User"]
    others = [each for each in spec.resources if each.name != "User"]
    return Answers(
        name=spec.name,
        title=names.title(spec.name),
        description=_told(spec.description),
        snake=names.snake(spec.name),
        framework=spec.framework,
        database=spec.database,
        auth=spec.auth,
        api_style=spec.api_style,
        language=spec.language,
        user_fields=[field for each in user for field in writer.fields(each)],
        resources=[writer.resource(each) for each in by_dependency(others)],
    )


class Writer:
    """Knows every resource's names and which database names are taken."""

    def __init__(self, spec: Spec, previous: Answers | None) -> None:
        self.before = _fields_by_name(previous)
        self.ids = {each.name: each.id for each in spec.resources} | {"User": "uuid"}
        self.soft_deleted = {each.name for each in spec.resources if each.soft_delete}
        self.readers = {
            each.name: each.access.read for each in spec.resources if each.name != "User"
        }
        self.names = _names_by_resource(spec.resources, previous)
        self.taken = DatabaseNames(previous)

    def resource(self, resource: Resource) -> ResourceAnswers:
        columns = {field.name: _column(field) or "" for field in resource.fields}
        table = self.names[resource.name]["table"]
        return ResourceAnswers(
            name=resource.name,
            names=self.names[resource.name],
            was=resource.was,
            description=_told(resource.description),
            id=resource.id,
            timestamps=resource.timestamps,
            soft_delete=resource.soft_delete,
            versioned=resource.versioned,
            owned=resource.access.owned,
            access=_access(resource.access),
            unique=[self.unique(table, columns, group) for group in resource.unique],
            indexes=[self.index(table, columns, group) for group in resource.indexes],
            search=list(resource.search),
            fields=self.fields(resource),
        )

    def unique(self, table: str, columns: Mapping[str, str], group: Sequence[str]) -> UniqueAnswers:
        found = [columns[name] for name in group]
        return UniqueAnswers(
            name=self.taken.name("uq", table, *found), columns=found, keys=list(found)
        )

    def index(self, table: str, columns: Mapping[str, str], group: Sequence[str]) -> IndexAnswers:
        found = [columns[name] for name in group]
        return IndexAnswers(name=self.taken.name("ix", table, *found), columns=found)

    def fields(self, resource: Resource) -> list[FieldAnswers]:
        return [self.field(resource, field) for field in resource.fields]

    def field(self, resource: Resource, field: Field) -> FieldAnswers:
        written = FieldAnswers(
            name=field.name,
            key=names.key_of(field.name, field.type),
            column=_column(field),
            names=names.field_names_of(field.name),
            type=field.type,
            length=field.length,
            precision=field.precision,
            scale=field.scale,
            values=[ValueAnswers(value=each, constant=each.upper()) for each in field.values],
            enum=_enum(resource, field),
            target=self.target(field),
            on_delete=(field.on_delete or "restrict") if field.type == "ref" else None,
            join=self.join(resource, field) if field.type == "many" else None,
            optional=field.optional,
            unique=field.unique,
            index=field.index,
            has_default=field.has_default,
            default=_json(field, field.default),
            min=_number(field, field.min),
            max=_number(field, field.max),
            min_length=field.min_length,
            pattern=portable(field.pattern) if field.pattern else None,
            readonly=field.readonly,
            private=field.private,
            was=field.was,
            description=_told(field.description),
            example=None,
            other=None,
            counterexample=None,
            constraints=self.constraints(resource, field),
        )
        return self.with_samples(resource, field, written)

    def with_samples(self, resource: Resource, field: Field, written: FieldAnswers) -> FieldAnswers:
        if field.is_relation:
            return written
        before = self.before.get((resource.name, field.name))
        if before and not field.example and _same(before, written, SAMPLED):
            written["example"], written["other"] = before["example"], before["other"]
            written["counterexample"] = before["counterexample"]
            return written
        written["example"], written["other"] = (_json(field, each) for each in samples(field))
        written["counterexample"] = counterexample(field) if field.pattern else None
        return written

    def target(self, field: Field) -> TargetAnswers | None:
        if field.target is None:
            return None
        spellings = self.names[field.target]
        return TargetAnswers(
            name=field.target,
            **spellings,
            id=self.ids[field.target],
            package=spellings["snake_plural"],
            soft_delete=field.target in self.soft_deleted,
            read=self.readers.get(field.target, "public"),
        )

    def join(self, resource: Resource, field: Field) -> JoinAnswers:
        target = field.target or ""
        own, other = self.names[resource.name], self.names[target]
        left = f"{own['snake']}_id"
        right = f"{other['snake']}_id"
        if right == left:
            right = f"{names.singular(field.name)}_id"
        if right == left:
            right = f"other_{right}"
        table = join_table(own, field)
        return JoinAnswers(
            table=table,
            left=left,
            right=right,
            foreign_keys=JoinKeyAnswers(
                left=self.taken.name("fk", table, left, own["table"]),
                right=self.taken.name("fk", table, right, other["table"]),
            ),
            index=self.taken.name("ix", table, right),
        )

    def constraints(self, resource: Resource, field: Field) -> ConstraintAnswers:
        table, column = self.names[resource.name]["table"], _column(field) or ""
        to_one = field.type == "ref" and field.target is not None
        indexed = (field.index or to_one) and not field.unique
        ranged = field.min is not None or field.max is not None
        other = self.names[field.target]["table"] if to_one and field.target else ""

        def name(wanted: bool, kind: str, *parts: str) -> str | None:
            return self.taken.name(kind, table, *parts) if wanted else None

        return ConstraintAnswers(
            unique=name(field.unique, "uq", column),
            index=name(indexed, "ix", column),
            foreign_key=name(to_one, "fk", column, other),
            check=name(field.type == "enum", "ck", column),
            range=name(ranged, "ck", column, "range"),
        )


class DatabaseNames:
    """Names of constraints and indexes, of which a database has one space for all tables.

    Those of `previous` stay with the parts they were made of; a new one that reads the same as one that
    is taken gets the hash of its own parts.
    """

    def __init__(self, previous: Answers | None) -> None:
        self.owner: dict[str, tuple[str, ...]] = {}
        if previous:
            for name, parts in recorded_names(previous):
                self.owner[name] = parts

    def name(self, *parts: str) -> str:
        name = identifier(*parts)
        if self.owner.setdefault(name, parts) == parts:
            return name
        name = names.shortened(name, parts)
        self.owner[name] = parts
        return name


def recorded_names(answers: Answers) -> Iterable[tuple[str, tuple[str, ...]]]:
    """The database names of recorded answers, each with the parts that it is made of."""
    for field in answers["user_fields"]:
        yield from _recorded_of_field(USER_NAMES["table"], field)
    for resource in answers["resources"]:
        table = resource["names"]["table"]
        for unique in resource["unique"]:
            yield unique["name"], ("uq", table, *unique["columns"])
        for index in resource["indexes"]:
            yield index["name"], ("ix", table, *index["columns"])
        for field in resource["fields"]:
            yield from _recorded_of_field(table, field)


def _recorded_of_field(table: str, field: FieldAnswers) -> Iterable[tuple[str, tuple[str, ...]]]:
    column = field["column"] or ""
    other = field["target"]["table"] if field["target"] else ""
    constraints = field["constraints"]
    for name, parts in (
        (constraints["unique"], ("uq", table, column)),
        (constraints["index"], ("ix", table, column)),
        (constraints["foreign_key"], ("fk", table, column, other)),
        (constraints["check"], ("ck", table, column)),
        (constraints["range"], ("ck", table, column, "range")),
    ):
        if name:
            yield name, parts
    if join := field["join"]:
        yield join["index"], ("ix", join["table"], join["right"])


def join_table(own: Names, field: Field) -> str:
    return identifier(own["table"], field.name)


def _column(field: Field) -> str | None:
    return None if field.type == "many" else names.key_of(field.name, field.type)


def _enum(resource: Resource, field: Field) -> EnumAnswers | None:
    if field.type != "enum":
        return None
    return EnumAnswers(name=f"{resource.name}{names.pascal(field.name)}")


def _access(access: Access) -> AccessAnswers:
    return AccessAnswers(
        list=access.list,
        read=access.read,
        create=access.create,
        update=access.update,
        delete=access.delete,
    )


def _told(description: str) -> str:
    """The words alone: each place that shows them ends the sentence its own way."""
    return description.strip().rstrip(". ")


def _json(field: Field, value: Value) -> Any:
    """A decimal is a string of its full scale, as the database and the API have it."""
    if isinstance(value, Decimal):
        return format(value.quantize(Decimal(1).scaleb(-(field.scale or 0))), "f")
    return value


def _number(field: Field, value: Number | None) -> int | float | str | None:
    number: int | float | str | None = _json(field, value)
    return number


def _same(before: Mapping[str, Any], now: Mapping[str, Any], keys: Iterable[str]) -> bool:
    return all(before.get(key) == now.get(key) for key in keys)


def _fields_by_name(previous: Answers | None) -> dict[tuple[str, str], FieldAnswers]:
    if previous is None:
        return {}
    found = {("User", field["name"]): field for field in previous["user_fields"]}
    for resource in previous["resources"]:
        found |= {(resource["name"], field["name"]): field for field in resource["fields"]}
    return found


def _names_by_resource(resources: Iterable[Resource], previous: Answers | None) -> dict[str, Names]:
    before = {each["name"]: each["names"] for each in previous["resources"]} if previous else {}
    found = {"User": USER_NAMES}
    for resource in resources:
        if resource.name != "User":
            found[resource.name] = _names(resource, before.get(resource.name))
    return found


def _names(resource: Resource, before: Names | None) -> Names:
    """Spelled anew only where the spec itself says `plural` or `table`."""
    if before is None:
        return names.names_of(resource.name, resource.plural, resource.table)
    many = resource.plural or before["snake_plural"]
    table = resource.table or (resource.plural if resource.plural else before["table"])
    fresh = names.names_of(resource.name, many, table)
    same = all(fresh[key] == before[key] for key in ("snake_plural", "table"))
    return before if same else fresh
