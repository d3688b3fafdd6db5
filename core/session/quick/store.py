"""Copies of sessions in Redis, for a moment: most calls need not ask SQL. SQL decides; without Redis it is asked.

A copy is sealed with a key derived from the master keys and opens only under its own name: who can write to Redis can
neither make a session nor read one. It names the moment it was read at and is believed for seconds only, so an old one
put back is worth nothing. Ending a session writes a stone in its place, over which no copy is ever laid.
"""

import asyncio

from redis.asyncio import Redis
from redis.exceptions import RedisError

from core.clock import Clock
from core.errors import FyrError
from core.log.seal import MasterKeys, Sealer

COPY_MS = 10_000
STONE_MS = 60_000
"""Longer than a read that was begun before the end can take to lay its copy."""
ANSWER_WITHIN_S = 0.25
LEFT_ALONE_MS = 5_000
"""After a failure SQL alone is asked for so long: no call waits twice for a server that does not answer."""
PREFIX = "session:"
STONE = b"-"


class QuickCopies:
    """What Redis holds of sessions. Nothing here raises: a failure is as good as no copy."""

    def __init__(self, client: Redis, masters: MasterKeys, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self._sealer = Sealer(masters.derived(masters.current, "session copies"))
        self._away_until_ms = 0

    async def get(self, session_id: str) -> bytes | None:
        """The copy, opened; None when there is none, or none that can be believed."""
        found = await self._ask("GET", PREFIX + session_id)
        if not isinstance(found, bytes) or found == STONE:
            return None
        try:
            return self._sealer.open(found, session_id)
        except FyrError:
            return None

    async def keep(self, session_id: str, data: bytes) -> None:
        """Lay a copy where there is nothing."""
        await self._ask("SET", PREFIX + session_id, self._sealer.seal(data, session_id), "PX", COPY_MS, "NX")

    async def end(self, session_id: str) -> None:
        """Put a stone where the copy was."""
        self._away_until_ms = 0  # whatever happened before: this one must not be left out
        await self._ask("SET", PREFIX + session_id, STONE, "PX", STONE_MS)

    async def _ask(self, *command: str | bytes | int) -> object:
        if self._clock.ms() < self._away_until_ms:
            return None
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                answer: object = await self._client.execute_command(*command)  # type: ignore[no-untyped-call]
                return answer
        except (RedisError, OSError, TimeoutError):
            self._away_until_ms = self._clock.ms() + LEFT_ALONE_MS
            return None
