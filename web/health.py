"""Is this process ready? It is when the record takes writes and nobody has asked it to stop."""

import asyncio

from core.clock import Clock
from core.errors import FyrError
from core.storage.redis import LiveIndex
from core.storage.sql import Database
from web.wire.health import IndexState

WITHIN_S = 2.0
"""Whoever asks has given up after a few seconds; a record that is slower than this is as good as away."""


class Health:
    """Asks the stores anew each time."""

    def __init__(self, database: Database, live: LiveIndex, clock: Clock) -> None:
        self._database = database
        self._live = live
        self._clock = clock
        self.stopping = False
        """Set when a signal to stop has come: what is open may end, nothing new should be sent here."""

    async def require_ready(self) -> None:
        """Raises `not_ready` while stopping, while our clock is wrong, or while the record cannot be written."""
        if self.stopping:
            raise FyrError("not_ready", why="stopping")
        self._clock.ms()
        try:
            async with asyncio.timeout(WITHIN_S):
                writable = await self._database.takes_writes()
        except (FyrError, TimeoutError):
            raise FyrError("not_ready", why="record_away") from None
        if not writable:
            raise FyrError("not_ready", why="record_read_only")

    async def index(self) -> IndexState:
        """How the live index is."""
        return "ok" if await self._live.answers() else "away"
