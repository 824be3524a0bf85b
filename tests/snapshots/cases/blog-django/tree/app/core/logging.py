"""One JSON object a line on stdout."""

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)

# What every record carries, and what Django adds to those of requests; anything else came as `extra=`.
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {
    "message",
    "asctime",
    "request",
    "status_code",
}


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": request_id.get(),
        }
        line |= {key: value for key, value in vars(record).items() if key not in _STANDARD}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


class BugsOnly(logging.Filter):
    """What answers 503 knows why, and has told it; Django would call it an error again."""

    def filter(self, record: logging.LogRecord) -> bool:
        return bool(record.exc_info)


def configuration(level: str) -> dict[str, Any]:
    """Libraries tell what they warn of, whatever the level: some would log SQL with its values."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": JsonFormatter}},
        "filters": {"bugs": {"()": BugsOnly}},
        "handlers": {
            "stdout": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stdout",
                "formatter": "json",
            }
        },
        "root": {"level": "WARNING", "handlers": ["stdout"]},
        "loggers": {
            "app": {"level": level.upper()},
            "gunicorn": {"level": level.upper()},
            "gunicorn.access": {"level": "CRITICAL"},  # the application writes its own line
            "django": {"handlers": [], "propagate": True, "level": "WARNING"},
            # What is wrong with a request is in the access line; a traceback is an error.
            "django.request": {"level": "ERROR", "filters": ["bugs"]},
            "django.security": {"level": "ERROR"},
        },
    }
