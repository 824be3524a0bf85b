"""Requests per user, or per client address; shared between processes when there is Redis."""

import logging
import math
import threading
import time
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from limits import RateLimitItem, parse
from limits.storage import RedisStorage
from limits.strategies import FixedWindowRateLimiter
from redis import Redis
from redis.exceptions import RedisError

from app.core.errors import RateLimited
from config.environment import PROJECT

logger = logging.getLogger(__name__)

REDIS_TIMEOUT_SECONDS = 0.5
REDIS_PAUSE_SECONDS = 5.0
CROWD = 1024


class OwnWindows:
    """Counts in this process; the memory store of `limits` looks at every client each time."""

    def __init__(self) -> None:
        self._windows: dict[tuple[str, ...], tuple[float, int]] = {}
        self._crowd = CROWD
        self._lock = threading.Lock()

    def hit(self, limit: RateLimitItem, *key: str) -> float:
        """Count a request; return the seconds to wait, if it was one too many."""
        now = time.monotonic()
        with self._lock:
            end, count = self._windows.get(key, (now, 0))
            if end <= now:
                self._forget_what_is_over(now)
                end, count = now + limit.get_expiry(), 0
            self._windows[key] = end, count + 1
        return end - now if count >= limit.amount else 0

    def _forget_what_is_over(self, now: float) -> None:
        if len(self._windows) >= self._crowd:
            self._windows = {key: each for key, each in self._windows.items() if each[0] > now}
            self._crowd = max(CROWD, 2 * len(self._windows))


class SharedWindows:
    """Counts in Redis, for every process that uses it."""

    def __init__(self, redis_url: str) -> None:
        self.redis = Redis.from_url(
            redis_url,
            socket_connect_timeout=REDIS_TIMEOUT_SECONDS,
            socket_timeout=REDIS_TIMEOUT_SECONDS,
        )
        self._limiter = FixedWindowRateLimiter(
            RedisStorage(redis_url, key_prefix=PROJECT, connection_pool=self.redis.connection_pool)
        )

    def hit(self, limit: RateLimitItem, *key: str) -> float:
        if self._limiter.hit(limit, *key):
            return 0
        stats = self._limiter.get_window_stats(limit, *key)
        return max(1.0, stats.reset_time - time.time())


class RateLimiter:
    def __init__(self, redis_url: str | None) -> None:
        self._windows = SharedWindows(redis_url) if redis_url else OwnWindows()
        self._paused_until = 0.0

    @property
    def redis(self) -> Redis | None:
        return self._windows.redis if isinstance(self._windows, SharedWindows) else None

    def hit(self, rate: str, *key: str) -> None:
        """Without Redis requests pass, and it is left alone for a while."""
        limit = _limit(rate)
        if limit is None or time.monotonic() < self._paused_until:
            return
        try:
            seconds = self._windows.hit(limit, *key)
        except (RedisError, OSError) as error:
            self._paused_until = time.monotonic() + REDIS_PAUSE_SECONDS
            logger.warning("Redis is away: requests are not limited", extra={"cause": repr(error)})
            return
        if seconds:
            raise RateLimited(limit.amount, math.ceil(seconds))


@lru_cache
def _limit(rate: str) -> RateLimitItem | None:
    return None if rate == "off" else parse(rate)


@lru_cache
def rate_limiter() -> RateLimiter:
    """The one of this process."""
    return RateLimiter(settings.REDIS_URL)


def client_address(request: HttpRequest) -> str:
    return request.META.get("REMOTE_ADDR") or "unknown"
