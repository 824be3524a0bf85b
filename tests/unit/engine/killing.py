"""Kills a run before any one of its changes of the file system."""

import os
import signal
import sys
import traceback
from collections.abc import Callable

EVENTS = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod", "os.truncate"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


def killed(run: Callable[[], object], at: int) -> bool:
    """Runs in a process of its own, which dies before change number `at`; false if it ended."""
    child = os.fork()
    if child == 0:
        _run(run, at)
    status = os.waitpid(child, 0)[1]
    assert status in (0, signal.SIGKILL), f"the run failed with status {status}"
    return status == signal.SIGKILL


def _run(run: Callable[[], object], at: int) -> None:
    status = 1
    try:
        _die_before(at)
        run()
        status = 0
    except Exception:  # noqa: BLE001 - whatever it is, the parent tells of it
        traceback.print_exc()
    finally:
        os._exit(status)


def _die_before(at: int) -> None:
    # A hook cannot be removed again, hence the process.
    left = at

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        opened = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING
        if opened or event in EVENTS:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
