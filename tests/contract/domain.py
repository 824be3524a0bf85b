"""What the suite knows of the service it asks: resources, fields and rules, read from the spec."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import yaml

Rule = Literal["public", "authenticated", "owner", "admin"]
ACTIONS = ("list", "read", "create", "update", "delete")

NUMBERS = ("int", "bigint", "float", "decimal")
TIMES = ("date", "time", "datetime")
LINES = ("string", "email", "url", "slug")
WORDS = (*LINES, "text")
IDENTITIES = ("uuid", "ref", "id")

EQUALITY = ("", "ne")
ORDER = ("", "ne", "lt", "lte", "gt", "gte", "in")
OPERATORS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(LINES, ("", "ne", "in", "contains")),
    "text": ("contains",),
    **dict.fromkeys((*NUMBERS, *TIMES), ORDER),
    "bool": EQUALITY,
    **dict.fromkeys(("enum", *IDENTITIES), ("", "ne", "in")),
    "json": (),
    "many": ("",),
}
LENGTHS = {"email": 254, "url": 2048, "slug": 255}


@dataclass(frozen=True)
class Field:
    """One key of a resource's JSON object; also `id`, `created_at`, `updated_at`, `owner_id`."""

    key: str
    type: str
    resource: str = ""
    length: int | None = None
    precision: int = 12
    scale: int = 2
    values: tuple[str, ...] = ()
    target: str | None = None
    target_id: str | None = None
    on_delete: str | None = None
    optional: bool = False
    unique: bool = False
    has_default: bool = False
    default: Any = None
    min: Any = None
    max: Any = None
    min_length: int | None = None
    pattern: str | None = None
    readonly: bool = False
    private: bool = False
    generated: bool = False
    example: Any = None
    other: Any = None
    counterexample: str | None = None

    def __str__(self) -> str:
        return f"{self.resource}.{self.key}"

    @property
    def required(self) -> bool:
        return not (self.optional or self.has_default or self.type == "many" or self.readonly)

    @property
    def writable(self) -> bool:
        return not (self.readonly or self.generated)

    @property
    def sortable(self) -> bool:
        return self.type not in ("text", "json", "many") and not self.private

    @property
    def operators(self) -> tuple[str, ...]:
        """The filter operators of the field, `""` for equality."""
        if self.private:
            return ()
        nullable = ("isnull",) if self.optional else ()
        return (*OPERATORS[self.type], *nullable)

    @property
    def max_length(self) -> int | None:
        return self.length if self.type == "string" else LENGTHS.get(self.type)

    @property
    def id_type(self) -> str:
        """`uuid` or `int`, for what holds the id of a row."""
        return self.target_id or "uuid"

    def parameter(self, operator: str) -> str:
        return f"{self.key}__{operator}" if operator else self.key


@dataclass(frozen=True)
class Resource:
    name: str
    plural: str
    id: str
    timestamps: bool
    soft_delete: bool
    versioned: bool
    owned: bool
    access: Mapping[str, Rule]
    unique: tuple[tuple[str, ...], ...]
    search: tuple[str, ...]
    fields: tuple[Field, ...]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        return f"/api/v1/{self.plural}"

    def item(self, row_id: object) -> str:
        return f"{self.path}/{row_id}"

    @cached_property
    def generated(self) -> tuple[Field, ...]:
        """What the service sets on every row."""
        common: dict[str, Any] = {"resource": self.name, "generated": True}
        rows = [Field("id", "id", target_id=self.id, **common)]
        if self.owned:
            rows.append(Field("owner_id", "ref", target="User", target_id="uuid", **common))
        if self.timestamps:
            rows += [Field(key, "datetime", **common) for key in ("created_at", "updated_at")]
        return tuple(rows)

    @cached_property
    def columns(self) -> tuple[Field, ...]:
        return (*self.generated, *self.fields)

    @cached_property
    def shown(self) -> tuple[Field, ...]:
        return tuple(f for f in self.columns if not f.private)

    @cached_property
    def writable(self) -> tuple[Field, ...]:
        return tuple(f for f in self.fields if f.writable)

    @property
    def default_sort(self) -> str:
        return "-created_at" if self.timestamps else "-id"

    def is_key(self, field: Field) -> bool:
        """Whether a unique constraint holds the field, alone or with others."""
        return any(field.key in keys for keys in self.unique)

    def field(self, key: str) -> Field:
        return next(f for f in self.columns if f.key == key)


@dataclass(frozen=True)
class Service:
    name: str
    auth: str
    user_fields: tuple[Field, ...]
    resources: tuple[Resource, ...]

    def resource(self, name: str) -> Resource:
        return next(r for r in self.resources if r.name == name)

    @property
    def has_users(self) -> bool:
        return self.auth != "none"

    @cached_property
    def admin_needed(self) -> bool:
        return any("admin" in r.access.values() for r in self.resources)


def load_service(path: Path) -> Service:
    """Reads a spec (`backendgen.yaml`), or the answers file of a generated project."""
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    if isinstance(document.get("resources"), list):
        return _service(document)
    from backendgen.answers import answers
    from backendgen.spec.loading import load_spec

    return _service(answers(load_spec(path)))


def _service(answers: Mapping[str, Any]) -> Service:
    return Service(
        name=answers["name"],
        auth=answers["auth"],
        user_fields=tuple(_field(f, "User") for f in answers["user_fields"]),
        resources=tuple(_resource(r) for r in answers["resources"]),
    )


def _resource(row: Mapping[str, Any]) -> Resource:
    fields = tuple(_field(f, row["name"]) for f in row["fields"])
    single = tuple((f.key,) for f in fields if f.unique)
    return Resource(
        name=row["name"],
        plural=row["names"]["kebab_plural"],
        id=row["id"],
        timestamps=row["timestamps"],
        soft_delete=row["soft_delete"],
        versioned=row["versioned"],
        owned=row["owned"],
        access=dict(row["access"]),
        unique=(*single, *(tuple(u["keys"]) for u in row["unique"])),
        search=tuple(row["search"]),
        fields=fields,
    )


def _field(row: Mapping[str, Any], resource: str) -> Field:
    target = row["target"] or {}
    plain = [
        "key",
        "type",
        "length",
        "optional",
        "unique",
        "has_default",
        "default",
        "min",
        "max",
        "min_length",
        "pattern",
        "readonly",
        "private",
        "on_delete",
        "example",
        "other",
        "counterexample",
    ]
    return Field(
        **{name: row[name] for name in plain},
        resource=resource,
        precision=row["precision"] or 12,
        scale=2 if row["scale"] is None else row["scale"],
        values=tuple(v["value"] for v in row["values"]),
        target=target.get("name"),
        target_id=target.get("id"),
    )
