"""Servers of one test's own, which it may stop and start again, and a way to a server that may fall silent."""

import os
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import make_url

from tests.projects.project import free_port
from tests.servers import CREATE, answers, execute, starter

SECONDS = 60
NAME = "backendgen"


class Server:
    """`url` is that of an empty database on it."""

    def __init__(
        self, command: list[Any], user: str | None, url: str, stop: signal.Signals
    ) -> None:
        self.command = command
        self.user = user
        self.url = url
        self.signal = stop

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.command,
            cwd="/",
            env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
            user=self.user,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def stop(self) -> None:
        self.process.send_signal(self.signal)
        self.process.wait(SECONDS)

    def freeze(self) -> None:
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.process.send_signal(signal.SIGCONT)


@contextmanager
def own_database(database: str) -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="own-", ignore_cleanup_errors=True) as directory:
        server = SERVERS[database](Path(directory), starter(database))
        server.start()
        try:
            url = make_url(server.url)
            home = url.set(database="postgres" if database == "postgresql" else "mysql")
            eventually(lambda: answers(home))
            execute(home, CREATE[database].format(NAME))
            yield server
        finally:
            server.stop()


def _postgresql(base: Path, module: dict[str, Any]) -> Server:
    user = module["unprivileged_user"](base)
    programs = module["runnable"](module["find_programs"](), base, user)
    data, port = base / "data", free_port()
    module["run"](
        [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync"], user
    )
    options = ["-p", str(port), "-k", base, "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
    return Server(
        [programs / "postgres", "-D", data, *options],
        user,
        f"postgresql://postgres@127.0.0.1:{port}/{NAME}",
        signal.SIGINT,
    )


def _mysql(base: Path, module: dict[str, Any]) -> Server:
    program, install = (
        module["find_program"]("mariadbd"),
        module["find_program"]("mariadb-install-db"),
    )
    user = module["unprivileged_user"](base)
    data, port = f"--datadir={base / 'data'}", free_port()
    module["run"](
        [install, "--no-defaults", data, "--auth-root-authentication-method=normal"], user
    )
    address = [f"--socket={base / 's'}", f"--port={port}", "--bind-address=127.0.0.1"]
    return Server(
        [program, "--no-defaults", data, *address],
        user,
        f"mysql://root@127.0.0.1:{port}/{NAME}",
        signal.SIGTERM,
    )


SERVERS: dict[str, Callable[[Path, dict[str, Any]], Server]] = {
    "postgresql": _postgresql,
    "mysql": _mysql,
}


@contextmanager
def own_redis() -> Iterator[Server]:
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    server = Server(command, None, f"redis://127.0.0.1:{port}", signal.SIGTERM)
    server.start()
    try:
        eventually(lambda: listens(port))
        yield server
    finally:
        server.stop()


class Way:
    """A forwarder to a server: `fall_silent` keeps every connection open and carries nothing more."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.flowing = threading.Event()
        self.flowing.set()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def fall_silent(self) -> None:
        self.flowing.clear()

    def speak_again(self) -> None:
        self.flowing.set()

    def _accept(self) -> None:
        with suppress(OSError):  # the listener is closed at the end
            while True:
                near, _ = self.listener.accept()
                threading.Thread(target=self._connect, args=[near], daemon=True).start()

    def _connect(self, near: socket.socket) -> None:
        with near, socket.create_connection(("127.0.0.1", self.target)) as far:
            back = threading.Thread(target=self._carry, args=(far, near), daemon=True)
            back.start()
            self._carry(near, far)
            back.join()

    def _carry(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                self.flowing.wait()
                sink.sendall(data)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def way_to(target: int) -> Iterator[Way]:
    way = Way(target)
    try:
        yield way
    finally:
        way.listener.shutdown(socket.SHUT_RDWR)
        way.listener.close()
        way.speak_again()


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def eventually(holds: Callable[[], bool], seconds: float = SECONDS) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"it did not come true within {seconds} s"
        time.sleep(0.1)
