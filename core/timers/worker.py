"""The worker that acts on due timers, on any node: woken by the copy in Redis, and by a sweep of SQL without it.

A row is leased, the state is asked when it really is due, and only then its purpose acts, by an append that asks once
more. Two nodes that look at once, a clock that jumps or a row from before a restart therefore act once or not at all.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import structlog

from core.background import Background
from core.clock import Clock
from core.ids import StreamId
from core.log.append import Commit, Head
from core.log.log import Log
from core.timers.purpose import Purpose, timer_id
from core.timers.store import Due, TimerRows
from core.timers.wake.store import DueTimes

LOOK_EVERY_S = 1.0
SWEEP_EVERY_MS = 10_000
"""Without its copy in Redis a timer fires so much late at most."""
LEASE_MS = 30_000
BATCH = 64

log = structlog.get_logger(__name__)


class TimerWorker:
    """Knows the purposes; what is due lies in SQL."""

    def __init__(
        self, entries: Log, rows: TimerRows, copy: DueTimes, *, purposes: Sequence[Purpose], clock: Clock
    ) -> None:
        self._log = entries
        self._rows = rows
        self._copy = copy
        self._purposes = {purpose.name: purpose for purpose in purposes}
        self._clock = clock
        self._heard: dict[StreamId, Head] = {}
        self._swept_ms = 0
        self._background = Background("timers", self._look, every_s=LOOK_EVERY_S)

    def start(self) -> None:
        """Begin to look."""
        self._background.start()

    async def stop(self) -> None:
        """Finish what is in hand; what is due stays due."""
        await self._background.stop()

    def heard(self, commit: Commit) -> None:
        """A listener for the log: the copy learns of due times with the next look."""
        self._heard[commit.stream] = commit.head

    async def fire(self) -> int:
        """Act on what SQL says is due now; gives how many rows were looked at."""
        now_ms = self._clock.ms()
        leased = await self._rows.lease(now_ms=now_ms, lease_ms=LEASE_MS, limit=BATCH)
        for row in leased:
            await self._fire_one(row, now_ms)
        return len(leased)

    async def adopt(self, streams: Iterable[StreamId]) -> int:
        """Give rows to streams that have none, from before a purpose existed; gives how many were added."""
        added = 0
        for purpose in self._purposes.values():
            by_id = {timer_id(stream, purpose.name): stream for stream in streams}
            missing = by_id.keys() - await self._rows.known(list(by_id))
            heads = await self._log.heads([by_id[name] for name in missing])
            rows = [(timer_id(name, purpose.name), name, purpose.name, purpose.due_ms(heads[name])) for name in heads]
            await self._rows.add(rows)
            added += len(rows)
        return added

    async def _look(self) -> bool:
        heard, self._heard = self._heard, {}
        await self._copy.put(dict(self._due(heard)))
        now_ms = self._clock.ms()
        swept = now_ms - self._swept_ms >= SWEEP_EVERY_MS
        if not (await self._copy.take_due(now_ms) or swept):
            return False
        full = await self.fire() == BATCH
        self._swept_ms = 0 if full else now_ms  # more is due: the next look, at once, sweeps again
        return full

    def _due(self, heard: Mapping[StreamId, Head]) -> Iterator[tuple[str, int | None]]:
        for stream, head in heard.items():
            for purpose in self._purposes.values():
                if stream.startswith(purpose.prefix):
                    yield timer_id(stream, purpose.name), purpose.due_ms(head)

    async def _fire_one(self, row: Due, now_ms: int) -> None:
        purpose = self._purposes.get(row.purpose)
        if purpose is None:  # a later release's, in the same database: its own nodes act on it
            return
        try:
            head = await self._log.head(row.stream)
            due_ms = purpose.due_ms(head)
            if due_ms is None or due_ms > now_ms:
                await self._rows.correct(row, due_ms)
                return
            await purpose.act(head)
        except Exception:  # it stays due, and is tried again when its lease runs out
            log.exception("timer_failed", purpose=row.purpose, stream=row.stream)
