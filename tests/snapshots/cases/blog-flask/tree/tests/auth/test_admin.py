"""`make admin`."""

import pytest

from app.auth.admin import main
from app.config import Settings, get_settings
from app.main import Application
from tests.auth.accounts import bearing, log_in, register
from tests.support.callers import Caller

EMAIL = "Root@example.com"
PASSWORD = "a password for root"


@pytest.fixture
def _environment(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    monkeypatch.setenv("SECRET_KEY", settings.secret_key.get_secret_value())
    monkeypatch.setenv("LOG_LEVEL", "warning")
    monkeypatch.setenv("EMAIL", EMAIL)
    monkeypatch.setenv("PASSWORD", PASSWORD)
    get_settings.cache_clear()


def role(anonymous: Caller, password: str) -> str:
    pair = log_in(anonymous, email=EMAIL, password=password)
    me = anonymous.get("/api/v1/auth/me", headers=bearing(pair["access_token"]))
    return str(me.get_json()["role"])


@pytest.fixture
def user(anonymous: Caller) -> Caller:
    """Someone who has the address already."""
    register(anonymous, email=EMAIL, password="known to the user")
    return anonymous


@pytest.fixture
def _promoted(user: Caller, _environment: None) -> None:
    assert user
    main()


@pytest.mark.usefixtures("_promoted")
def test_promotes_who_is_there(user: Caller) -> None:
    assert role(user, "known to the user") == "admin"


@pytest.fixture
def _made(anonymous: Caller, _environment: None) -> None:
    assert anonymous
    main()


@pytest.mark.usefixtures("_made")
def test_makes_an_account(anonymous: Caller) -> None:
    assert role(anonymous, PASSWORD) == "admin"


@pytest.mark.usefixtures("_environment")
def test_refuses_a_bad_password(app: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    assert app
    monkeypatch.setenv("PASSWORD", "short")
    with pytest.raises(SystemExit, match="password"):
        main()


def test_tells_how_to_call_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EMAIL", raising=False)
    with pytest.raises(SystemExit, match="make admin EMAIL="):
        main()
