"""One step down: takes back the change that was applied last."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.apps import apps
from django.core.management import BaseCommand, call_command
from django.db import connection
from django.db.migrations.graph import MigrationGraph
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

Key = tuple[str, str]


class Command(BaseCommand):
    help = "Takes back the change that was applied last, with all of its migrations."

    def handle(self, *_args: Any, **_options: Any) -> None:
        applied = Applied.read()
        if not applied.keys:
            self.stdout.write("No migration has been applied.")
        for app, before in applied.before_last_change().items():
            call_command("migrate", app, before, stdout=self.stdout)


@dataclass(frozen=True)
class Applied:
    """The migrations of the project's own apps that the database has, in the order it got them."""

    graph: MigrationGraph
    keys: Sequence[Key]

    @classmethod
    def read(cls) -> Self:
        graph = MigrationLoader(connection).graph
        recorder = MigrationRecorder(connection)
        rows = recorder.migration_qs.order_by("id") if recorder.has_table() else []
        own = {each.label for each in apps.get_app_configs() if each.name.startswith("app.")}
        found = [(row.app, row.name) for row in rows if row.app in own]
        return cls(graph, [key for key in found if key in graph.nodes])

    def before_last_change(self) -> dict[str, str]:
        """The migration, or `zero`, that each app goes back to; the app that was last comes first."""
        before = {}
        for app, name in reversed(self._last_change()):
            migration: Any = self.graph.nodes[app, name]
            own = (parent for label, parent in migration.dependencies if label == app)
            before[app] = next(own, "zero")
        return before

    def _last_change(self) -> Sequence[Key]:
        """A migration without a number was written by hand, and is a change of its own."""
        newest = max(map(self._number, self.keys), default=0)
        change = [key for key in self.keys if newest and self._number(key) == newest]
        after = self.keys[self.keys.index(change[-1]) :] if change else self.keys
        depending = {each for key in change for each in self.graph.backwards_plan(key)}
        alone = [key for key in self.keys if not self._number(key) and key in {*after, *depending}]
        return alone[-1:] or change

    def _number(self, key: Key) -> int:
        number: int = getattr(self.graph.nodes[key], "change", 0)
        return number
