"""What can be done with the rows of a model, and by whom: the rules that all resources share."""

from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from app.core.access import Action, Actor, admit, authorize, visible
from app.core.errors import FieldError, Invalid, NotFound
from app.core.integrity import deleting, saving
from app.core.listing import ListPage, ListQuery
from app.core.models import SoftDeleted
from app.core.versions import Expected

M = TypeVar("M", bound=models.Model)

KEPT = Q(deleted_at__isnull=True)


class Service(Generic[M]):
    """A resource's own service says which `model`, and what is special about it."""

    model: type[M]

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    @property
    def many(self) -> Mapping[str, str]:
        """The key of each many-to-many relation, by the name of its field."""
        keys: Mapping[str, str] = getattr(self.model, "MANY", {})
        return keys

    def admit(self, action: Action) -> None:
        """Raises Unauthorized, or Forbidden where no row can change the answer."""
        admit(self.actor, action, self.model)

    def page(self, query: ListQuery) -> ListPage[M]:
        self.admit("list")
        found = self._kept().filter(*query.conditions, visible(self.actor, "list", self.model))
        rows = list(found.filter(query.rest).order_by(*query.order)[: query.limit + 1])
        items = rows[: query.limit]
        self._load_ids(items)
        return ListPage(
            items=items,
            next_cursor=query.cursors.after(items[-1]) if len(rows) > query.limit else None,
            total=found.count() if query.include_total else None,
        )

    def get(self, row_id: object) -> M:
        return self._find(row_id, "read", self._kept())

    def create(self, values: Mapping[str, Any]) -> M:
        self.admit("create")
        with saving(self.model):
            columns, relations = self._resolve(values)
            row = self.model(**columns, **self._owner())
            row.save(force_insert=True)
            for name, ids in relations.items():
                getattr(row, name).add(*ids)
                vars(row)[self.many[name]] = ids
        return row

    def update(self, row_id: object, values: Mapping[str, Any], expected: Expected) -> M:
        with saving(self.model):
            row = self._to_change(row_id, "update")
            expected.check(row)
            self.change(row, values)
        return row

    def delete(self, row_id: object, expected: Expected) -> None:
        with deleting():
            row = self._to_change(row_id, "delete")
            expected.check(row)
            if isinstance(row, SoftDeleted):
                row.deleted_at = timezone.now()
                models.Model.save(row, update_fields=["deleted_at"])
            else:
                row.delete()

    def change(self, row: M, values: Mapping[str, Any]) -> None:
        """A row that stays as it was is not written; a list that changes is a change of the row."""
        columns, relations = self._resolve(values)
        changed = {key: value for key, value in columns.items() if getattr(row, key) != value}
        moved = {key: ids for key, ids in relations.items() if _ids(row, key) != set(ids)}
        for key, value in changed.items():
            setattr(row, key, value)
        for key, ids in moved.items():
            getattr(row, key).set(ids)
        if changed or moved:
            row.save(force_update=True)

    def _find(self, row_id: Any, action: Action, rows: QuerySet[M]) -> M:
        self.admit(action)
        row = rows.filter(pk=row_id).first()
        if row is None:
            raise NotFound
        authorize(self.actor, action, row)
        return row

    def _to_change(self, row_id: object, action: Action) -> M:
        """With a lock, so that of two changes at a time the second one sees the first one's."""
        return self._find(row_id, action, self._kept().select_for_update())

    def _kept(self) -> QuerySet[M]:
        rows: QuerySet[M] = self.model._default_manager.all()
        return rows.filter(KEPT) if issubclass(self.model, SoftDeleted) else rows

    def _load_ids(self, rows: Sequence[M]) -> None:
        """Of what the rows refer to: whole objects would cost more than the rest of the page."""
        for name, key in self.many.items():
            relation = _relation(self.model, name)
            this = f"{relation.m2m_field_name()}_id"
            other = f"{relation.m2m_reverse_field_name()}_id"
            ids: dict[Any, list[Any]] = {row.pk: [] for row in rows}
            found = relation.remote_field.through._default_manager.filter(**{f"{this}__in": [*ids]})
            for row_id, other_id in found.values_list(this, other):
                ids[row_id].append(other_id)
            for row in rows:
                vars(row)[key] = ids[row.pk]

    def _owner(self) -> dict[str, Any]:
        is_owned = any(field.name == "owner" for field in self.model._meta.fields)
        return {"owner_id": self.actor.id} if is_owned else {}

    def _resolve(self, values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, list[Any]]]:
        """Columns, and lists of ids. Raises Invalid for ids of no row that the actor may read."""
        relations = {name: values[name] for name in self.many if name in values}
        columns = {key: value for key, value in values.items() if key not in self.many}
        missing = [*self._missing(columns), *self._missing_of_many(relations)]
        if missing:
            errors = [FieldError(f"body.{key}", "reference", "Does not exist") for key in missing]
            raise Invalid(errors=errors)
        return columns, relations

    def _missing(self, columns: Mapping[str, Any]) -> list[str]:
        references = (
            field
            for field in self.model._meta.concrete_fields
            if field.is_relation and columns.get(field.attname) is not None
        )
        return [
            field.attname
            for field in references
            if not self._readable(field.related_model, [columns[field.attname]])
        ]

    def _missing_of_many(self, relations: Mapping[str, Sequence[Any]]) -> list[str]:
        missing = []
        for name, ids in relations.items():
            found = self._readable(_relation(self.model, name).related_model, ids) if ids else set()
            missing += [
                f"{self.many[name]}.{position}"
                for position, row_id in enumerate(ids)
                if row_id not in found
            ]
        return missing

    def _readable(self, target: Any, ids: Sequence[Any]) -> set[Any]:
        rows = target._default_manager.filter(visible(self.actor, "read", target), pk__in=ids)
        rows = rows.filter(KEPT) if issubclass(target, SoftDeleted) else rows
        return set(rows.values_list("pk", flat=True))


def _relation(model: type[models.Model], name: str) -> Any:
    return model._meta.get_field(name)


def _ids(row: models.Model, name: str) -> set[Any]:
    return set(getattr(row, name).values_list("pk", flat=True))
