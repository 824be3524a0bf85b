"""The shape of the answers: plain JSON types, and every key is always there."""

from typing import TypedDict

from backendgen.spec.model import Json
from backendgen.spec.names import FieldNames, Names


class EnumAnswers(TypedDict):
    name: str


class ValueAnswers(TypedDict):
    value: str
    constant: str


class TargetAnswers(Names):
    """The resource that a relation points to, with every spelling of its name."""

    name: str
    id: str
    package: str
    soft_delete: bool
    read: str
    """Who may read a row of it; of a user, whoever sees the reference."""


class JoinKeyAnswers(TypedDict):
    left: str
    right: str


class JoinAnswers(TypedDict):
    """The table between two resources: `left` refers to the one that declares it."""

    table: str
    left: str
    right: str
    foreign_keys: JoinKeyAnswers
    index: str


class ConstraintAnswers(TypedDict):
    """Names in the database; null for what the field has no need of."""

    unique: str | None
    index: str | None
    foreign_key: str | None
    check: str | None
    range: str | None


class FieldAnswers(TypedDict):
    name: str
    key: str
    column: str | None
    names: FieldNames
    type: str
    length: int | None
    precision: int | None
    scale: int | None
    values: list[ValueAnswers]
    enum: EnumAnswers | None
    target: TargetAnswers | None
    on_delete: str | None
    join: JoinAnswers | None
    optional: bool
    unique: bool
    index: bool
    has_default: bool
    default: Json
    min: int | float | str | None
    max: int | float | str | None
    min_length: int | None
    pattern: str | None
    readonly: bool
    private: bool
    was: str | None
    description: str
    example: Json
    other: Json
    counterexample: str | None
    constraints: ConstraintAnswers


class UniqueAnswers(TypedDict):
    name: str
    columns: list[str]
    keys: list[str]


class IndexAnswers(TypedDict):
    name: str
    columns: list[str]


class AccessAnswers(TypedDict):
    list: str
    read: str
    create: str
    update: str
    delete: str


class ResourceAnswers(TypedDict):
    name: str
    names: Names
    was: str | None
    description: str
    id: str
    timestamps: bool
    soft_delete: bool
    versioned: bool
    owned: bool
    access: AccessAnswers
    unique: list[UniqueAnswers]
    indexes: list[IndexAnswers]
    search: list[str]
    fields: list[FieldAnswers]


class Answers(TypedDict):
    name: str
    title: str
    description: str
    snake: str
    framework: str
    database: str
    auth: str
    api_style: str
    language: str
    user_fields: list[FieldAnswers]
    resources: list[ResourceAnswers]
