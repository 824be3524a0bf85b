from tests.support.environment import set_up_django

set_up_django()

from collections.abc import Iterator

import pytest

from app.core.rate_limit import rate_limiter
from tests.support.callers import Caller
from tests.users.samples import signed_in


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet() -> Iterator[None]:
    rate_limiter.cache_clear()
    yield
    rate_limiter.cache_clear()


@pytest.fixture
def anonymous(db: None) -> Caller:  # noqa: ARG001 - asking for it is what it is for
    """With the database: a transaction is taken back after each test, if it is not marked otherwise."""
    return Caller()


@pytest.fixture
def alice(anonymous: Caller) -> Caller:
    return signed_in(anonymous)


@pytest.fixture
def bob(anonymous: Caller) -> Caller:
    return signed_in(anonymous)


@pytest.fixture
def admin(anonymous: Caller) -> Caller:
    return signed_in(anonymous, role="admin")


@pytest.fixture
def callers(anonymous: Caller, alice: Caller, bob: Caller, admin: Caller) -> dict[str, Caller]:
    return {"anonymous": anonymous, "alice": alice, "bob": bob, "admin": admin}


@pytest.fixture
def api(admin: Caller) -> Caller:
    """Someone whom every access rule lets pass."""
    return admin
