"""Scores promises: what each said is held against when somebody took the contact. Any node does it, over and over."""

from carequeue.promise.promise import judged
from carequeue.promise.store import AT_ONCE, PromiseRows
from core.background import Background
from core.clock import Clock

EVERY_S = 5.0


class PromiseKeeper:
    """Looks every five seconds."""

    def __init__(self, rows: PromiseRows, clock: Clock) -> None:
        self._rows = rows
        self._clock = clock
        self._background = Background("promises", self._step, every_s=EVERY_S)

    def start(self) -> None:
        """Begin to look."""
        self._background.start()

    async def stop(self) -> None:
        """Look no more."""
        await self._background.stop()

    async def look(self) -> int:
        """Score what there is something to say of; gives how many."""
        now_ms = self._clock.ms()
        found = await self._rows.to_judge(now_ms)
        settled = [judged(promise, seen, now_ms) for promise, seen in found]
        if settled:
            await self._rows.settle(settled)
        return len(settled)

    async def _step(self) -> bool:
        return await self.look() == AT_ONCE
