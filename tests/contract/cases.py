"""Tests are made from the spec: each resource, field or rule of it that a test is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from tests.contract.domain import ACTIONS, Field, Resource, Service

Choose = Callable[[Service], Iterable[object]]


def each(name: str, choose: Choose) -> pytest.MarkDecorator:
    """Runs the test once for each thing chosen from the spec; not at all if there is none."""
    return pytest.mark.each.with_args(name, choose)


def only(applies: Callable[[Service], bool]) -> pytest.MarkDecorator:
    """Drops the test for specs that it says nothing about."""
    return pytest.mark.only.with_args(applies)


with_users = only(lambda service: service.has_users)
without_users = only(lambda service: not service.has_users)


def resources(*conditions: Callable[[Resource], Any]) -> Choose:
    return lambda service: [r for r in service.resources if all(c(r) for c in conditions)]


def fields(*conditions: Callable[[Field], Any], of: str = "fields") -> Choose:
    """Fields of every resource; `of` is `fields`, `columns`, `shown` or `writable`."""

    def choose(service: Service) -> Iterable[object]:
        every = (f for r in service.resources for f in getattr(r, of))
        return [f for f in every if all(condition(f) for condition in conditions)]

    return choose


def rules(*actions: str) -> Choose:
    """Each resource with each of these actions, by default all."""
    return lambda service: [
        (resource, action) for resource in service.resources for action in actions or ACTIONS
    ]


def name_of(case: object) -> str:
    if type(case) is tuple:
        return "-".join(name_of(part) for part in case)
    return str(case)
