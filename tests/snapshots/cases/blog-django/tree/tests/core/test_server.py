"""The production server, as a process."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from tests.support.environment import SECRET_KEY
from tests.support.operations import PATH

ROOT = Path(__file__).parents[2]
SECONDS = 30
GUNICORN = (sys.executable, "-m", "gunicorn", "--config", f"{ROOT}/config/gunicorn.py")


def environment(**changes: str) -> dict[str, str]:
    own = {
        "DATABASE_URL": os.environ["DATABASE_URL"],
        "SECRET_KEY": SECRET_KEY,
        "APP_ENV": "production",
        "PYTHONPATH": str(ROOT),
        "PATH": os.environ["PATH"],
    }
    return own | changes


@contextmanager
def server(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The process and its port, without a file of settings."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = int(listener.getsockname()[1])
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own server
            [*GUNICORN, "config.wsgi"],
            cwd=tmp_path,
            env=environment(PORT=str(port)),
            stdout=log,
            stderr=log,
        )
        try:
            wait_for(port)
            yield process, port
        finally:
            process.terminate()
            process.wait(timeout=SECONDS)


def wait_for(port: int) -> None:
    """The port is open before anybody answers."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        try:
            with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=SECONDS):
                return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError("the server did not start")


def test_finishes_what_it_has_begun(tmp_path: Path) -> None:
    with server(tmp_path) as (process, port):
        with socket.create_connection(("127.0.0.1", port), timeout=SECONDS) as connection:
            connection.sendall(
                f"POST {PATH} HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n"
                "Content-Length: 2\r\nConnection: close\r\n\r\n[".encode()
            )
            time.sleep(0.5)
            process.send_signal(signal.SIGTERM)
            time.sleep(0.5)
            assert process.poll() is None
            connection.sendall(b"]")
            answer = connection.makefile("rb").read()
        assert answer.startswith(b"HTTP/1.1 4")
        assert b"application/problem+json" in answer
        assert b"server: gunicorn\r\n" in answer.lower()
        process.wait(timeout=SECONDS)
    log = (tmp_path / "log").read_text(encoding="utf-8")
    assert all(line.startswith("{") for line in log.splitlines()), log


def test_does_not_start_with_settings_that_are_wrong(tmp_path: Path) -> None:
    wrong = environment(PORT="http", SECRET_KEY="x")
    process = subprocess.run(  # noqa: S603 - our own server
        [*GUNICORN, "config.wsgi"], cwd=tmp_path, env=wrong, capture_output=True, check=False
    )
    assert process.returncode != 0
    told = process.stderr.decode()
    assert "PORT" in told
    assert "SECRET_KEY" in told
    assert "Traceback" not in told


def test_refuses_what_is_not_http(tmp_path: Path) -> None:
    with server(tmp_path) as (_, port):
        answer = answer_to(port, b"GET / HTTP/9.9\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 400 Bad Request\r\n")
    assert b"application/problem+json" in answer


def test_reads_a_long_query(tmp_path: Path) -> None:
    head = f"GET /healthz?{'x' * 20_000} HTTP/1.1\r\nConnection: close\r\n\r\n"
    with server(tmp_path) as (_, port):
        answer = answer_to(port, head.encode())
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")


def answer_to(port: int, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=SECONDS) as connection:
        connection.sendall(request)
        return connection.makefile("rb").read()
