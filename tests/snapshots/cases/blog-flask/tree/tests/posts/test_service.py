"""What the service of posts decides, without HTTP and without a database."""

from contextlib import AbstractContextManager, nullcontext
from typing import Any
from uuid import UUID

import pytest

from app.core.access import ANONYMOUS, Actor
from app.core.errors import AppError, Forbidden, NotFound, Unauthorized
from app.core.listing import Cursors, ListQuery
from app.posts.model import Post
from app.posts.repository import PostRepository
from app.posts.schema import PostCreate, PostUpdate
from app.posts.service import PostService
from tests.posts import samples
from tests.support.fakes import InMemory
from tests.support.samples import body

OWNER = Actor(UUID(int=1), "user")
OTHER = Actor(UUID(int=2), "user")
ADMIN = Actor(UUID(int=3), "admin")
ROW_ID = UUID(int=4)
MISSING_ID = UUID(int=5)
EVERYTHING = ListQuery((), Cursors(b"", "", ()))


class Fake(InMemory, PostRepository):
    """The rows of a test."""


def service(fake: Fake, actor: Actor) -> PostService:
    return PostService(fake, actor)


def refusal(error: type[AppError] | None) -> AbstractContextManager[object]:
    return pytest.raises(error) if error else nullcontext()


def creation() -> PostCreate:
    return PostCreate.model_validate(body(samples.FIELDS))


def change() -> dict[str, Any]:
    return {"title": samples.FIELDS[0].other}


def stored() -> Fake:
    """One row, which is the owner's."""
    fake = Fake()
    values = fake.resolve(dict(creation()), ANONYMOUS)
    row = Post(**values)
    row.id = ROW_ID
    row.owner_id = UUID(int=1)
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
def test_who_may_list(actor: Actor, error: type[AppError] | None) -> None:
    fake = stored()
    with refusal(error):
        page = service(fake, actor).page(EVERYTHING)
        assert page.items == list(fake.rows.values())


@pytest.mark.parametrize(
    ("actor", "error"),
    [
        (ANONYMOUS, None),
        (OTHER, None),
        (ADMIN, None),
        (OWNER, None),
    ],
)
def test_who_may_read(actor: Actor, error: type[AppError] | None) -> None:
    fake = stored()
    with refusal(error):
        assert service(fake, actor).get(ROW_ID) is fake.rows[ROW_ID]


@pytest.mark.parametrize(
    ("actor", "error"),
    [
        (ANONYMOUS, Unauthorized),
        (OTHER, None),
        (ADMIN, None),
        (OWNER, None),
    ],
)
def test_who_may_create(actor: Actor, error: type[AppError] | None) -> None:
    fake = Fake()
    with refusal(error):
        row = service(fake, actor).create(creation())
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
def test_who_may_update(actor: Actor, error: type[AppError] | None) -> None:
    fake = stored()
    row = fake.rows[ROW_ID]
    data = PostUpdate.model_validate(change())
    before = {key: getattr(row, key) for key in change()}
    with refusal(error):
        assert service(fake, actor).update(ROW_ID, data) is row
    after = {key: getattr(row, key) for key in change()}
    assert after == (before if error else {key: getattr(data, key) for key in change()})
    assert fake.commits == (0 if error else 1)


@pytest.mark.parametrize(
    ("actor", "error"),
    [
        (ANONYMOUS, Unauthorized),
        (OTHER, Forbidden),
        (ADMIN, None),
        (OWNER, None),
    ],
)
def test_who_may_delete(actor: Actor, error: type[AppError] | None) -> None:
    fake = stored()
    with refusal(error):
        service(fake, actor).delete(ROW_ID)
    assert (len(fake.rows), fake.commits) == ((1, 0) if error else (0, 1))


def test_what_is_not_there_is_not_found() -> None:
    fake = stored()
    may_all = service(fake, ADMIN)
    with pytest.raises(NotFound):
        may_all.get(MISSING_ID)
    with pytest.raises(NotFound):
        may_all.update(MISSING_ID, PostUpdate())
    with pytest.raises(NotFound):
        may_all.delete(MISSING_ID)
    assert (len(fake.rows), fake.commits) == (1, 0)
