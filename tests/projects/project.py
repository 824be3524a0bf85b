"""A generated project on disk: made by the command, driven by its own make targets, served for real."""

import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SECRET_KEY = "a-secret-key-for-tests-that-is-long-enough"
START_SECONDS = 30
STOP_SECONDS = 20
# Another way of writing a framework's projects, which are tested as if it were one of its own.
STYLES = {
    "flask-restful": ("--framework", "flask", "--api-style", "restful"),
    "express-javascript": ("--framework", "express", "--language", "javascript"),
}


@dataclass(frozen=True)
class Project:
    """`database_url` names the server that its tests and its service use."""

    root: Path
    spec: Path
    database_url: str

    @property
    def env(self) -> dict[str, str]:
        # What pytest and this repository's own environment set is none of the project's business.
        kept = ("PATH", "HOME", "LANG", "CI", "TMPDIR", "PIP_", "XDG_", "BACKENDGEN_")
        own = {key: value for key, value in os.environ.items() if key.startswith(kept)}
        return {**own, "DATABASE_URL": self.database_url, "SECRET_KEY": SECRET_KEY}

    def run(self, *command: str, **env: str) -> str:
        """What the command printed; a failure shows it."""
        done = subprocess.run(
            command,
            cwd=self.root,
            env={**self.env, **env},
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        assert done.returncode == 0, f"{' '.join(command)} exited {done.returncode}:\n{done.stdout}"
        return done.stdout

    def make(self, *targets: str, **env: str) -> str:
        return self.run("make", *targets, **env)

    def backendgen(self, *words: str) -> str:
        return self.run(sys.executable, "-m", "backendgen", *words)

    def hashes(self) -> dict[str, str]:
        """Of every file that is the project's: not of what its tools left behind."""
        tracked = self.run("git", "ls-files", "--cached", "--others", "--exclude-standard")
        files = (self.root / name for name in tracked.splitlines())
        return {
            file.relative_to(self.root).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
            for file in files
            if file.is_file()
        }

    @contextmanager
    def served(self, **env: str) -> Iterator[str]:
        """The base URL of the production server; it must stop by itself on SIGTERM."""
        port = free_port()
        settings = {"HOST": "127.0.0.1", "PORT": str(port), "APP_ENV": "production", **env}
        log = (self.root.parent / "server.log").open("ab")
        server = subprocess.Popen(
            ["make", "start"],
            cwd=self.root,
            env={**self.env, **settings},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            base = f"http://127.0.0.1:{port}"
            wait_until_ready(base, server, Path(log.name))
            yield base
        finally:
            stop(server)
            log.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(base: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{base}/readyz"):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError(f"the service did not become ready:\n{log.read_text()[-4000:]}")


def stop(server: "subprocess.Popen[bytes]") -> None:
    if server.poll() is None:
        os.killpg(server.pid, signal.SIGTERM)
    try:
        server.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        raise


def new(directory: Path, spec: Path, framework: str, database: str, url: str) -> Project:
    """`framework` may be one of STYLES."""
    style = STYLES.get(framework, ("--framework", framework))
    words = ["--spec", str(spec), "--database", database, *style]
    command = [sys.executable, "-m", "backendgen", "new", str(directory), *words, "--no-input"]
    subprocess.run(command, check=True, capture_output=True, text=True)
    project = Project(directory, spec, url)
    project.run("git", "init", "--quiet")
    return project
