from collections.abc import Iterator

import pytest
from django.db import connection, connections

from app.core.databases import limit_statements


@pytest.fixture
def _limited(transactional_db: None) -> Iterator[None]:
    assert transactional_db is None
    options = connections.settings["default"]["OPTIONS"]
    before = {key: dict(each) if isinstance(each, dict) else each for key, each in options.items()}
    start_anew()
    limit_statements(1)
    yield
    options.clear()
    options.update(before)
    start_anew()


def start_anew() -> None:
    connection.close()


@pytest.mark.usefixtures("_limited")
def test_the_service_does_not_wait_for_ever() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


@pytest.mark.usefixtures("_limited")
def test_text_is_folded_in_every_script() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT lower('\u00c4\u00d6')")
        assert cursor.fetchone() == ("\u00e4\u00f6",)
