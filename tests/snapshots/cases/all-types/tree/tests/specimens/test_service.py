"""What the service of specimens decides, without HTTP and without a database."""

from contextlib import AbstractContextManager, nullcontext
from typing import Any
from uuid import UUID

import pytest

from app.core.access import ANONYMOUS, Actor
from app.core.errors import (
    AppError,
    Forbidden,
    NotFound,
    PreconditionFailed,
    PreconditionRequired,
    Unauthorized,
)
from app.core.listing import Cursors, ListQuery
from app.core.versions import Expected
from app.specimens.model import Specimen
from app.specimens.repository import SpecimenRepository
from app.specimens.schema import SpecimenCreate, SpecimenUpdate
from app.specimens.service import SpecimenService
from tests.specimens import samples
from tests.support.fakes import InMemory
from tests.support.samples import body

OWNER = Actor(UUID(int=1), "user")
OTHER = Actor(UUID(int=2), "user")
ADMIN = Actor(UUID(int=3), "admin")
ROW_ID = UUID(int=4)
MISSING_ID = UUID(int=5)
CURRENT = Expected(frozenset({"7"}))
EVERYTHING = ListQuery((), Cursors(b"", "", ()))


class Fake(InMemory, SpecimenRepository):
    """The rows of a test."""


def service(fake: Fake, actor: Actor) -> SpecimenService:
    return SpecimenService(fake, actor)


def refusal(error: type[AppError] | None) -> AbstractContextManager[object]:
    return pytest.raises(error) if error else nullcontext()


def creation() -> SpecimenCreate:
    values: dict[str, Any] = body(samples.FIELDS) | {
        "person_id": str(UUID(int=6)),
    }
    return SpecimenCreate.model_validate(values)


def change() -> dict[str, Any]:
    return {"string_plain": samples.FIELDS[0].other}


async def stored() -> Fake:
    """One row, which is the owner's."""
    fake = Fake()
    values = await fake.resolve(dict(creation()), ANONYMOUS)
    row = Specimen(**values)
    row.id = ROW_ID
    row.owner_id = UUID(int=1)
    row.version = 7
    return Fake(row)


@pytest.mark.parametrize(
    ("actor", "error"),
    [
        (ANONYMOUS, None),
        (OTHER, None),
        (ADMIN, None),
        (OWNER, None),
    ],
)
async def test_who_may_list(actor: Actor, error: type[AppError] | None) -> None:
    fake = await stored()
    with refusal(error):
        page = await service(fake, actor).page(EVERYTHING)
        assert page.items == list(fake.rows.values())


@pytest.mark.parametrize(
    ("actor", "error"),
    [
        (ANONYMOUS, Unauthorized),
        (OTHER, None),
        (ADMIN, None),
        (OWNER, None),
    ],
)
async def test_who_may_read(actor: Actor, error: type[AppError] | None) -> None:
    fake = await stored()
    with refusal(error):
        assert await service(fake, actor).get(ROW_ID) is fake.rows[ROW_ID]


@pytest.mark.parametrize(
    ("actor", "error"),
    [
        (ANONYMOUS, Unauthorized),
        (OTHER, None),
        (ADMIN, None),
        (OWNER, None),
    ],
)
async def test_who_may_create(actor: Actor, error: type[AppError] | None) -> None:
    fake = Fake()
    with refusal(error):
        row = await service(fake, actor).create(creation())
        assert list(fake.rows.values()) == [row]
        assert row.owner_id == actor.id
    assert (len(fake.rows), fake.commits) == ((0, 0) if error else (1, 1))


@pytest.mark.parametrize(
    ("actor", "error"),
    [
        (ANONYMOUS, Unauthorized),
        (OTHER, Forbidden),
        (ADMIN, None),
        (OWNER, None),
    ],
)
async def test_who_may_update(actor: Actor, error: type[AppError] | None) -> None:
    fake = await stored()
    row = fake.rows[ROW_ID]
    data = SpecimenUpdate.model_validate(change())
    before = {key: getattr(row, key) for key in change()}
    with refusal(error):
        assert await service(fake, actor).update(ROW_ID, data, CURRENT) is row
    after = {key: getattr(row, key) for key in change()}
    assert after == (before if error else {key: getattr(data, key) for key in change()})
    assert fake.commits == (0 if error else 1)


@pytest.mark.parametrize(
    ("actor", "error"),
    [
        (ANONYMOUS, Unauthorized),
        (OTHER, Forbidden),
        (ADMIN, None),
        (OWNER, Forbidden),
    ],
)
async def test_who_may_delete(actor: Actor, error: type[AppError] | None) -> None:
    fake = await stored()
    with refusal(error):
        await service(fake, actor).delete(ROW_ID, CURRENT)
    assert (len(fake.rows), fake.commits) == ((1, 0) if error else (0, 1))


async def test_what_is_not_there_is_not_found() -> None:
    fake = await stored()
    may_all = service(fake, ADMIN)
    with pytest.raises(NotFound):
        await may_all.get(MISSING_ID)
    with pytest.raises(NotFound):
        await may_all.update(MISSING_ID, SpecimenUpdate(), CURRENT)
    with pytest.raises(NotFound):
        await may_all.delete(MISSING_ID, CURRENT)
    assert (len(fake.rows), fake.commits) == (1, 0)


@pytest.mark.parametrize(
    ("expected", "error"),
    [
        (Expected(None), PreconditionRequired),
        (Expected(frozenset({"6"})), PreconditionFailed),
    ],
)
async def test_what_has_changed_meanwhile(expected: Expected, error: type[AppError]) -> None:
    fake = await stored()
    may_all = service(fake, ADMIN)
    with pytest.raises(error):
        await may_all.update(ROW_ID, SpecimenUpdate(), expected)
    with pytest.raises(error):
        await may_all.delete(ROW_ID, expected)
    assert (len(fake.rows), fake.commits) == (1, 0)
