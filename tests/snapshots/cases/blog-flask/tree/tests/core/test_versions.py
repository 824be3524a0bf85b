from typing import Any

import pytest

from app.config import Settings
from app.core.versions import etag, expected
from tests.support.callers import application


class Row:
    """Of the seventh version."""

    version = 7


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (None, 428),
        ("*", 200),
        ('"7"', 200),
        ('"6", "7"', 200),
        ('"6"', 412),
        ('W/"7"', 412),
        ("7", 412),
        ("", 412),
        ('"7', 412),
        ('"*"', 412),
    ],
)
def test_a_row_is_changed_only_by_who_knows_it(
    settings: Settings, sent: str | None, status: int
) -> None:
    row: Any = Row()

    def change() -> str:
        expected().check(row)
        return ""

    with application(settings) as caller:
        caller.app.add_url_rule("/row", view_func=change, methods=["PATCH"])
        headers = {} if sent is None else {"If-Match": sent}
        response = caller.patch("/row", headers=headers)
    assert response.status_code == status


def test_a_version_has_a_tag() -> None:
    row: Any = Row()
    assert etag(row) == '"7"'
