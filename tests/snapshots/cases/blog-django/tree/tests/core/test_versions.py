from typing import Any

import pytest
from django.test import RequestFactory

from app.core.errors import AppError, PreconditionFailed, PreconditionRequired
from app.core.models import Versioned
from app.core.versions import Expected, etag


class Row(Versioned):
    class Meta:
        abstract = True


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        (None, PreconditionRequired),
        ("*", None),
        ('"7"', None),
        ('"6", "7"', None),
        ('"6"', PreconditionFailed),
        ('W/"7"', PreconditionFailed),
        ("7", PreconditionFailed),
        ("", PreconditionFailed),
        ('"7', PreconditionFailed),
        ('"*"', PreconditionFailed),
    ],
)
def test_a_row_is_changed_only_by_who_knows_it(
    sent: str | None, error: type[AppError] | None
) -> None:
    kind: Any = Row
    row = kind.__new__(kind)
    row.version = 7
    headers = {} if sent is None else {"If-Match": sent}
    expected = Expected.of(RequestFactory().patch("/", headers=headers))
    if error:
        with pytest.raises(error):
            expected.check(row)
    else:
        expected.check(row)
    assert etag(row) == '"7"'


def test_a_row_without_versions_is_changed_by_anybody() -> None:
    Expected(None).check(object())
