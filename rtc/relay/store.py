"""On which node a visit's relay is: a name in Redis that runs out unless its node renews it.

A visit lives on one node. When that dies its name runs out within `HELD_MS`, and the next who comes to the visit finds
another; a node that is told to drain renews what it has, and takes nothing new. Where Redis has lost the names (it was
away, or began anew) nobody takes anything until every node has had the time to name its own again.
"""

from collections.abc import Sequence
from typing import Any

from redis.asyncio import Redis

from core.storage.redis import answers_of

HELD_MS = 6_000
RENEW_S = 2.0
ANSWER_WITHIN_S = 1.0
PREFIX = "relay:"
SINCE = "relay-since"
"""Since when (seconds) Redis has known names without a break; lost with them, and run out when nobody can renew."""
SETTLE_S = int(2 * RENEW_S) + 1
"""A Redis that forgot whose visits are whose has heard it again after so long from every node that has one."""
FIND = """
local held = redis.call('GET', KEYS[1])
if held then return held end
if ARGV[1] == '' then return '' end
local now, since = redis.call('TIME')[1], redis.call('GET', KEYS[2])
if not since then
  redis.call('SET', KEYS[2], now, 'PX', ARGV[2])
  return ''
end
if now - since < tonumber(ARGV[3]) then return '' end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return ARGV[1]
"""
BEAT = """
local since = redis.call('GET', KEYS[1])
redis.call('SET', KEYS[1], since or (ARGV[2] == '1' and '0') or redis.call('TIME')[1], 'PX', ARGV[1])
"""
RENEW = """
local held = redis.call('GET', KEYS[1])
if held and held ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
"""
FREE = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0"


class Homes:
    """Where visits live, for one node, which renews from its start on. Raises `unreachable` where Redis is away."""

    def __init__(self, client: Redis, node: str) -> None:
        self._client = client
        self._node = node
        self._begins = True
        """A node that begins where nobody has beaten lately knows that no visit is anybody's."""

    async def find(self, visit_id: str, *, taker: str) -> str:
        """The node of a visit; `taker` takes it when it is nobody's, "" is none; "" when nobody has it."""
        command = (FIND, 2, PREFIX + visit_id, SINCE, taker, HELD_MS, SETTLE_S)
        (found,) = await self._ask([command])
        return found.decode() if isinstance(found, bytes) else str(found)

    async def renew(self, visit_ids: Sequence[str]) -> list[str]:
        """Keep what is here, also where Redis has forgotten whose it was; gives those that are another's by now."""
        beat = (BEAT, 1, SINCE, HELD_MS, int(self._begins))
        _, *answers = await self._ask([beat, *((RENEW, 1, PREFIX + one, self._node, HELD_MS) for one in visit_ids)])
        self._begins = False
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
        return await answers_of(pipeline, within_s=ANSWER_WITHIN_S)
