"""On which node a visit's relay is: a name in Redis that runs out unless its node renews it.

A visit lives on one node. When that dies its name runs out within `HELD_MS`, and the next who comes to the visit finds
another; a node that is told to drain renews what it has, and takes nothing new.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError

from core.errors import FyrError

HELD_MS = 6_000
RENEW_S = 2.0
ANSWER_WITHIN_S = 1.0
PREFIX = "relay:"
FIND = """
local held = redis.call('GET', KEYS[1])
if held then return held end
if ARGV[3] == '0' then return '' end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return ARGV[1]
"""
RENEW = """
local held = redis.call('GET', KEYS[1])
if held and held ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
"""
FREE = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0"


class Homes:
    """Where visits live, for one node. Raises `unreachable` where Redis does not answer."""

    def __init__(self, client: Redis, node: str) -> None:
        self._client = client
        self._node = node

    async def find(self, visit_id: str, *, takes: bool) -> str:
        """The node of a visit; this one takes it when it is nobody's and `takes`; "" when nobody has it."""
        command = (FIND, 1, PREFIX + visit_id, self._node, HELD_MS, int(takes))
        (found,) = await self._ask([command])
        return found.decode() if isinstance(found, bytes) else str(found)

    async def renew(self, visit_ids: Sequence[str]) -> list[str]:
        """Keep what is here, also where Redis has forgotten whose it was; gives those that are another's by now."""
        answers = await self._ask([(RENEW, 1, PREFIX + one, self._node, HELD_MS) for one in visit_ids])
        return [one for one, kept in zip(visit_ids, answers, strict=True) if not kept]

    async def free(self, visit_ids: Sequence[str]) -> None:
        """These live here no more."""
        await self._ask([(FREE, 1, PREFIX + one, self._node) for one in visit_ids])

    async def _ask(self, scripts: Sequence[tuple[Any, ...]]) -> list[Any]:
        if not scripts:
            return []
        pipeline: Any = self._client.pipeline(transaction=False)
        for script in scripts:
            pipeline.eval(*script)
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                answers: list[Any] = await pipeline.execute()
        except (RedisError, OSError, TimeoutError):
            raise FyrError("unreachable", what="redis") from None
        return answers
