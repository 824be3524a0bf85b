"""A MariaDB server for one run of the tests, from this machine's programs."""

import atexit
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from functools import cache
from pathlib import Path

import pytest

START_SECONDS = 60


@cache
def started_server() -> str:
    """Its URL; the server stops when Python ends."""
    mariadbd, install = find_program("mariadbd"), find_program("mariadb-install-db")
    base = Path(tempfile.mkdtemp(prefix="maria-"))  # short: a Unix socket's path holds 107 bytes
    atexit.register(shutil.rmtree, base, ignore_errors=True)
    user = unprivileged_user(base)
    data = f"--datadir={base / 'data'}"
    run([install, "--no-defaults", data, "--auth-root-authentication-method=normal"], user)
    port = free_port()
    address = [f"--socket={base / 's'}", f"--port={port}", "--bind-address=127.0.0.1"]
    # What is lost when the machine stops is lost anyway.
    haste = ["--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=0"]
    server = start([mariadbd, "--no-defaults", data, *address, *haste], user)
    atexit.register(server.wait)
    atexit.register(server.kill)
    wait_for(server, port)
    return f"mysql://root@127.0.0.1:{port}/mysql"


def find_program(name: str) -> str:
    if found := shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin"):
        return found
    message = f"no database: set DATABASE_URL, or install MariaDB ({name} was not found)"
    if os.environ.get("CI") == "true":
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


def wait_for(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        with socket.socket() as connection:
            if connection.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("MariaDB did not start")
