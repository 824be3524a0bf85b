from django.apps import AppConfig
from django.db.backends.signals import connection_created

from app.core.databases import prepare


class CoreConfig(AppConfig):
    name = "app.core"

    def ready(self) -> None:
        connection_created.connect(prepare)
