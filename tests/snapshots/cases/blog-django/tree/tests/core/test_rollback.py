"""Which migrations one step down takes back."""

from typing import Any

import pytest
from django.db.migrations import Migration
from django.db.migrations.graph import MigrationGraph

from app.core.management.commands.rollback import Applied

# Name, number of the change, and what it depends on, in the order in which a database got them.
FIRST = [("a.1", 1, []), ("b.1", 1, ["a.1"]), ("a.2", 1, ["a.1", "b.1"])]
SECOND = [("c.1", 2, ["a.2"]), ("b.2", 2, ["b.1", "c.1"])]


def applied(migrations: list[tuple[str, int, list[str]]]) -> Applied:
    graph = MigrationGraph()
    for name, number, parents in migrations:
        own: dict[str, Any] = {"dependencies": [(each[0], each[2:]) for each in parents]}
        kind = type("Migration", (Migration,), own | ({"change": number} if number else {}))
        graph.add_node((name[0], name[2:]), kind(name[2:], name[0]))
    for name, _, parents in migrations:
        for parent in parents:
            graph.add_dependency(name, (name[0], name[2:]), (parent[0], parent[2:]))
    return Applied(graph, [(name[0], name[2:]) for name, *_ in migrations])


@pytest.mark.parametrize(
    ("migrations", "before"),
    [
        ([], {}),
        (FIRST, {"a": "zero", "b": "zero"}),
        (FIRST + SECOND, {"b": "1", "c": "zero"}),
        ([SECOND[0], *FIRST, SECOND[1]], {"b": "1", "c": "zero"}),
        ([("a.1", 0, []), ("a.2", 0, ["a.1"])], {"a": "1"}),
        ([*FIRST, ("d.1", 0, [])], {"d": "zero"}),
        ([*FIRST, ("b.2", 0, ["b.1"]), ("c.1", 2, ["b.2"])], {"c": "zero"}),
        ([SECOND[0], ("c.2", 0, ["c.1"]), *FIRST, SECOND[1]], {"c": "1"}),
    ],
)
def test_a_step_is_a_change(
    migrations: list[tuple[str, int, list[str]]], before: dict[str, str]
) -> None:
    """Those of a number go together, whatever their apps; any other goes alone, and first."""
    assert applied(migrations).before_last_change() == before
