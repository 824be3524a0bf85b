from collections.abc import Iterator

import pytest

from app.config import Settings
from app.core.model import Base
from app.main import Application, create_app
from tests.support.callers import Caller, engine_of
from tests.support.databases import scratch_database
from tests.support.statements import delete_rows, migrate, settings_for
from tests.users.samples import signed_in


@pytest.fixture(scope="session")
def settings() -> Iterator[Settings]:
    with scratch_database() as url:
        migrate(url)
        yield settings_for(url)


@pytest.fixture(scope="session")
def app(settings: Settings) -> Iterator[Application]:
    app = create_app(settings)
    yield app
    engine_of(app).dispose()


@pytest.fixture(autouse=True)
def _no_rows_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Each test begins with an empty database; one that asks for none of it pays nothing."""
    yield
    if "app" in request.fixturenames:
        app: Application = request.getfixturevalue("app")
        delete_rows(engine_of(app), Base.metadata)


@pytest.fixture
def anonymous(app: Application) -> Caller:
    return Caller(app)


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
