"""A generated service as a process of its own, asked the way a client asks."""

import json
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx2

from tests.projects.project import Project, free_port, wait_until_ready

# What `make start` runs: asked directly, the exit code is the service's own.
COMMANDS = {
    "fastapi": (".venv/bin/python", "-m", "app"),
    "flask": (".venv/bin/gunicorn", "--config", "python:app.server"),
    "django": (".venv/bin/gunicorn", "--config", "config/gunicorn.py", "config.wsgi"),
    "express": ("node", "dist/server.js"),
    "express-javascript": ("node", "src/server.js"),
}
CLIENT_SECONDS = 30
FRESH_CONNECTIONS = httpx2.Limits(max_connections=None, max_keepalive_connections=0)
STOP_SECONDS = 40
POSTS = "/api/v1/posts"
ACCOUNT = {"email": "ada@example.com", "password": "correct horse battery"}


@dataclass(frozen=True)
class Service:
    process: "subprocess.Popen[bytes]"
    port: int
    log: Path
    client: httpx2.Client
    token: str = ""

    def ask(self, method: str, path: str, body: Any = None) -> "Answer":
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        begun = time.monotonic()
        answer = self.client.request(method, path, json=body, headers=headers)
        return Answer(answer, time.monotonic() - begun)

    def get(self, path: str = POSTS) -> "Answer":
        return self.ask("GET", path)

    def post(self, slug: str) -> "Answer":
        return self.ask("POST", POSTS, a_post(slug))

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=CLIENT_SECONDS)

    def raw(self, method: str, path: str, body: bytes = b"", length: int | None = None) -> bytes:
        """A request of one connection; `length` where another one than the body's is told."""
        lines = [
            f"{method} {path} HTTP/1.1",
            "Host: test",
            "Connection: close",
            f"Authorization: Bearer {self.token}",
            "Content-Type: application/json",
            f"Content-Length: {len(body) if length is None else length}",
        ]
        return "\r\n".join([*lines, "", ""]).encode() + body

    def logged(self) -> list[Mapping[str, Any]]:
        """Every line, each of which must be JSON: a traceback that escaped is not."""
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(STOP_SECONDS)


@dataclass(frozen=True)
class Answer:
    response: httpx2.Response
    seconds: float

    @property
    def status(self) -> int:
        return self.response.status_code

    def says_unavailable(self) -> bool:
        """In a problem document, as the contract has it."""
        kind = self.response.headers["Content-Type"].partition(";")[0]
        if self.status != 503 or kind != "application/problem+json":
            return False
        return bool(self.response.json()["type"] == "urn:problem:unavailable")


def a_post(slug: str) -> dict[str, Any]:
    return {"title": "Of faults", "slug": slug, "body": "and how they end"}


@contextmanager
def running(framework: str, project: Project, directory: Path, **env: str) -> Iterator[Service]:
    """With an account of its own; afterwards the log tells of no bug."""
    port, log = free_port(), directory / "service.log"
    settings = {"HOST": "127.0.0.1", "PORT": str(port), "APP_ENV": "production"}
    limits = {"RATE_LIMIT_DEFAULT": "off", "RATE_LIMIT_AUTH": "off"}
    with log.open("wb") as output:
        process = subprocess.Popen(
            COMMANDS[framework],
            cwd=project.root,
            env={**project.env, **settings, **limits, **env},
            stdout=output,
            stderr=output,
        )
    base = f"http://127.0.0.1:{port}"
    client = httpx2.Client(base_url=base, timeout=CLIENT_SECONDS, limits=FRESH_CONNECTIONS)
    try:
        wait_until_ready(base, process, log)
        anonymous = Service(process, port, log, client)
        anonymous.ask("POST", "/api/v1/auth/register", ACCOUNT)
        pair = anonymous.ask("POST", "/api/v1/auth/login", ACCOUNT).response.json()
        service = replace(anonymous, token=pair["access_token"])
        yield service
        assert process.poll() is not None or service.stop() == 0
        assert not [line for line in service.logged() if line["level"] in {"error", "critical"}]
    finally:
        client.close()
        process.kill()
        process.wait()
