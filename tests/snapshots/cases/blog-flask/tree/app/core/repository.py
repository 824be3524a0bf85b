"""What the services ask of the database, for any model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Table,
    delete,
    exists,
    func,
    inspect,
    select,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, load_only
from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.sql.base import ExecutableOption

from app.core.access import Actor, visible
from app.core.columns import SoftDeleted, Versioned
from app.core.errors import Conflict, FieldError, Invalid, NotFound, PreconditionFailed
from app.core.integrity import REFERENCE, breaks, domain_error
from app.core.listing import ListPage, ListQuery
from app.core.model import Base, Timestamps, now

M = TypeVar("M", bound=Base)


@dataclass(frozen=True)
class ToOne:
    """The key of a reference, and what it refers to."""

    key: str
    target: type[Any]


@dataclass(frozen=True)
class ToMany:
    """The key of a list of ids, the relationship it stands for, and what it refers to."""

    key: str
    relationship: str
    target: type[Any]


class BaseRepository(Generic[M]):
    """`options` load what is shown with a row; lists take the ids alone."""

    model: type[M]
    options: Sequence[ExecutableOption] = ()
    to_one: Sequence[ToOne] = ()
    to_many: Sequence[ToMany] = ()

    def __init__(self, session: Session) -> None:
        self.session = session

    def get(self, row_id: object, *, to_change: bool = False) -> M | None:
        """With a lock, so that of two changes at a time the second one sees the first one's."""
        query = select(self.model).where(_id(self.model) == row_id, *_kept(self.model))
        if to_change:
            query = query.with_for_update()
        return self.session.scalar(query.options(*self.options))

    def page(self, query: ListQuery, actor: Actor) -> ListPage[M]:
        conditions = (
            *query.conditions,
            *visible(actor, "list", self.model),
            *_kept(self.model),
        )
        rows = (
            self.session.scalars(
                select(self.model)
                .where(*conditions, *query.rest)
                .order_by(*query.order)
                .limit(query.limit + 1)
            )
        ).all()
        items = rows[: query.limit]
        self._load_ids(items)
        return ListPage(
            items=items,
            next_cursor=query.cursors.after(items[-1]) if len(rows) > query.limit else None,
            total=self._count(conditions) if query.include_total else None,
        )

    def resolve(self, values: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
        """Lists of ids become rows. Raises Invalid for ids of no row that the actor may read."""
        resolved = dict(values)
        missing = self._missing(values, actor)
        for each in self.to_many:
            if each.key in values:
                ids = resolved.pop(each.key)
                rows = self._rows(each.target, ids, actor)
                resolved[each.relationship] = list(rows.values())
                missing += [f"{each.key}.{n}" for n, row_id in enumerate(ids) if row_id not in rows]
        if missing:
            errors = [FieldError(f"body.{key}", "reference", "Does not exist") for key in missing]
            raise Invalid(errors=errors)
        return resolved

    def add(self, row: M) -> None:
        self.session.add(row)

    def change(self, row: M, values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            setattr(row, name, value)
        for each in self.to_many:
            vars(row).pop(each.key, None)
        if any(_is_changed(row, each.relationship) for each in self.to_many):
            _touch(row)

    def delete(self, row: M) -> None:
        if isinstance(row, SoftDeleted):
            row.deleted_at = now()
            return
        this = delete(self.model).where(_id(self.model) == _id(row))
        if isinstance(row, Versioned):
            this = this.where(type(row).version == row.version)
        try:
            deleted = self.session.execute(this)
        except IntegrityError as error:
            if breaks(error, REFERENCE):
                raise Conflict("Something still refers to it") from error
            raise
        if not cast("CursorResult[Any]", deleted).rowcount:
            raise PreconditionFailed if isinstance(row, Versioned) else NotFound

    def commit(self) -> None:
        """What the database refuses is told as what it means."""
        try:
            self.session.commit()
        except IntegrityError as error:
            raise domain_error(error, _table(self.model)) or error from error
        except StaleDataError as error:
            if issubclass(self.model, Versioned):
                raise PreconditionFailed from error
            raise Conflict("It has been changed by another request") from error

    def _load_ids(self, rows: Sequence[M]) -> None:
        """Of what the rows refer to: whole objects would cost more than the rest of the page."""
        for each in self.to_many:
            relationship = inspect(self.model).relationships[each.relationship]
            ((_, left),) = relationship.synchronize_pairs
            ((_, right),) = relationship.secondary_synchronize_pairs or ()
            query = select(left, right).where(left.in_([_id(row) for row in rows]))
            ids: dict[Any, list[Any]] = {_id(row): [] for row in rows}
            for row_id, other_id in self.session.execute(query):
                ids[row_id].append(other_id)
            for row in rows:
                vars(row)[each.key] = sorted(ids[_id(row)])

    def _count(self, conditions: Sequence[ColumnElement[bool]]) -> int:
        query = select(func.count()).select_from(self.model).where(*conditions)
        return self.session.scalar(query) or 0

    def _missing(self, values: Mapping[str, Any], actor: Actor) -> list[str]:
        """One statement for all references to single rows."""
        sent = [each for each in self.to_one if values.get(each.key) is not None]
        if not sent:
            return []
        found = (
            exists().where(*_readable(each.target, [values[each.key]], actor)) for each in sent
        )
        row = self.session.execute(select(*found)).one()
        return [each.key for each, is_there in zip(sent, row, strict=True) if not is_there]

    def _rows(self, target: type[Any], ids: Sequence[Any], actor: Actor) -> dict[Any, Any]:
        if not ids:
            return {}
        query = select(target).where(*_readable(target, ids, actor))
        rows = self.session.scalars(query.options(load_only(_id(target))))
        return {row.id: row for row in rows}


def _readable(
    target: type[Any], ids: Sequence[Any], actor: Actor
) -> tuple[ColumnElement[bool], ...]:
    return (_id(target).in_(ids), *visible(actor, "read", target), *_kept(target))


def _kept(model: type[Any]) -> tuple[ColumnElement[bool], ...]:
    return (model.deleted_at.is_(None),) if issubclass(model, SoftDeleted) else ()


def _id(model: Any) -> Any:
    return model.id


def _table(model: type[Base]) -> Table:
    return cast("Table", model.__table__)


def _is_changed(row: Base, relationship: str) -> bool:
    return bool(inspect(row).attrs[relationship].history.has_changes())


def _touch(row: Base) -> None:
    """A list is kept in another table, but its change is a change of the row as well."""
    if isinstance(row, Timestamps):
        row.updated_at = now()
    elif isinstance(row, Versioned):
        columns = (attribute.key for attribute in inspect(row).mapper.column_attrs)
        flag_modified(row, next(key for key in columns if key not in {"id", "version"}))
