"""One at a time, on every node: what a person books, and what is changed of a clinician's time.

A seat is safe without it, by its stream. A turn is for what no single stream can know: that a person has so many
bookings and is in one place, and that slots of schedules that were changed do not overlap.
"""

import asyncio
import contextlib
import hashlib
from collections.abc import AsyncIterator

from core.storage.sql import Database

PERSONS, CLINICIANS = 0x6679_7201_0000, 0x6679_7202_0000
"""Where their locks begin. A person's turn is always taken before a clinician's, so that nobody waits in a circle."""
LOCKS = 4096
"""Of each; who shares one waits for somebody else now and then."""
AT_ONCE = 3
"""Of a node. On PostgreSQL a turn holds a connection, and who has one reads by another: they must not run out."""


class Turns:
    """Gives turns."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._room = asyncio.Semaphore(AT_ONCE)

    @contextlib.asynccontextmanager
    async def of(self, *, person_id: str = "", clinician_id: str) -> AsyncIterator[None]:
        """While nobody else changes what this person books, if one is named, or this clinician's time."""
        async with contextlib.AsyncExitStack() as stack:
            await stack.enter_async_context(self._room)
            if person_id:
                await stack.enter_async_context(self._database.turn(_lock(PERSONS, person_id)))
            await stack.enter_async_context(self._database.turn(_lock(CLINICIANS, clinician_id)))
            yield


def _lock(base: int, name: str) -> int:
    return base + int.from_bytes(hashlib.sha256(name.encode()).digest()[:4]) % LOCKS
