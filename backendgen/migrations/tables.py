"""The tables that the answers stand for, in words of no framework."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from backendgen.answers import (
    Answers,
    FieldAnswers,
    JoinAnswers,
    ResourceAnswers,
    TargetAnswers,
)

ENUM_LENGTH = 40
"""Room for every value the grammar allows, so that a new value never widens the column."""


@dataclass(frozen=True, kw_only=True)
class Column:
    name: str
    type: str
    """A row of the framework's column table: the grammar's types, and `serial`, `timestamp` and the hashes."""
    length: int | None = None
    precision: int | None = None
    scale: int | None = None
    nullable: bool = False
    default: Any = None
    """What the database fills in, as JSON; which types can is the column table's to say."""


@dataclass(frozen=True)
class Unique:
    name: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class ForeignKey:
    name: str
    column: str
    table: str
    on_delete: str
    deferred: bool = False
    """Its table is created later: a cycle."""


@dataclass(frozen=True)
class Range:
    name: str
    column: Column
    minimum: Any
    maximum: Any


@dataclass(frozen=True)
class OneOf:
    name: str
    column: Column
    values: tuple[str, ...]


Check = OneOf | Range


@dataclass(frozen=True)
class Index:
    name: str
    columns: tuple[str, ...]
    """A leading `-` is descending."""


@dataclass(frozen=True)
class Table:
    name: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...] = ("id",)
    foreign_keys: tuple[ForeignKey, ...] = ()
    uniques: tuple[Unique, ...] = ()
    checks: tuple[Check, ...] = ()
    indexes: tuple[Index, ...] = ()


@dataclass(frozen=True)
class Part:
    """A column and what hangs on it alone."""

    column: Column
    foreign_key: ForeignKey | None = None
    unique: Unique | None = None
    checks: tuple[Check, ...] = ()
    index: Index | None = None


ROLE = Column(name="role", type="enum", length=ENUM_LENGTH, default="user")

TIMESTAMPS = (
    Part(Column(name="created_at", type="timestamp")),
    Part(Column(name="updated_at", type="timestamp")),
)

REFRESH_TOKEN = (
    Part(Column(name="id", type="uuid")),
    Part(
        Column(name="user_id", type="uuid"),
        foreign_key=ForeignKey("fk_refresh_tokens_user_id_users", "user_id", "users", "cascade"),
        index=Index("ix_refresh_tokens_user_id", ("user_id",)),
    ),
    Part(
        Column(name="family_id", type="uuid"),
        index=Index("ix_refresh_tokens_family_id", ("family_id",)),
    ),
    Part(
        Column(name="token_hash", type="token_hash"),
        unique=Unique("uq_refresh_tokens_token_hash", ("token_hash",)),
    ),
    Part(Column(name="expires_at", type="datetime")),
    Part(Column(name="used_at", type="datetime", nullable=True)),
    TIMESTAMPS[0],
)


def tables(answers: Answers) -> tuple[Table, ...]:
    """In the answers' order; join tables last, because they refer to two."""
    resources = answers["resources"]
    accounts = _accounts(answers["user_fields"]) if answers["auth"] == "jwt" else ()
    joins = chain.from_iterable(map(_joins, resources))
    return (*accounts, *map(_resource, resources), *joins)


def _accounts(fields: Sequence[FieldAnswers]) -> tuple[Table, Table]:
    """What `auth: jwt` brings; `fields` are the spec's own of a user."""
    users = (
        _id("uuid"),
        Part(Column(name="email", type="email"), unique=Unique("uq_users_email", ("email",))),
        Part(Column(name="password_hash", type="password_hash")),
        Part(ROLE, checks=(OneOf("ck_users_role", ROLE, ("user", "admin")),)),
        Part(Column(name="is_active", type="bool", default=True)),
        *_parts(fields),
        *TIMESTAMPS,
    )
    return _table("users", parts=users), _table("refresh_tokens", parts=REFRESH_TOKEN)


def _resource(resource: ResourceAnswers) -> Table:
    table = resource["names"]["table"]
    return _table(
        table,
        parts=(
            _id(resource["id"]),
            *([_owner(table)] if resource["owned"] else []),
            *_parts(resource["fields"]),
            *_kept(resource),
        ),
        uniques=(Unique(each["name"], tuple(each["columns"])) for each in resource["unique"]),
        indexes=(
            *_newest_first(resource),
            *(Index(each["name"], tuple(each["columns"])) for each in resource["indexes"]),
        ),
    )


def _table(
    name: str,
    *,
    parts: Sequence[Part],
    primary_key: tuple[str, ...] = ("id",),
    uniques: Iterable[Unique] = (),
    indexes: Iterable[Index] = (),
) -> Table:
    return Table(
        name=name,
        columns=tuple(part.column for part in parts),
        primary_key=primary_key,
        foreign_keys=tuple(part.foreign_key for part in parts if part.foreign_key),
        uniques=(*(part.unique for part in parts if part.unique), *uniques),
        checks=tuple(check for part in parts for check in part.checks),
        indexes=(*(part.index for part in parts if part.index), *indexes),
    )


def _id(kind: str) -> Part:
    return Part(Column(name="id", type="serial" if kind == "int" else "uuid"))


def _owner(table: str) -> Part:
    return Part(
        Column(name="owner_id", type="uuid"),
        foreign_key=ForeignKey(f"fk_{table}_owner_id_users", "owner_id", "users", "cascade"),
        index=Index(f"ix_{table}_owner_id", ("owner_id",)),
    )


def _kept(resource: ResourceAnswers) -> Iterator[Part]:
    """What the service keeps of itself."""
    if resource["timestamps"]:
        yield from TIMESTAMPS
    if resource["soft_delete"]:
        yield Part(Column(name="deleted_at", type="datetime", nullable=True))
    if resource["versioned"]:
        yield Part(Column(name="version", type="int", default=1))


def _newest_first(resource: ResourceAnswers) -> Iterator[Index]:
    """For the default sort."""
    if resource["timestamps"]:
        yield Index(f"ix_{resource['names']['table']}_created_at_id", ("-created_at", "id"))


def _parts(fields: Iterable[FieldAnswers]) -> Iterator[Part]:
    return (_part(field, field["column"]) for field in fields if field["column"])


def _part(field: FieldAnswers, name: str) -> Part:
    column, constraints, target = _column(field, name), field["constraints"], field["target"]
    unique, index, key = constraints["unique"], constraints["index"], constraints["foreign_key"]
    on_delete = field["on_delete"] or "restrict"
    return Part(
        column,
        foreign_key=ForeignKey(key, name, target["table"], on_delete) if key and target else None,
        unique=Unique(unique, (name,)) if unique else None,
        checks=tuple(_checks(field, column)),
        index=Index(index, (name,)) if index else None,
    )


def _column(field: FieldAnswers, name: str) -> Column:
    target = field["target"]
    return Column(
        name=name,
        type=_reference(target["id"]) if target else field["type"],
        length=ENUM_LENGTH if field["enum"] else field["length"],
        precision=field["precision"],
        scale=field["scale"],
        nullable=field["optional"],
        default=field["default"],
    )


def _reference(kind: str) -> str:
    return "bigint" if kind == "int" else "uuid"


def _checks(field: FieldAnswers, column: Column) -> Iterator[Check]:
    one_of, range_ = field["constraints"]["check"], field["constraints"]["range"]
    if one_of:
        yield OneOf(one_of, column, tuple(value["value"] for value in field["values"]))
    if range_:
        yield Range(range_, column, field["min"], field["max"])


def _joins(resource: ResourceAnswers) -> Iterator[Table]:
    for field in resource["fields"]:
        if field["join"] and field["target"]:
            yield _join(resource, field["join"], field["target"])


def _join(resource: ResourceAnswers, join: JoinAnswers, target: TargetAnswers) -> Table:
    left, right, keys = join["left"], join["right"], join["foreign_keys"]
    return _table(
        join["table"],
        parts=(
            Part(
                Column(name=left, type=_reference(resource["id"])),
                foreign_key=ForeignKey(keys["left"], left, resource["names"]["table"], "cascade"),
            ),
            Part(
                Column(name=right, type=_reference(target["id"])),
                foreign_key=ForeignKey(keys["right"], right, target["table"], "cascade"),
                index=Index(join["index"], (right,)),
            ),
        ),
        primary_key=(left, right),
    )
