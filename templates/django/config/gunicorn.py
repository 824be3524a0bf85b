"""The production server: `gunicorn --config config/gunicorn.py config.wsgi`."""

from typing import Any

from django.db import connections

from app.core.logging import configuration
from app.core.worker import LONGEST_REQUEST_LINE, Worker
from config.environment import get_environment

SECONDS_TO_FINISH = 30
SLOW_CLIENTS = 100

_environment = get_environment()

bind = f"{_environment.host}:{_environment.port}"
# Limits and measurements are counted in the process: more of these means more services beside each other.
workers = 1
worker_class = Worker
# Beside those that use a connection: they wait for clients that are slow to send or to read.
threads = _environment.db_pool_size + SLOW_CLIENTS
graceful_timeout = SECONDS_TO_FINISH
control_socket_disable = True  # signals are enough, and one in $HOME is shared by all services
limit_request_line = LONGEST_REQUEST_LINE
forwarded_allow_ips = ""  # the application's own middleware knows TRUSTED_PROXIES
logconfig_dict = configuration(_environment.log_level)


def pre_request(_worker: object, request: Any) -> None:
    """Whoever sends or takes nothing for so long is let go, and a thread with it."""
    request.unreader.sock.settimeout(SECONDS_TO_FINISH)


def worker_exit(_server: object, _worker: object) -> None:
    for connection in connections.all(initialized_only=True):
        close_pool = getattr(connection, "close_pool", None)
        if close_pool is not None:
            close_pool()
