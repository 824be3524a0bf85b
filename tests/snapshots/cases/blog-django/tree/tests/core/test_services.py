"""What services decide by themselves, whoever calls them."""

from collections.abc import Callable

import pytest
from django.db import models

from app.core.access import ANONYMOUS, Access
from app.core.errors import Unauthorized
from app.core.listing import Cursors, ListQuery
from app.core.services import Service


class Secret(models.Model):
    ACCESS = Access(list="owner", read="owner", create="owner", update="owner", delete="owner")

    class Meta:
        abstract = True


class Secrets(Service[Secret]):
    model = Secret


@pytest.mark.parametrize(
    "ask",
    [
        lambda secrets: secrets.page(ListQuery((), Cursors("", ()))),
        lambda secrets: secrets.create({}),
    ],
    ids=["page", "create"],
)
def test_they_ask_who_is_there(ask: Callable[[Secrets], object]) -> None:
    """Views ask as well, before they read what was sent."""
    with pytest.raises(Unauthorized):
        ask(Secrets(ANONYMOUS))
