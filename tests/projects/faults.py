"""What the tests of faults have in common."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from tests.projects.outage import eventually
from tests.projects.service import Answer, Service

TIMEOUT = 2.0
IMPATIENT = {"DB_TIMEOUT_SECONDS": str(TIMEOUT)}
# A wait for a connection, one for its turn, one for its answer; the rest is for a busy machine.
PATIENCE = 3 * TIMEOUT + 9
AT_ONCE = 16


def together(ask: Callable[[int], Answer]) -> list[Answer]:
    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(ask, range(AT_ONCE)))


def assert_unavailable(*answers: Answer) -> None:
    assert [answer.status for answer in answers] == [503] * len(answers)
    assert all(answer.says_unavailable() for answer in answers)
    assert max(answer.seconds for answer in answers) < PATIENCE


def assert_well(service: Service) -> None:
    eventually(lambda: service.get("/readyz").status == 200, seconds=30)
    assert {answer.status for answer in together(lambda _: service.get())} == {200}
    assert {answer.status for answer in together(lambda _: service.post(unique()))} == {201}


def assert_ill(service: Service) -> None:
    assert_unavailable(*together(lambda _: service.get()), service.post(unique()))
    ready = service.get("/readyz")
    assert (ready.status, ready.response.json()["checks"]["database"]) == (503, "error")
    assert ready.seconds < PATIENCE
    assert service.get("/healthz").status == 200


def unique() -> str:
    return uuid.uuid4().hex
