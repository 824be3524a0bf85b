import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from pytest_django import Settings


def test_nothing_is_left_to_do_before_production(settings: Settings) -> None:
    """What `manage.py check --deploy` looks for."""
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True  # as in production
    settings.SECRET_KEY = "the sixty-four characters of 32 random bytes in hexadecimal digits"
    call_command("check", deploy=True, fail_level="WARNING")


def test_a_secret_is_asked_for(settings: Settings) -> None:
    settings.SECRET_KEY = "short"
    with pytest.raises(SystemCheckError):
        call_command("check", deploy=True, fail_level="WARNING")
