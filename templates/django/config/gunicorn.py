"""The production server: `gunicorn --config config/gunicorn.py config.wsgi`."""

from django.db import connections

from app.core.logging import configuration
from config.environment import get_environment

_environment = get_environment()

bind = f"{_environment.host}:{_environment.port}"
# Limits and measurements are counted in the process: more of these means more services beside each other.
workers = 1
worker_class = "config.worker.Worker"
threads = _environment.db_pool_size
graceful_timeout = 30
limit_request_line = 8190
forwarded_allow_ips = ""  # the application's own middleware knows TRUSTED_PROXIES
logconfig_dict = configuration(_environment.log_level)


def worker_exit(_server: object, _worker: object) -> None:
    for connection in connections.all(initialized_only=True):
        close_pool = getattr(connection, "close_pool", None)
        if close_pool is not None:
            close_pool()
