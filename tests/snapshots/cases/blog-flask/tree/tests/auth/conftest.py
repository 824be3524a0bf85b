import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher


@pytest.fixture(autouse=True)
def _cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hash is costly on purpose: test_passwords.py looks at the real ones."""
    cheap = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))
    monkeypatch.setattr("app.auth.security._hasher", cheap)
    monkeypatch.setattr("app.auth.security._nobodys_hash", cheap.hash("nobody's"))
