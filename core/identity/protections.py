"""Who is protected now, kept in memory so that every view can ask: read anew each second, and judged by the clock.

A protection that was just set counts on every node within that second.
"""

from collections.abc import Awaitable, Callable, Collection

import structlog

from core.background import Background
from core.clock import Clock
from core.identity.entries import Protection
from core.identity.store import PersonRows
from core.log.entry import Scope

EVERY_S = 1.0
LOOK_BACK_MS = 30_000
"""Nodes' clocks differ, and a commit may come to light after one that was begun later."""
PATIENT = "patient:"
log = structlog.get_logger(__name__)


async def nobody_listens(_: Collection[str]) -> None:
    """Where nothing is shown."""


class Protections:
    """`start` before use: until everybody has been read, nothing may be shown."""

    def __init__(self, rows: PersonRows, clock: Clock, *, every_s: float = EVERY_S) -> None:
        self._rows = rows
        self._clock = clock
        self._known: dict[str, tuple[Protection, int | None]] = {}
        self._read_ms = 0
        self._marked: frozenset[str] = frozenset()
        self.when_changed: Callable[[Collection[str]], Awaitable[None]] = nobody_listens
        """Told of everybody who is protected since the last look, or no longer is."""
        self._reading = Background("protections", self.look, every_s=every_s)

    async def start(self) -> None:
        """Read everybody, then what changes."""
        await self.look()
        self._reading.start()

    async def stop(self) -> None:
        """Read no more."""
        await self._reading.stop()

    def of_person(self, person_id: str) -> Protection | None:
        """How the person is protected now."""
        found = self._known.get(person_id)
        if found is None:
            return None
        protection, until_ms = found
        return protection if until_ms is None or self._clock.ms() < until_ms else None

    def of(self, scope: Scope) -> Protection | None:
        """How whoever a contact concerns is protected; where it names nobody, whoever opened it."""
        if scope.person_id:
            return self.of_person(scope.person_id)
        opener = scope.opener_id
        return self.of_person(opener.removeprefix(PATIENT)) if opener.startswith(PATIENT) else None

    async def look(self) -> bool:
        """Read what has changed since the last look; at first, everybody."""
        now_ms = self._clock.ms()
        since_ms = self._read_ms - LOOK_BACK_MS if self._read_ms else 0
        for row in await self._rows.protections_since(since_ms):
            if row.protection:
                self._known[row.person_id] = (row.protection, row.protected_until_ms)
            else:
                self._known.pop(row.person_id, None)
        self._read_ms = now_ms
        await self._tell()
        return False

    async def _tell(self) -> None:
        """Also of a protection that has run out meanwhile."""
        marked = frozenset(one for one in self._known if self.of_person(one) is not None)
        changed = marked ^ self._marked
        if changed:
            await self.when_changed(changed)
        self._marked = marked  # who could not be told now is told with the next look
