"""Who may do what: every rule of every resource is applied here, to single rows and to queries."""

from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, false

from app.core.errors import Forbidden, NotFound, Unauthorized

Rule = Literal["public", "authenticated", "owner", "admin"]
Action = Literal["list", "read", "create", "update", "delete"]


@dataclass(frozen=True, kw_only=True)
class Access:
    """A rule for each action. An admin passes every rule."""

    list: Rule
    read: Rule
    create: Rule
    update: Rule
    delete: Rule


@dataclass(frozen=True)
class Actor:
    """Who asks. Without an id it is nobody in particular."""

    id: UUID | None = None
    role: str = "anonymous"

    @property
    def is_admin(self) -> bool:
        return self.role == "admin"


ANONYMOUS = Actor()
OPEN = Access(list="public", read="public", create="public", update="public", delete="public")


def rule_of(model: Any, action: Action) -> Rule:
    """Models without `__access__` are open: only other rows refer to them."""
    rule: Rule = getattr(getattr(model, "__access__", OPEN), action)
    return rule


def admit(actor: Actor, action: Action, model: type[Any]) -> None:
    """Raises Unauthorized, or Forbidden where no row can change the answer."""
    rule = rule_of(model, action)
    if rule != "public" and actor.id is None:
        raise Unauthorized
    if rule == "admin" and action in {"list", "create"} and not actor.is_admin:
        raise Forbidden


def authorize(actor: Actor, action: Action, row: Any) -> None:
    """Raises Forbidden on a row that the actor may read, else NotFound."""
    if permits(actor, rule_of(row, action), row):
        return
    if permits(actor, rule_of(row, "read"), row):
        raise Forbidden
    raise NotFound


def permits(actor: Actor, rule: Rule, row: Any) -> bool:
    if rule == "public" or actor.is_admin:
        return True
    if rule == "admin" or actor.id is None:
        return False
    return rule == "authenticated" or bool(row.owner_id == actor.id)


def visible(
    actor: Actor, action: Literal["list", "read"], model: Any
) -> tuple[ColumnElement[bool], ...]:
    """`permits` as conditions of a query."""
    rule = rule_of(model, action)
    if rule == "public" or actor.is_admin:
        return ()
    if rule == "admin" or actor.id is None:
        return (false(),)
    return () if rule == "authenticated" else (model.owner_id == actor.id,)
