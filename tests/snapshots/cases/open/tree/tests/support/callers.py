"""Who calls the API in a test."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import httpx2
from fastapi import FastAPI
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from app.config import Settings
from app.main import create_app


class Caller(httpx2.AsyncClient):
    """A client of the application in this process, without a network in between."""

    def __init__(self, app: FastAPI, user_id: UUID | None = None, **headers: str) -> None:
        transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
        super().__init__(transport=transport, base_url="http://test", headers=headers)
        self.app = app
        self.user_id = None if user_id is None else str(user_id)

    def session(self) -> AsyncSession:
        """The database as it is, beside the API."""
        session: AsyncSession = self.app.state.database.writing()
        return session

    async def hand_over(self, model: Any, row_id: Any, owner_id: str) -> None:
        """The row is another's from now on."""
        key = UUID(row_id) if isinstance(row_id, str) else row_id
        async with self.session() as session:
            owner = {"owner_id": UUID(owner_id)}
            await session.execute(update(model).where(model.id == key).values(**owner))
            await session.commit()

    async def walk(self, url: str, **parameters: Any) -> list[Any]:
        """The rows of all pages, each of which comes once: else there might be no end."""
        rows: list[Any] = []
        while True:
            response = await self.get(url, params=parameters)
            assert response.status_code == 200, response.text
            page = response.json()
            assert all(row not in rows for row in page["items"]), page
            rows += page["items"]
            if page["next_cursor"] is None:
                return rows
            parameters["cursor"] = page["next_cursor"]


@asynccontextmanager
async def application(settings: Settings) -> AsyncIterator[Caller]:
    """A caller of another application than the one that the tests share."""
    app = create_app(settings)
    async with app.router.lifespan_context(app), Caller(app) as caller:
        yield caller


def raw(value: Any, **headers: str) -> dict[str, Any]:
    """A body with what `json=` does not let through: 1e400, which is more than a float holds."""
    content = json.dumps(value).replace("Infinity", "1e400")
    return {"content": content, "headers": {"Content-Type": "application/json", **headers}}
