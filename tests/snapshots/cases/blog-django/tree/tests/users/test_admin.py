"""`make admin`, and the admin site."""

import pytest
from django.contrib.admin import site
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from tests.support.callers import Caller
from tests.users.accounts import PASSWORD, bearing, log_in, register
from tests.users.samples import create_user

EMAIL = "Root@example.com"


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMAIL", EMAIL)
    monkeypatch.setenv("PASSWORD", "a password for root")


def role(anonymous: Caller, password: str) -> str:
    pair = log_in(anonymous, email=EMAIL, password=password)
    me = anonymous.get("/api/v1/auth/me", headers=bearing(pair["access_token"]))
    return str(me.json()["role"])


def test_promotes_who_is_there(anonymous: Caller) -> None:
    register(anonymous, email=EMAIL, password="known to the user")
    call_command("make_admin", verbosity=0)
    assert role(anonymous, "known to the user") == "admin"


def test_makes_an_account(anonymous: Caller) -> None:
    call_command("make_admin")
    assert role(anonymous, "a password for root") == "admin"


@pytest.mark.usefixtures("anonymous")
def test_refuses_a_bad_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSWORD", "short")
    with pytest.raises(CommandError, match="password"):
        call_command("make_admin")


def test_tells_how_to_call_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EMAIL", raising=False)
    with pytest.raises(CommandError, match="make admin EMAIL="):
        call_command("make_admin")


def browser(anonymous: Caller, **values: str) -> Client:
    """Who has logged in to the site with a password, if it let them."""
    user = register(anonymous)
    create_user()
    client = Client()
    if values:
        create_user(**values)
    answered = client.post(
        reverse("admin:login"), {"username": "ADA@example.com", "password": PASSWORD}
    )
    assert (answered.status_code, user["role"]) == (200, "user")
    return client


def test_the_site_lets_no_user_in(anonymous: Caller) -> None:
    client = browser(anonymous)
    assert client.get(reverse("admin:index")).status_code == 302


def test_the_site_shows_every_model(anonymous: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    register(anonymous)
    monkeypatch.setenv("EMAIL", "ada@example.com")
    call_command("make_admin")
    client = Client()
    client.post(reverse("admin:login"), {"username": "ADA@example.com", "password": PASSWORD})
    page = client.get(reverse("admin:index"))
    assert page.status_code == 200
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    for model in site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        assert client.get(reverse(f"{name}_changelist")).status_code == 200, name
        added = client.get(reverse(f"{name}_add")).status_code
        assert added == (403 if model._meta.app_label == "users" else 200), name
    style = client.get("/static/admin/css/base.css")
    assert style.status_code == 200
    style.close()
