"""Runs something in a process of its own, in which a change of the file system goes wrong."""

import ctypes
import errno
import mmap
import os
import resource
import signal
import struct
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

EVENTS = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod", "os.truncate"}
GROWING = {"open", "os.mkdir"}
PROGRAM = "subprocess.Popen"
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
CRASHED = 70
ANY = 10**9

Fault = Callable[[mmap.mmap], None]
"""Called in the process before it runs, with the tally of its changes."""


@dataclass(frozen=True)
class Ended:
    code: int
    """Its exit code, or a signal as a negative number."""
    said: str
    changes: int
    """How many changes of the file system it came to."""

    @property
    def was_killed(self) -> bool:
        return self.code == -signal.SIGKILL


def killed_before(at: int) -> Fault:
    """SIGKILL before change number `at`."""
    return partial(_strike, at, _kill)


def failing_at(at: int, code: int, *, once: bool = False) -> Fault:
    """An error of the system at change number `at` and, as a full disk stays full, at all later ones."""
    return partial(_strike, at, partial(_fail, code), once=once)


def short_of(size: int) -> Fault:
    """No file grows beyond a size: what is written breaks off in its middle."""
    return lambda _: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def unprivileged(_: mmap.mmap) -> None:
    """Nothing is refused to root; without its capabilities it is a user as any other."""
    header, none = struct.pack("Ii", 0x20080522, 0), bytes(24)
    assert ctypes.CDLL(None).capset(header, none) == 0


def meanwhile(at: int, other: Callable[[], object]) -> Fault:
    """Something else happens before change number `at`."""
    return partial(_strike, at, lambda _: print(other()), once=True)


def counted() -> Fault:
    return killed_before(ANY)


def run(command: Callable[[], int], fault: Fault) -> Ended:
    # Shared with the process, so that what it counted outlives it.
    tally = mmap.mmap(-1, 8)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _run(command, partial(fault, tally), writing)
    os.close(writing)
    with open(reading, encoding="utf-8") as words:
        said = words.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return Ended(status, said, int.from_bytes(tally[:], "little"))


def killed(command: Callable[[], object], at: int) -> bool:
    """Whether it was; false if it ended before change number `at`."""

    def done() -> int:
        command()
        return 0

    ended = run(done, killed_before(at))
    assert ended.was_killed or ended.code == 0, ended.said
    return ended.was_killed


def _run(command: Callable[[], int], fault: Callable[[], None], writing: int) -> None:
    status = CRASHED
    sys.stdout = sys.stderr = words = open(writing, "w", encoding="utf-8")  # noqa: SIM115
    try:
        fault()
        status = command()
    except BaseException:  # noqa: BLE001 - whatever it is, the parent tells of it
        traceback.print_exc()
    finally:
        words.flush()
        os._exit(status)


def _strike(
    at: int, strike: Callable[[str], None], tally: mmap.mmap, *, once: bool = False
) -> None:
    # A hook cannot be removed again, hence the process.
    count = 0

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal count
        opened = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING
        if opened or event in EVENTS or event == PROGRAM:
            count += 1
            tally[:] = count.to_bytes(8, "little")
            if count == at or (count > at and not once):
                strike(event)

    sys.addaudithook(watch)


def _kill(_: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _fail(code: int, event: str) -> None:
    """A full disk refuses what grows, one that is read-only every change."""
    if event in GROWING or (code != errno.ENOSPC and event != PROGRAM):
        raise OSError(code, os.strerror(code), "somewhere")
