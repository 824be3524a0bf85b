"""The whole run: what holds for every answer of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import pytest

from tests.contract.client import Answer, Journal
from tests.contract.problems import flaws

pytestmark = pytest.mark.last


def wrong(journal: Journal, is_right: Callable[[Answer], bool]) -> list[str]:
    """The first answers that are not right, each test once."""
    found = {answer.test: str(answer) for answer in journal.answers if not is_right(answer)}
    assert journal.answers, "nothing was asked"
    return list(found.values())[:10]


def of_the_service(answers: Iterable[Answer]) -> list[Answer]:
    """Without what the HTTP server itself refused before the service saw it."""
    return [answer for answer in answers if "x-request-id" in answer.headers]


def test_never_a_500(journal: Journal) -> None:
    assert wrong(journal, lambda answer: answer.status < 500) == []


def test_every_problem_is_a_problem_document(journal: Journal) -> None:
    seen = of_the_service(journal.answers)
    found = {a.test: (flaws(a), str(a)) for a in seen if flaws(a)}
    assert list(found.values())[:10] == []


def test_every_answer_has_a_request_id(journal: Journal) -> None:
    """What is no HTTP never reaches the service; everything under /api/v1 else does."""
    asked = [answer for answer in journal.answers if "broken_framing" not in answer.test]
    lost = [str(a) for a in asked if "x-request-id" not in a.headers and "hostile" not in a.test]
    assert lost[:10] == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
    ],
)
def test_every_answer_has_the_header(journal: Journal, name: str, value: str) -> None:
    seen = Journal(of_the_service(journal.answers))
    assert wrong(seen, lambda answer: answer.headers.get(name) == value) == []


def test_every_answer_has_a_content_security_policy(journal: Journal) -> None:
    seen = Journal([a for a in of_the_service(journal.answers) if a.path != "/docs"])
    assert wrong(seen, lambda answer: "content-security-policy" in answer.headers) == []


def test_no_answer_names_the_server(journal: Journal) -> None:
    seen = Journal(of_the_service(journal.answers))

    def is_silent(answer: Answer) -> bool:
        version = re.search(r"\d", answer.headers.get("server", ""))
        return version is None and "x-powered-by" not in answer.headers

    assert wrong(seen, is_silent) == []


def test_no_answer_sets_a_cookie(journal: Journal) -> None:
    assert wrong(journal, lambda answer: "set-cookie" not in answer.headers) == []


def test_every_401_says_how(journal: Journal) -> None:
    def says(answer: Answer) -> bool:
        return answer.status != 401 or answer.headers.get("www-authenticate", "")[:6] == "Bearer"

    assert wrong(journal, says) == []


def test_every_405_says_what_else(journal: Journal) -> None:
    seen = Journal(of_the_service(journal.answers))
    assert wrong(seen, lambda answer: answer.status != 405 or "allow" in answer.headers) == []


def test_every_answer_to_someone_is_not_stored(journal: Journal) -> None:
    def is_private(answer: Answer) -> bool:
        stored = answer.headers.get("cache-control") != "no-store"
        return not ("authorization" in answer.sent and stored)

    assert wrong(Journal(of_the_service(journal.answers)), is_private) == []


def test_no_body_holds_an_internal(journal: Journal) -> None:
    """Nothing of the framework, the database or the disk is told to a client."""
    tells = re.compile(
        r"Traceback|sqlalchemy|psycopg|asyncpg|aiosqlite|asyncmy|pymysql|prisma|pydantic|django|"
        r"site-packages|node_modules|SELECT .* FROM|INSERT INTO|IntegrityError|UNIQUE constraint|"
        r"\bat .*\.[jt]s:\d+",
        re.IGNORECASE,
    )
    problems = Journal([a for a in journal.answers if a.status >= 400])
    assert wrong(problems, lambda a: not tells.search(a.content.decode("utf-8", "replace"))) == []
