"""Gunicorn's settings: `gunicorn --config python:app.server`."""

from typing import Any

from gunicorn.glogging import Logger

from app.config import get_settings
from app.core.logging import configure_logging
from app.core.worker import LONGEST_REQUEST_LINE, Worker

SECONDS_TO_FINISH = 30
SLOW_CLIENTS = 100

settings = get_settings()


class JsonLines(Logger):
    """Gunicorn's own lines, as all others are written; the application tells of each request."""

    def setup(self, cfg: Any) -> None:
        self.cfg = cfg
        self.error_log.propagate = True
        configure_logging(settings.log_level)

    def access(self, *_args: Any, **_options: Any) -> None:
        pass


wsgi_app = "app.main:create_app()"
bind = f"{settings.host}:{settings.port}"
# One process, as rate limits and metrics are counted in it; more than one want REDIS_URL.
workers = 1
worker_class = Worker
# Beside those that use a connection: they wait for clients that are slow to send or to read.
threads = settings.db_pool_size + SLOW_CLIENTS
graceful_timeout = SECONDS_TO_FINISH
control_socket_disable = True  # signals are enough, and one in $HOME is shared by all services
limit_request_line = LONGEST_REQUEST_LINE
logger_class = JsonLines


def pre_request(_worker: Any, request: Any) -> None:
    """Whoever sends or takes nothing for so long is let go, and with him a thread."""
    request.unreader.sock.settimeout(SECONDS_TO_FINISH)


def worker_exit(_server: Any, worker: Any) -> None:
    from app.core.extensions import db  # noqa: PLC0415 - the application is the worker's

    with worker.wsgi.app_context():
        db.engine.dispose()
