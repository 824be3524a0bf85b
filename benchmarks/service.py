"""A generated service against a bare one of the same framework, on the same database, in the same environment under the same server."""

import asyncio
import json
import os
import shutil
import subprocess
import urllib.request
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.load import MakeRequest, Tally, load, request
from benchmarks.pairs import Cost, Figure, at_least, measured
from tests.projects.project import ROOT, Project, free_port, new, stop, wait_until_ready
from tests.projects.service import COMMANDS
from tests.servers import scratch_database

POSTS = "/api/v1/posts"
SEEDED, TAGS, TAGS_OF_A_POST = 500, 20, 2
CONNECTIONS = 16
OPEN_CONNECTIONS, OPEN_SECONDS = 200, 60
DATABASES = ("sqlite", "postgresql")
ENOUGH = at_least(0.85)
# Counted like any other, and never reached.
LIMITS = {"RATE_LIMIT_DEFAULT": "100000000/minute", "RATE_LIMIT_AUTH": "100000000/minute"}
ADMIN = {"email": "ada@example.com", "password": "correct horse battery"}


@dataclass(frozen=True)
class Bare:
    """The file is put into the generated project, whose packages it uses; `drivers` are how it calls databases."""

    file: str
    command: tuple[str, ...]
    drivers: Mapping[str, str]

    def serves(self, project: Project, **env: str) -> AbstractContextManager["Server"]:
        shutil.copy(Path(__file__).with_name(self.file), project.root)
        backend, _, rest = project.database_url.partition(":")
        url = f"{self.drivers.get(backend, backend)}:{rest}"
        return served(project, *self.command, DATABASE_URL=url, **env)


BARE = {
    "fastapi": Bare(
        "bare.py",
        (
            *(".venv/bin/uvicorn", "bare:app", "--log-level", "warning"),
            *("--no-access-log", "--no-proxy-headers", "--no-server-header"),
        ),
        {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"},
    ),
    "flask": Bare(
        "bare_flask.py",
        (".venv/bin/gunicorn", "bare_flask:app", "--threads", "16", "--log-level", "warning"),
        {"sqlite": "sqlite+pysqlite", "postgresql": "postgresql+psycopg"},
    ),
    "django": Bare(
        "bare_django.py",
        (".venv/bin/gunicorn", "bare_django", "--threads", "10", "--log-level", "warning"),
        {},
    ),
    "express": Bare("bare_express.mjs", ("node", "bare_express.mjs"), {}),
}


@dataclass(frozen=True)
class Server:
    port: int
    process: int

    def processor_seconds(self) -> float:
        """Of the process and those that it has started."""
        children = Path(f"/proc/{self.process}/task/{self.process}/children").read_text().split()
        return sum(map(_processor_seconds, [str(self.process), *children]))


def _processor_seconds(process: str) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Services:
    generated: Server
    bare: Server
    tags: tuple[str, ...]

    def token(self) -> str:
        """A new one for each measurement: they are short-lived."""
        token: str = call(self.generated.port, "/api/v1/auth/login", ADMIN)["access_token"]
        return token

    def list_posts(self) -> MakeRequest:
        asked = request("GET", POSTS, self.token())
        return lambda: asked

    def create_post(self) -> MakeRequest:
        token = self.token()
        return lambda: request("POST", POSTS, token, json.dumps(post(self.tags)).encode())


def post(tags: tuple[str, ...]) -> Mapping[str, Any]:
    unique = uuid.uuid4().hex
    chosen = int(unique, 16) % (TAGS - TAGS_OF_A_POST)
    return {
        "title": f"What was learnt on day {unique}",
        "slug": unique,
        "body": "It rained, and it stopped, and it rained again. " * 20,
        "status": "published",
        "published_at": "2026-01-02T03:04:05Z",
        "tag_ids": tags[chosen : chosen + TAGS_OF_A_POST],
    }


def figures(framework: str, database: str, pairs: int, seconds: float) -> Iterator[Figure]:
    with services(framework, database) as both:
        asked: dict[str, tuple[Callable[[], MakeRequest], int]] = {
            "list of 20": (both.list_posts, 200),
            "POST": (both.create_post, 201),
        }
        for name, (make_request, status) in asked.items():

            def rate(server: Server, make: Any = make_request, status: int = status) -> Cost:
                used = server.processor_seconds()
                tally = run(server.port, make(), status, CONNECTIONS, seconds)
                answers = tally.statuses.total()
                return Cost(tally.per_second, answers / (server.processor_seconds() - used))

            title = f"generated / bare, {name}, {framework}, {database}"
            first, second = (lambda: rate(both.generated)), (lambda: rate(both.bare))
            yield measured(title, first, second, pairs, ENOUGH)


def hold(framework: str, database: str, seconds: float = OPEN_SECONDS) -> Tally:
    """Many connections for a while, with no error."""
    with services(framework, database) as both:
        return run(both.generated.port, both.list_posts(), 200, OPEN_CONNECTIONS, seconds)


def run(port: int, make: MakeRequest, status: int, connections: int, seconds: float) -> Tally:
    tally = asyncio.run(load(port, make, connections, seconds))
    if not tally.only(status):
        raise RuntimeError(f"only {status} was expected: {tally.statuses}, {tally.broken} broken")
    return tally


@contextmanager
def services(framework: str, database: str) -> Iterator[Services]:
    with ExitStack() as stack:
        directory = Path(stack.enter_context(TemporaryDirectory(prefix="bench-")))
        url = stack.enter_context(scratch_database(database, directory))
        spec = ROOT / "examples" / "blog.yaml"
        project = new(directory / "blog", spec, framework, database, url)
        project.make("setup", "migrate")
        project.make("admin", EMAIL=ADMIN["email"], PASSWORD=ADMIN["password"])
        generated = stack.enter_context(served(project, *COMMANDS[framework], **LIMITS))
        tags, owner = seed(generated.port)
        bare = BARE[framework].serves(project, OWNER_ID=owner)
        yield Services(generated, stack.enter_context(bare), tags)


def seed(port: int) -> tuple[tuple[str, ...], str]:
    """The ids of the tags, and that of the owner of all posts."""
    token = call(port, "/api/v1/auth/login", ADMIN)["access_token"]
    owner: str = call(port, "/api/v1/auth/me", token=token)["id"]
    made = (call(port, "/api/v1/tags", {"name": f"tag {n}"}, token)["id"] for n in range(TAGS))
    tags = tuple(made)
    for _ in range(SEEDED):
        call(port, POSTS, post(tags), token)
    return tags, owner


@contextmanager
def served(project: Project, *command: str, **env: str) -> Iterator[Server]:
    port, log = free_port(), project.root.parent / "server.log"
    own = {"HOST": "127.0.0.1", "PORT": str(port), "UVICORN_PORT": str(port)}
    production = {"APP_ENV": "production", "NODE_ENV": "production"}
    with log.open("ab") as output:
        server = subprocess.Popen(
            command,
            cwd=project.root,
            env={**project.env, **own, **production, **env},
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        wait_until_ready(f"http://127.0.0.1:{port}", server, log)
        yield Server(port, server.pid)
    finally:
        stop(server)


def call(port: int, path: str, body: Mapping[str, Any] | None = None, token: str = "") -> Any:
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode()
    asked = urllib.request.Request(f"http://127.0.0.1:{port}{path}", data, headers)
    with urllib.request.urlopen(asked) as answer:
        return json.load(answer)
