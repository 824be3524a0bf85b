"""Clients that misbehave, Redis that goes, and a service that is told to end: nothing hangs, and nothing is lost."""

import json
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from itertools import product
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import create_engine, make_url, text

from tests.projects.conftest import DATABASES, Combination
from tests.projects.faults import AT_ONCE, assert_well, unique
from tests.projects.outage import eventually, own_redis
from tests.projects.project import Project
from tests.projects.service import COMMANDS, POSTS, Service, a_post, running
from tests.servers import DRIVERS

CHOICE = (
    (("fastapi", "blog", "postgresql"),),
    tuple(product(COMMANDS, ("blog",), DATABASES)),
)
SECONDS_UNDER_LOAD = 3.0
BOUNDED_SECONDS = 15.0
SOME = 50


@pytest.fixture
def service(combination: Combination, project: Project, tmp_path: Path) -> Iterator[Service]:
    project.make("migrate")
    with running(combination[0], project, tmp_path) as service:
        yield service


def body() -> bytes:
    return json.dumps(a_post(unique())).encode()


def test_clients_that_hang_up(service: Service) -> None:
    """In the middle of the head, of the body, of the answer: more of them than there are connections."""
    whole = service.raw("POST", POSTS, body())
    head = whole.index(b"\r\n\r\n") + 4
    for part in (whole[:20], whole[:head], whole[:-5]):
        for _ in range(SOME):
            hang_up(service, part)
    for _ in range(SOME):
        hang_up(service, service.raw("GET", POSTS))
        hang_up(service, service.raw("POST", POSTS, body()))
    assert_well(service)


def hang_up(service: Service, sent: bytes) -> None:
    with closing(service.connect()) as connection:
        connection.sendall(sent)
        # No farewell: the answer, if there is one, meets a closed door.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


def test_bodies_that_trickle(service: Service) -> None:
    """They hold nothing that others need, and are answered in the end."""
    trickling = [service.connect() for _ in range(SOME)]
    requests = [service.raw("POST", POSTS, body()) for _ in trickling]
    heads = [request.index(b"\r\n\r\n") + 4 for request in requests]
    for connection, request, head in zip(trickling, requests, heads, strict=True):
        connection.sendall(request[:head])
    for byte in range(10):
        for connection, request, head in zip(trickling, requests, heads, strict=True):
            connection.sendall(request[head + byte : head + byte + 1])
        assert service.get().status == 200
    for connection, request, head in zip(trickling, requests, heads, strict=True):
        connection.sendall(request[head + 10 :])
        with closing(connection):
            assert read_all(connection).startswith(b"HTTP/1.1 201")
    assert_well(service)


def test_told_to_end_under_load(service: Service, project: Project) -> None:
    """What was answered 201 is in the database, nothing else is, and no answer is cut short."""
    before, ending = rows(project), Event()
    with ThreadPoolExecutor(AT_ONCE) as threads:
        clients = [threads.submit(write_until, ending, service) for _ in range(AT_ONCE)]
        time.sleep(SECONDS_UNDER_LOAD)
        begun = time.monotonic()
        assert service.stop() == 0
        assert time.monotonic() - begun < BOUNDED_SECONDS
        ending.set()
        answers = [answer for client in clients for answer in client.result()]
    assert len(answers) > AT_ONCE
    assert {answer[:12] for answer in answers} == {b"HTTP/1.1 201"}
    assert all(is_whole(answer) for answer in answers)
    assert rows(project) - before == len(answers)


def write_until(ending: Event, service: Service) -> list[bytes]:
    """The answers; a connection that the service never took up has none."""
    answers = []
    while not ending.is_set():
        with suppress(ConnectionError), closing(service.connect()) as connection:
            connection.sendall(service.raw("POST", POSTS, body()))
            if answer := read_all(connection):
                answers.append(answer)
    return answers


def read_all(connection: socket.socket) -> bytes:
    """Until the other side closes; what came before a reset counts as well."""
    received = b""
    with suppress(ConnectionError):
        while data := connection.recv(65536):
            received += data
    return received


def is_whole(answer: bytes) -> bool:
    head, _, content = answer.partition(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return len(content) == int(lengths[0].partition(b":")[2])


def rows(project: Project) -> int:
    url = make_url(project.database_url)
    backend = url.get_backend_name()
    engine = create_engine(url.set(drivername=DRIVERS.get(backend, backend)))
    with engine.connect() as connection:
        counted = connection.execute(text("SELECT count(*) FROM posts")).scalar_one()
    engine.dispose()
    return int(counted)


def test_redis_goes_and_comes_back(
    combination: Combination, project: Project, tmp_path: Path
) -> None:
    """Requests pass meanwhile, and a warning is logged; afterwards they are counted again."""
    project.make("migrate")
    with own_redis() as redis:
        settings = {"REDIS_URL": redis.url, "RATE_LIMIT_DEFAULT": "100000/minute"}
        with running(combination[0], project, tmp_path, **settings) as service:
            assert service.get("/readyz").response.json()["checks"]["redis"] == "ok"
            redis.stop()
            assert_well_but_for_redis(service)
            redis.start()
            eventually(lambda: service.get("/readyz").status == 200)
            redis.freeze()
            assert_well_but_for_redis(service)
            redis.thaw()
            assert_well(service)


def assert_well_but_for_redis(service: Service) -> None:
    told = len(warnings(service))
    for _ in range(SOME):
        assert service.get().status == 200
    assert service.post(unique()).status == 201
    ready = service.get("/readyz")
    assert (ready.status, ready.response.json()["checks"]["redis"]) == (503, "error")
    # A service may write its log a moment after its answer.
    eventually(lambda: len(warnings(service)) > told, seconds=5)


def warnings(service: Service) -> list[object]:
    return [line for line in service.logged() if line["level"] == "warning"]
