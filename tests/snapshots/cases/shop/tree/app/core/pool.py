"""A pool of connections that serves those who wait in the order they came.

SQLAlchemy's own gives a free connection to whoever asks first once more: under load some requests
wait until they time out, while others never wait at all.
"""

import asyncio
from typing import Any

from sqlalchemy.pool import AsyncAdaptedQueuePool
from sqlalchemy.util.concurrency import await_
from sqlalchemy.util.queue import AsyncAdaptedQueue, Empty


class FairQueue(AsyncAdaptedQueue[Any]):
    """Its signatures are those of SQLAlchemy's."""

    def __init__(self, maxsize: int = 0, use_lifo: bool = False) -> None:  # noqa: FBT001, FBT002
        super().__init__(maxsize, use_lifo)
        self._turn = asyncio.Lock()  # which asyncio hands on in order
        self._waiting = 0

    def get(self, block: bool = True, timeout: float | None = None) -> Any:  # noqa: FBT001, FBT002
        if self._waiting == 0 and not self.empty():
            return self.get_nowait()
        if not block:
            raise Empty
        self._waiting += 1
        try:
            return await_(self._next(timeout))
        except TimeoutError as error:
            raise Empty from error
        finally:
            self._waiting -= 1

    async def _next(self, seconds: float | None) -> Any:
        async with asyncio.timeout(seconds), self._turn:
            return await self._queue.get()


class FairPool(AsyncAdaptedQueuePool):
    __module__ = AsyncAdaptedQueuePool.__module__  # which names its logger
    _queue_class = FairQueue
