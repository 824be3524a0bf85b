from collections.abc import AsyncIterator, Iterator

import pytest
from fastapi import FastAPI

from app.config import Settings
from app.core.model import Base
from app.main import create_app
from tests.support.callers import Caller
from tests.support.databases import scratch_database
from tests.support.statements import delete_rows, migrate, settings_for
from tests.users.samples import signed_in


@pytest.fixture(scope="session")
def settings() -> Iterator[Settings]:
    with scratch_database() as url:
        migrate(url)
        yield settings_for(url)


@pytest.fixture(scope="session")
async def app(settings: Settings) -> AsyncIterator[FastAPI]:
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture(autouse=True)
async def _no_rows_left(request: pytest.FixtureRequest) -> AsyncIterator[None]:
    """Each test begins with an empty database; one that asks for none of it pays nothing."""
    yield
    if "app" in request.fixturenames:
        app: FastAPI = request.getfixturevalue("app")
        await delete_rows(app.state.database.engine, Base.metadata)


@pytest.fixture
async def anonymous(app: FastAPI) -> AsyncIterator[Caller]:
    async with Caller(app) as caller:
        yield caller


@pytest.fixture
async def alice(anonymous: Caller) -> AsyncIterator[Caller]:
    async with await signed_in(anonymous) as caller:
        yield caller


@pytest.fixture
async def bob(anonymous: Caller) -> AsyncIterator[Caller]:
    async with await signed_in(anonymous) as caller:
        yield caller


@pytest.fixture
async def admin(anonymous: Caller) -> AsyncIterator[Caller]:
    async with await signed_in(anonymous, role="admin") as caller:
        yield caller


@pytest.fixture
def callers(anonymous: Caller, alice: Caller, bob: Caller, admin: Caller) -> dict[str, Caller]:
    return {"anonymous": anonymous, "alice": alice, "bob": bob, "admin": admin}


@pytest.fixture
def api(admin: Caller) -> Caller:
    """Someone whom every access rule lets pass."""
    return admin
