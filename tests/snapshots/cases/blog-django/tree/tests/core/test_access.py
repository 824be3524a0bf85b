"""Who may do what, rule by rule."""

from contextlib import AbstractContextManager, nullcontext
from typing import Any
from uuid import UUID

import pytest
from django.db.models import Q

from app.core import access
from app.core.access import ANONYMOUS, EVERYTHING, NOTHING, Access, Action, Actor, Rule
from app.core.errors import AppError, Forbidden, NotFound, Unauthorized

OWNER = Actor(UUID(int=1), "user")
OTHER = Actor(UUID(int=2), "user")
ADMIN = Actor(UUID(int=3), "admin")


def guarded(rule: Rule, read: Rule = "public") -> Any:
    """A kind of row that is the owner's."""

    class Row:
        ACCESS = Access(list=rule, read=read, create=rule, update=rule, delete=rule)
        owner_id = UUID(int=1)

    return Row


def refusal(error: type[AppError] | None) -> AbstractContextManager[object]:
    return pytest.raises(error) if error else nullcontext()


@pytest.mark.parametrize("action", ["list", "create"])
@pytest.mark.parametrize(
    ("rule", "actor", "error"),
    [
        ("public", ANONYMOUS, None),
        ("authenticated", ANONYMOUS, Unauthorized),
        ("authenticated", OTHER, None),
        ("owner", ANONYMOUS, Unauthorized),
        ("owner", OTHER, None),
        ("admin", ANONYMOUS, Unauthorized),
        ("admin", OTHER, Forbidden),
        ("admin", ADMIN, None),
    ],
)
def test_without_a_row(
    rule: Rule, actor: Actor, error: type[AppError] | None, action: Action
) -> None:
    with refusal(error):
        access.admit(actor, action, guarded(rule))


@pytest.mark.parametrize("action", ["update", "delete"])
@pytest.mark.parametrize(
    ("rule", "read", "actor", "error"),
    [
        ("public", "admin", ANONYMOUS, None),
        ("authenticated", "public", ANONYMOUS, Forbidden),
        ("authenticated", "admin", OTHER, None),
        ("owner", "public", OTHER, Forbidden),
        ("owner", "authenticated", OTHER, Forbidden),
        ("owner", "owner", OTHER, NotFound),
        ("owner", "admin", OTHER, NotFound),
        ("owner", "admin", OWNER, None),
        ("admin", "public", OWNER, Forbidden),
        ("admin", "owner", OWNER, Forbidden),
        ("admin", "owner", OTHER, NotFound),
        ("admin", "admin", OWNER, NotFound),
        ("admin", "admin", ADMIN, None),
        ("owner", "owner", ADMIN, None),
    ],
)
def test_with_a_row(
    rule: Rule, read: Rule, actor: Actor, error: type[AppError] | None, action: Action
) -> None:
    with refusal(error):
        access.authorize(actor, action, guarded(rule, read)())


@pytest.mark.parametrize(
    ("rule", "actor", "condition"),
    [
        ("public", ANONYMOUS, EVERYTHING),
        ("authenticated", ANONYMOUS, NOTHING),
        ("authenticated", OTHER, EVERYTHING),
        ("owner", ANONYMOUS, NOTHING),
        ("owner", OWNER, Q(owner_id=OWNER.id)),
        ("owner", ADMIN, EVERYTHING),
        ("admin", OTHER, NOTHING),
        ("admin", ADMIN, EVERYTHING),
    ],
)
def test_in_a_query(rule: Rule, actor: Actor, condition: Q) -> None:
    assert access.visible(actor, "list", guarded(rule)) == condition
