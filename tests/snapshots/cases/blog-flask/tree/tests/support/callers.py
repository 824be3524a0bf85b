"""Who calls the API in a test."""

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar
from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.config import Settings
from app.core.extensions import db
from app.main import Application, create_app

T = TypeVar("T")


class Caller(FlaskClient):
    """A client of the application in this process, without a network in between."""

    def __init__(self, app: Application, user_id: UUID | None = None, **headers: str) -> None:
        super().__init__(app, app.response_class)
        self.app = app
        self.headers = headers
        self.user_id = None if user_id is None else str(user_id)
        self.environ_base |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}

    @property
    def settings(self) -> Settings:
        settings: Settings = self.app.extensions["settings"]
        return settings

    @property
    def engine(self) -> Engine:
        return engine_of(self.app)

    def open(self, *args: Any, **options: Any) -> TestResponse:
        """Files that are sent are read to their end, and closed."""
        return super().open(*args, buffered=True, **options)

    def request(self, method: str, path: str, **options: Any) -> TestResponse:
        return self.open(path, method=method, **options)

    def session(self) -> Session:
        """The database as it is, beside the API."""
        return Session(self.engine, expire_on_commit=False)

    def hand_over(self, model: Any, row_id: Any, owner_id: str) -> None:
        """The row is another's from now on."""
        key = UUID(row_id) if isinstance(row_id, str) else row_id
        with self.session() as session:
            owner = {"owner_id": UUID(owner_id)}
            session.execute(update(model).where(model.id == key).values(**owner))
            session.commit()

    def walk(self, url: str, **parameters: Any) -> list[Any]:
        """The rows of all pages, each of which comes once: else there might be no end."""
        rows: list[Any] = []
        while True:
            response = self.get(url, query_string=parameters)
            assert response.status_code == 200, response.text
            page = response.get_json()
            assert all(row not in rows for row in page["items"]), page
            rows += page["items"]
            if page["next_cursor"] is None:
                return rows
            parameters["cursor"] = page["next_cursor"]


def engine_of(app: Application) -> Engine:
    with app.app_context():
        return db.engine


@contextmanager
def application(settings: Settings) -> Iterator[Caller]:
    """A caller of another application than the one that the tests share."""
    app = create_app(settings)
    try:
        yield Caller(app)
    finally:
        engine_of(app).dispose()


def at_once(calls: Sequence[Callable[[], T]]) -> list[T]:
    """What the calls return, each made in a thread of its own."""
    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(lambda call: call(), calls))


def raw(value: Any, **headers: str) -> dict[str, Any]:
    """A body with what `json=` does not let through: 1e400, which is more than a float holds."""
    content = json.dumps(value).replace("Infinity", "1e400")
    return {"data": content, "headers": {"Content-Type": "application/json", **headers}}
