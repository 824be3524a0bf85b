"""One step down: takes back the migration that was applied last."""

from typing import Any

from django.core.management import BaseCommand, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


class Command(BaseCommand):
    help = "Takes back the migration that was applied last."

    def handle(self, *_args: Any, **_options: Any) -> None:
        recorder = MigrationRecorder(connection)
        last = recorder.migration_qs.order_by("-id").first() if recorder.has_table() else None
        if last is None:
            self.stdout.write("No migration has been applied.")
            return
        call_command("migrate", last.app, _before(last.app, last.name), stdout=self.stdout)


def _before(app: str, name: str) -> str:
    """The migration of the same app that this one continues, or `zero`."""
    migration = MigrationLoader(connection).get_migration(app, name)
    parents = [parent for label, parent in migration.dependencies if label == app]
    return parents[0] if parents else "zero"
