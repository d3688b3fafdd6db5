"""The sorted set of due times. What it says is checked in SQL; what it lacks, the sweep finds."""

from redis.asyncio import Redis
from redis.exceptions import RedisError

KEY = "fyr:timers"


class DueTimes:
    """A copy of due times that may be lost at any moment: it answers "perhaps", never "certainly not"."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def put(self, due: dict[str, int | None]) -> None:
        """Rows and when they are due. A Redis that is away is told nothing: the sweep makes up for it."""
        gone = [name for name, at_ms in due.items() if at_ms is None]
        coming = {name: at_ms for name, at_ms in due.items() if at_ms is not None}
        try:
            if coming:
                await self._redis.zadd(KEY, coming)
            if gone:
                await self._redis.zrem(KEY, *gone)
        except (RedisError, OSError):
            return

    async def take_due(self, now_ms: int) -> bool:
        """Whether a row may be due by now; what was due is forgotten, since its next entry puts it back."""
        try:
            return bool(await self._redis.zremrangebyscore(KEY, "-inf", now_ms))
        except (RedisError, OSError):
            return True
