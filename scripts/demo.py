"""The README's demo: generate a project, install it, start it on SQLite, show an object that a request created.

Usage: demo.py DIRECTORY
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SPEC = ROOT / "examples" / "blog.yaml"
START_SECONDS = 30


def run(*command: str | Path, cwd: Path = ROOT) -> None:
    print("\n$", " ".join(str(part) for part in command), flush=True)
    subprocess.run(command, cwd=cwd, check=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def request(url: str, body: Mapping[str, Any] | None = None, token: str | None = None) -> Any:
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    data = json.dumps(body).encode() if body is not None else None
    with urllib.request.urlopen(urllib.request.Request(url, data, headers)) as response:
        return json.load(response)


@contextmanager
def served(project: Path) -> Iterator[str]:
    """`make start` on a free port; the base URL once the service is ready."""
    port = free_port()
    env = {**os.environ, "HOST": "127.0.0.1", "PORT": str(port)}
    print(f"\n$ PORT={port} make start", flush=True)
    server = subprocess.Popen(
        ["make", "start"],
        cwd=project,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        base = f"http://127.0.0.1:{port}"
        wait_until_ready(base, server)
        yield base
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=15)


def wait_until_ready(base: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            request(f"{base}/readyz")
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    sys.exit("the service did not become ready; see why with: make start")


def create_post(base: str) -> Any:
    """Registers a user, logs in, creates a post; returns it as anybody can read it."""
    api = f"{base}/api/v1"
    credentials = {"email": "ada@example.com", "password": "correct horse battery"}
    request(f"{api}/auth/register", credentials)
    token = request(f"{api}/auth/login", credentials)["access_token"]
    post = {"title": "Hello", "slug": "hello", "body": "The first post.", "status": "published"}
    created = request(f"{api}/posts", post, token)
    return request(f"{api}/posts/{created['id']}")


def main(directory: Path) -> None:
    shutil.rmtree(directory, ignore_errors=True)
    run(sys.executable, "-m", "backendgen", "new", directory, "--spec", SPEC, "--no-input")
    run("make", "setup", cwd=directory)
    run("make", "migrate", cwd=directory)
    with served(directory) as base:
        post = create_post(base)
    print("\nGET /api/v1/posts/{id} answered:")
    print(json.dumps(post, indent=2))


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
