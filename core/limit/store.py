"""What senders have used, in Redis, so that several nodes count together. It holds a name and a time, nothing said."""

from collections.abc import Mapping
from typing import Any

from redis.asyncio import Redis

from core.storage.redis import answers_of

ANSWER_WITHIN_S = 1.0
PREFIX = "limit:"
ADD = """
local free = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), tonumber(ARGV[1])) + tonumber(ARGV[2])
redis.call('SET', KEYS[1], string.format('%.0f', free), 'PX', string.format('%.0f', free - ARGV[1] + 1))
return string.format('%.0f', free)
"""
"""Adds what was used to the moment from which nothing is owed. The key ends when it says nothing any more."""


class SharedUse:
    """Adds and reads, many senders in one round trip."""

    def __init__(self, client: Redis) -> None:
        self._client = client

    async def add(self, used_ms: Mapping[str, float], now_ms: int) -> dict[str, float]:
        """Add each sender's use; gives from when each owes nothing, by all nodes' count. Raises `unreachable`."""
        pipeline: Any = self._client.pipeline(transaction=False)
        for name, used in used_ms.items():
            pipeline.eval(ADD, 1, PREFIX + name, now_ms, used)
        answers = await answers_of(pipeline, within_s=ANSWER_WITHIN_S)
        return dict(zip(used_ms, map(float, answers), strict=True))
