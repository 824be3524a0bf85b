from pathlib import Path

import pytest

from config.environment import Environment, get_environment

SECRET = "a secret of thirty-two characters"


@pytest.fixture(autouse=True)
def _nothing_is_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Environment.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    get_environment.cache_clear()


def refusal() -> str:
    """What the process says when it does not start."""
    with pytest.raises(SystemExit) as exit_:
        get_environment()
    return str(exit_.value)


def test_development_needs_nothing() -> None:
    settings = get_environment()
    assert (settings.app_env, settings.host, settings.port) == ("development", "127.0.0.1", 8000)
    assert len(settings.secret_key.get_secret_value()) >= 32
    assert settings.shows_docs


@pytest.mark.parametrize("env", ["production", "test"])
def test_elsewhere_nothing_secret_has_a_default(monkeypatch: pytest.MonkeyPatch, env: str) -> None:
    monkeypatch.setenv("APP_ENV", env)
    told = refusal()
    assert "SECRET_KEY" in told
    assert "DATABASE_URL" in told


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("APP_ENV", "staging"),
        ("PORT", "65536"),
        ("PORT", "http"),
        ("SECRET_KEY", "too short"),
        ("DATABASE_URL", "oracle://localhost/x"),
        ("DATABASE_URL", "nonsense"),
        ("REDIS_URL", "http://localhost"),
        ("CORS_ORIGINS", "*"),
        ("CORS_ORIGINS", "https://app.example.com/path"),
        ("TRUSTED_PROXIES", "everyone"),
        ("MAX_BODY_BYTES", "0"),
        ("RATE_LIMIT_DEFAULT", "many"),
        ("DOCS_ENABLED", "perhaps"),
        ("LOG_LEVEL", "loud"),
        ("DB_POOL_SIZE", "0"),
        ("DB_TIMEOUT_SECONDS", "0"),
    ],
)
def test_what_is_wrong_is_told(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    assert f"  {name}: " in refusal()


def test_all_that_is_wrong_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "x")
    monkeypatch.setenv("LOG_LEVEL", "loud")
    told = refusal()
    assert "PORT" in told
    assert "LOG_LEVEL" in told


def test_a_secret_is_never_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "hush-hush")
    assert "hush-hush" not in refusal()
    monkeypatch.setenv("SECRET_KEY", SECRET)
    get_environment.cache_clear()
    assert SECRET not in repr(get_environment())


def test_lists_have_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORS_ORIGINS", "https://a.example.com, https://b.example.com")
    monkeypatch.setenv("TRUSTED_PROXIES", "10.0.0.0/8,192.0.2.1")
    settings = get_environment()
    assert settings.cors_origins == ("https://a.example.com", "https://b.example.com")
    assert settings.trusted_proxies == ("10.0.0.0/8", "192.0.2.1")


def test_the_environment_wins_over_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("PORT=1234\nHOST=0.0.0.0\n", encoding="utf-8")
    monkeypatch.setenv("PORT", "4321")
    assert (get_environment().host, get_environment().port) == ("0.0.0.0", 4321)  # noqa: S104


def test_what_is_set_to_nothing_has_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "")
    monkeypatch.setenv("DATABASE_URL", "")
    assert get_environment().redis_url is None
    assert get_environment().database_url


def test_every_setting_is_documented() -> None:
    example = Path(__file__).parents[2].joinpath(".env.example").read_text(encoding="utf-8")
    for name in Environment.model_fields:
        assert f"\n{name.upper()}=" in example or f"\n# {name.upper()}=" in example, name
