"""A load generator: so many connections, each sending its next request when the answer to its last is there.

Raw HTTP/1.1 on asyncio's protocols, loopback only: it costs a small part of what the service does with a request.
"""

import asyncio
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.IGNORECASE)
LONGEST_WAIT_SECONDS = 30

MakeRequest = Callable[[], bytes]


def request(method: str, path: str, token: str, body: bytes = b"") -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: bench", f"Authorization: Bearer {token}"]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


@dataclass
class Tally:
    """`broken` counts connections that ended before their time."""

    statuses: Counter[int] = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)
    broken: int = 0
    seconds: float = 0

    @property
    def per_second(self) -> float:
        return self.statuses.total() / self.seconds

    def only(self, status: int) -> bool:
        return not self.broken and self.statuses.keys() == {status}


class Caller(asyncio.Protocol):
    """One connection."""

    def __init__(self, make_request: MakeRequest, tally: Tally, until: float) -> None:
        self.make_request = make_request
        self.tally = tally
        self.until = until
        self.over = asyncio.get_running_loop().create_future()
        self.answer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._ask()

    def data_received(self, data: bytes) -> None:
        self.answer += data
        head, separator, body = self.answer.partition(b"\r\n\r\n")
        if not separator:
            return
        length = LENGTH.search(head + b"\r\n")
        if length and len(body) >= int(length[1]):
            self._note(head)

    def connection_lost(self, _error: Exception | None) -> None:
        if not self.over.done():
            self.tally.broken += 1
            self.over.set_result(None)

    def _ask(self) -> None:
        self.asked = time.perf_counter()
        self.answer = b""
        self.transport.write(self.make_request())

    def _note(self, head: bytes) -> None:
        now = time.perf_counter()
        self.tally.statuses[int(head[9:12])] += 1
        self.tally.latencies.append(now - self.asked)
        if now < self.until:
            self._ask()
        else:
            self.over.set_result(None)
            self.transport.close()


async def connect(caller: Caller, port: int) -> None:
    await asyncio.get_running_loop().create_connection(lambda: caller, "127.0.0.1", port)


async def load(port: int, make_request: MakeRequest, connections: int, seconds: float) -> Tally:
    """Every request that was begun is waited for, and is in the tally."""
    tally, begun = Tally(), time.perf_counter()
    callers = [Caller(make_request, tally, begun + seconds) for _ in range(connections)]
    for caller in callers:
        await connect(caller, port)
    async with asyncio.timeout(seconds + LONGEST_WAIT_SECONDS):
        await asyncio.gather(*(caller.over for caller in callers))
    tally.seconds = time.perf_counter() - begun
    return tally
