import asyncio
import datetime as dt
from typing import Any

import pytest
from sqlalchemy import func, select, update

from app.auth.model import RefreshToken
from tests.auth.accounts import bearing, log_in, problems, register
from tests.support.callers import Caller

URL = "/api/v1/auth/refresh"


async def refresh(anonymous: Caller, pair: dict[str, Any]) -> Any:
    return await anonymous.post(URL, json={"refresh_token": pair["refresh_token"]})


async def test_rotates(anonymous: Caller) -> None:
    user = await register(anonymous)
    old = await log_in(anonymous)
    response = await refresh(anonymous, old)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    new = response.json()
    assert set(new) == {"access_token", "refresh_token", "token_type", "expires_in"}
    assert new["refresh_token"] != old["refresh_token"]
    me = await anonymous.get("/api/v1/auth/me", headers=bearing(new["access_token"]))
    assert me.json() == user
    assert (await refresh(anonymous, new)).status_code == 200


async def test_a_token_used_again_revokes_its_family(anonymous: Caller) -> None:
    await register(anonymous)
    other = await log_in(anonymous)
    old = await log_in(anonymous)
    new = (await refresh(anonymous, old)).json()
    assert (await refresh(anonymous, old)).status_code == 401
    assert (await refresh(anonymous, new)).status_code == 401
    assert (await refresh(anonymous, other)).status_code == 200


async def test_of_two_that_race_one_gets_a_pair(anonymous: Caller) -> None:
    await register(anonymous)
    for _ in range(3):  # the first opens the connections that the next ones race on
        pair = await log_in(anonymous)
        race = [refresh(anonymous, pair) for _ in range(4)]
        statuses = sorted([response.status_code for response in await asyncio.gather(*race)])
        assert statuses in ([200, 401, 401, 401], [401] * 4)


async def test_expires(anonymous: Caller) -> None:
    await register(anonymous)
    pair = await log_in(anonymous)
    async with anonymous.session() as session:
        now = dt.datetime.now(dt.UTC)
        left = (await session.scalars(select(RefreshToken.expires_at))).one() - now
        assert dt.timedelta(days=29) < left <= dt.timedelta(days=30)
        past = now - dt.timedelta(seconds=1)
        await session.execute(update(RefreshToken).values(expires_at=past))
        await session.commit()
    assert (await refresh(anonymous, pair)).status_code == 401


async def test_is_not_kept_as_it_is(anonymous: Caller) -> None:
    await register(anonymous)
    pair = await log_in(anonymous)
    async with anonymous.session() as session:
        kept = (await session.scalars(select(RefreshToken.token_hash))).one()
    assert pair["refresh_token"] not in kept
    assert len(pair["refresh_token"]) >= 43  # 256 bits in base 64


@pytest.mark.parametrize("token", ["", "x", "x" * 1000])
async def test_what_is_no_token(anonymous: Caller, token: str) -> None:
    response = await anonymous.post(URL, json={"refresh_token": token})
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"


async def test_refuses(anonymous: Caller) -> None:
    response = await anonymous.post(URL, json={"refresh_token": 1})
    assert problems(response) == {("body.refresh_token", "type")}
    assert problems(await anonymous.post(URL, json={})) == {("body.refresh_token", "required")}


async def test_logout_revokes_the_family(anonymous: Caller) -> None:
    await register(anonymous)
    first = await log_in(anonymous)
    second = (await refresh(anonymous, first)).json()
    for token in (second["refresh_token"], first["refresh_token"], "unknown"):
        response = await anonymous.post("/api/v1/auth/logout", json={"refresh_token": token})
        assert (response.status_code, response.content) == (204, b"")
    assert (await refresh(anonymous, second)).status_code == 401
    async with anonymous.session() as session:
        assert await session.scalar(select(func.count()).select_from(RefreshToken)) == 0
