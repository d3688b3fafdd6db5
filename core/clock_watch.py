"""Is this machine's clock the database's? Who waits, whose session has ended and when a lease is over go by it.

Two nodes whose clocks differ would give the same contact to two nurses, or close one that was to wait. A node that is
too far off therefore does not start, and one that drifts while it runs tells no time any more: every call that asks for
it is answered `not_ready`, and what works by itself stands still, until the clock is right again.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

import structlog

from core.background import Background
from core.clock import Clock
from core.errors import FyrError
from core.storage.sql import Database

log = structlog.get_logger(__name__)
MOST_OFF_MS = 250
TELLING_MS = 250
"""A question that took longer than this tells nothing: its answer may be as old as that."""
LOOKS = 5
TRIES = 20
LOOK_EVERY_S = 5.0


class Look(NamedTuple):
    """One question to the database: our clock before and after it, and the database's in between, in ms since 1970."""

    before_ms: float
    theirs_ms: float
    after_ms: float

    @property
    def took_ms(self) -> float:
        """The round trip."""
        return self.after_ms - self.before_ms

    @property
    def off_ms(self) -> float:
        """How far ahead our clock is, if the way there took as long as the way back."""
        return (self.before_ms + self.after_ms) / 2 - self.theirs_ms


def off_by(looks: Sequence[Look]) -> float | None:
    """How far ahead our clock is, by the quickest look; None when none of them tells."""
    telling = [look for look in looks if 0 <= look.took_ms <= TELLING_MS]
    return min(telling, key=lambda look: look.took_ms).off_ms if telling else None


class CheckedClock:
    """The machine's clock, silent while it is known to be wrong."""

    def __init__(self, clock: Clock) -> None:
        self.machine = clock
        self.wrong = False
        self._machine_ms = clock.ms

    def now(self) -> datetime:
        """The present moment. Raises `not_ready`."""
        self._require_right()
        return self.machine.now()

    def ms(self) -> int:
        """The same in milliseconds. Raises `not_ready`."""
        if self.wrong:
            self._require_right()
        return self._machine_ms()

    def _require_right(self) -> None:
        if self.wrong:
            raise FyrError("not_ready", why="clock_off")


class ClockWatch:
    """Compares at the start and every few seconds. A record in a file has this machine's clock: nothing to compare."""

    def __init__(self, database: Database, clock: CheckedClock) -> None:
        self._database = database
        self._clock = clock
        self.when_wrong: Callable[[], None] = lambda: None
        """Told once each time the clock turns out to be wrong."""
        self._watching = Background("clock", self.look, every_s=LOOK_EVERY_S)

    async def start(self) -> None:
        """Compare, then go on comparing. Raises `clock_off`; `unreachable` when answers come too slowly to tell."""
        if self._database.is_sqlite:
            return
        off_ms = await self._off_ms()
        if abs(off_ms) > MOST_OFF_MS:
            raise FyrError("clock_off", off_ms=round(off_ms), most_ms=MOST_OFF_MS)
        self._watching.start()

    async def stop(self) -> None:
        """Compare no more."""
        await self._watching.stop()

    async def look(self) -> bool:
        """Compare once more, and believe the clock or not by it. What tells nothing changes nothing."""
        off_ms = off_by(await self._looks())
        if off_ms is None:
            return False
        was_wrong, self._clock.wrong = self._clock.wrong, abs(off_ms) > MOST_OFF_MS
        if self._clock.wrong and not was_wrong:
            log.error("clock_off", off_ms=round(off_ms))
            self.when_wrong()
        elif was_wrong and not self._clock.wrong:
            log.warning("clock_right", off_ms=round(off_ms))
        return False

    async def _off_ms(self) -> float:
        for _ in range(TRIES):
            off_ms = off_by(await self._looks())
            if off_ms is not None:
                return off_ms
        raise FyrError("unreachable", what="the database's clock")

    async def _looks(self) -> list[Look]:
        looks = []
        async with self._database.ticking() as theirs_ms:
            for _ in range(LOOKS):
                before_ms = self._clock.machine.ms()
                looks.append(Look(before_ms, await theirs_ms(), self._clock.machine.ms()))
        return looks
