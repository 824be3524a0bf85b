"""What a checked `backendgen.yaml` says, framework by framework the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

Number = int | float | Decimal
Json = str | int | float | bool | None | Sequence["Json"] | Mapping[str, "Json"]
Value = Json | Decimal


@dataclass(frozen=True)
class Field:
    """A field as the spec has it: what it leaves out is at the type's own default."""

    name: str
    type: str
    length: int | None = None
    precision: int | None = None
    scale: int | None = None
    values: tuple[str, ...] = ()
    target: str | None = None
    on_delete: str | None = None
    optional: bool = False
    unique: bool = False
    index: bool = False
    has_default: bool = False
    default: Value = None
    min: Number | None = None
    max: Number | None = None
    min_length: int | None = None
    pattern: str | None = None
    readonly: bool = False
    private: bool = False
    was: str | None = None
    description: str = ""
    example: tuple[Value, ...] = ()

    @property
    def is_relation(self) -> bool:
        return self.type in {"ref", "many"}


@dataclass(frozen=True)
class Access:
    """Who may do what: each is one of `grammar.RULES`."""

    list: str
    read: str
    create: str
    update: str
    delete: str

    @property
    def rules(self) -> tuple[str, str, str, str, str]:
        return (self.list, self.read, self.create, self.update, self.delete)

    @property
    def owned(self) -> bool:
        """Some rule asks for the owner, so that a row must know who that is."""
        return "owner" in self.rules


@dataclass(frozen=True)
class Resource:
    """A resource; `plural` and `table` are None where the spec leaves them to `names`."""

    name: str
    fields: tuple[Field, ...]
    access: Access
    id: str = "uuid"
    timestamps: bool = True
    soft_delete: bool = False
    versioned: bool = False
    plural: str | None = None
    table: str | None = None
    unique: tuple[tuple[str, ...], ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()
    search: tuple[str, ...] = ()
    was: str | None = None
    description: str = ""


@dataclass(frozen=True)
class Spec:
    """The whole backend. A `User` entry is among `resources`, where the spec has it."""

    name: str
    framework: str
    database: str
    auth: str
    api_style: str
    language: str
    resources: tuple[Resource, ...]
    description: str = ""
