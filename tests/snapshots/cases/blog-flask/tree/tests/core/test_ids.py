import pytest

from app.core.ids import uuid7


def test_later_ids_are_greater(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = []
    for milliseconds in (1, 2, 2**40):
        now = milliseconds * 1_000_000
        with monkeypatch.context() as patch:
            patch.setattr("app.core.ids.time.time_ns", lambda now=now: now)
            ids.append(uuid7())
    assert [each.int >> 80 for each in ids] == [1, 2, 2**40]
    assert {each.version for each in ids} == {7}
    assert uuid7() != uuid7()
