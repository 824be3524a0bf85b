"""The settings of the tests, whatever this machine's environment and .env say."""

import os
import tempfile
from pathlib import Path

import django

SECRET_KEY = "only for tests, " * 4


def set_up_django() -> None:
    """With settings of its own."""
    directory = tempfile.mkdtemp(prefix="scratch-")
    url = f"sqlite:///{Path(directory, 'scratch.db').as_posix()}"
    os.environ.update(
        DJANGO_SETTINGS_MODULE="config.settings",
        APP_ENV="test",
        DATABASE_URL=url,
        SECRET_KEY=SECRET_KEY,
        REDIS_URL="",
        CORS_ORIGINS="",
        TRUSTED_PROXIES="",
        MAX_BODY_BYTES="",
        RATE_LIMIT_DEFAULT="off",
        RATE_LIMIT_AUTH="off",
        DOCS_ENABLED="",
        LOG_LEVEL="info",
    )
    django.setup()
