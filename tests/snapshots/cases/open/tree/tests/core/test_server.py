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

import httpx2

from app.config import Settings
from tests.support.operations import METHODS, PATH

ROOT = Path(__file__).parents[2]
SECONDS = 30


def environment(settings: Settings, **changes: str) -> dict[str, str]:
    own = {
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": settings.secret_key.get_secret_value(),
        "APP_ENV": "production",
    }
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)} | own | changes


@contextmanager
def server(
    settings: Settings, tmp_path: Path, **changes: str
) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The process and its port, without a file of settings."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = int(listener.getsockname()[1])
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "app"],
            cwd=tmp_path,
            env=environment(settings, PORT=str(port), **changes),
            stdout=log,
            stderr=log,
        )
        try:
            wait_for(port)
            yield process, port
        finally:
            process.kill()
            process.wait()


def wait_for(port: int) -> None:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        with socket.socket() as connection:
            if connection.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("the server did not start")


def test_finishes_what_it_has_begun(settings: Settings, tmp_path: Path) -> None:
    with server(settings, tmp_path) as (process, port):
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
        assert b"server:" not in answer.lower()
        assert process.wait(timeout=SECONDS) == 0
    log = (tmp_path / "log").read_text(encoding="utf-8")
    assert all(line.startswith("{") for line in log.splitlines()), log


def test_believes_no_client_about_its_address(settings: Settings, tmp_path: Path) -> None:
    with server(settings, tmp_path, RATE_LIMIT_DEFAULT="1/minute") as (_, port):
        statuses = [
            httpx2.post(
                f"http://127.0.0.1:{port}{PATH}",
                json=[],
                headers={"X-Forwarded-For": f"192.0.2.{n}"},
                timeout=SECONDS,
            ).status_code
            for n in range(2)
        ]
    assert statuses[1] == (429 if METHODS else 404)


def test_does_not_start_with_settings_that_are_wrong(settings: Settings, tmp_path: Path) -> None:
    wrong = environment(settings, PORT="http", SECRET_KEY="x")
    process = subprocess.run(
        [sys.executable, "-m", "app"], cwd=tmp_path, env=wrong, capture_output=True, check=False
    )
    assert process.returncode == 1
    told = process.stderr.decode()
    assert "PORT" in told
    assert "SECRET_KEY" in told
    assert "Traceback" not in told


def test_refuses_what_is_not_http(settings: Settings, tmp_path: Path) -> None:
    with server(settings, tmp_path) as (_, port):
        answer = answer_to(port, b"GET / HTTP/9.9\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 400 Bad Request\r\n")
    assert b"application/problem+json" in answer


def test_reads_a_long_query(settings: Settings, tmp_path: Path) -> None:
    head = f"GET /healthz?{'x' * 20_000} HTTP/1.1\r\nConnection: close\r\n\r\n"
    with server(settings, tmp_path) as (_, port):
        answer = answer_to(port, head.encode())
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")


def answer_to(port: int, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=SECONDS) as connection:
        connection.sendall(request)
        return connection.makefile("rb").read()


def test_refuses_a_head_that_does_not_end(settings: Settings, tmp_path: Path) -> None:
    with server(settings, tmp_path) as (_, port):
        answer = answer_to(port, b"GET / HTTP/1.1\r\nX-Long: ".ljust(65_540, b"x"))
    assert answer.startswith(b"HTTP/1.1 400 Bad Request\r\n")
