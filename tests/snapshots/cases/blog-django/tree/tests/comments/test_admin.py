"""Comments in the admin site."""

from typing import Any

from app.comments.models import Comment
from tests.comments import samples
from tests.support.admin import Pages
from tests.support.callers import Caller


def create(admin: Caller) -> Comment:
    return Comment.objects.get(pk=samples.create(admin))


def shown(admin: Caller) -> list[dict[str, Any]]:
    """What the API says, without what is different each time."""
    own = {"id", "owner_id", "created_at", "updated_at"}
    return [{key: row[key] for key in set(row) - own} for row in admin.walk(samples.URL)]


def test_rows_are_listed(admin: Caller) -> None:
    row = create(admin)
    page = Pages(admin, Comment).ask("changelist")
    assert [*page["cl"].result_list] == [row]


def test_a_row_is_made(admin: Caller) -> None:
    row, before = create(admin), shown(admin)
    pages = Pages(admin, Comment)
    form = pages.filled(row, "add")
    Comment.objects.filter(pk=row.pk).delete()
    pages.add(form)
    assert shown(admin) == before
    assert str(Comment.objects.get().owner_id) == admin.user_id


def test_a_row_is_changed(admin: Caller) -> None:
    row, before = create(admin), shown(admin)
    pages = Pages(admin, Comment)
    pages.change(row.pk, pages.filled(row, "change", row.pk))
    assert shown(admin) == before
