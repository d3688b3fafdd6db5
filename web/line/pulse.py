"""Pings of every websocket line by one timer: Engine.IO's server pings, the client answers in time or is gone.

Lines are spread over slots, so that ten thousand idle ones cost a little all the time instead of much at once.
"""

import asyncio
from typing import Protocol

SLOTS = 100


class Pinged(Protocol):
    """What has a pulse."""

    slot: int
    unanswered: bool
    """True from a ping until its pong."""

    def ping(self) -> None:
        """Send one."""
        ...

    def lose(self) -> None:
        """It did not answer in time."""
        ...


class Pulse:
    """One turn of the wheel takes `interval_s`; a line that has not answered `timeout_s` after its ping is lost."""

    def __init__(self, interval_s: float, timeout_s: float) -> None:
        self._tick_s = interval_s / SLOTS
        self._patience = min(SLOTS - 1, max(1, round(timeout_s / self._tick_s)))
        self._slots: list[set[Pinged]] = [set() for _ in range(SLOTS)]
        self._now = 0
        self._timer: asyncio.TimerHandle | None = None
        self._due_s = 0.0

    def add(self, line: Pinged) -> None:
        """Ping it from one interval after now on."""
        line.slot, line.unanswered = self._now, False
        self._slots[line.slot].add(line)
        if self._timer is None:
            self._due_s = asyncio.get_running_loop().time() + self._tick_s
            self._timer = asyncio.get_running_loop().call_at(self._due_s, self._tick)

    def remove(self, line: Pinged) -> None:
        """It is gone."""
        self._slots[line.slot].discard(line)

    def stop(self) -> None:
        """Ping nobody any more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _tick(self) -> None:
        loop = asyncio.get_running_loop()
        # A tick that comes late does not delay the turn; ticks that were slept through are not made up for, since
        # nobody could answer that fast.
        self._due_s = max(self._due_s + self._tick_s, loop.time())
        self._timer = loop.call_at(self._due_s, self._tick) if any(self._slots) else None
        self._now = (self._now + 1) % SLOTS
        for line in [line for line in self._slots[(self._now - self._patience) % SLOTS] if line.unanswered]:
            line.lose()
        for line in self._slots[self._now]:
            line.unanswered = True
            line.ping()
