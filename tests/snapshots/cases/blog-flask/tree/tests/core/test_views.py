from uuid import UUID

import pytest
from werkzeug.routing import Map

from app.core.views import IntKey, UuidKey

ID = "01234567-89ab-7def-8123-456789abcdef"


def test_an_id() -> None:
    assert IntKey(Map()).to_python("9223372036854775807") == 2**63 - 1
    assert UuidKey(Map()).to_python(ID) == UUID(ID)


@pytest.mark.parametrize("text", ["x", "0", "-1", "+1", "01", "1.0", "1_0", "1\n", str(2**63)])
def test_what_is_no_number_is_no_rows_id(text: str) -> None:
    assert IntKey(Map()).to_python(text) == 0


@pytest.mark.parametrize("text", ["x", ID[:-1], ID.replace("-", ""), f"{{{ID}}}", f"{ID}\n"])
def test_what_is_no_uuid_is_no_rows_id(text: str) -> None:
    assert UuidKey(Map()).to_python(text) == UUID(int=0)
