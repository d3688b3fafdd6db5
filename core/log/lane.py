"""A lane: appends of its own share of the streams, gathered into groups and committed one group at a time.

Lanes know nothing of each other, as two nodes do not: what touches one stream goes by one lane, and the database keeps
apart what they share. While one waits for the disk another judges, so that neither processor nor database idles.
"""

import asyncio
from collections.abc import Callable, Sequence

import structlog

from core.clock import Clock
from core.errors import FyrError
from core.log.append import Append
from core.log.committer import Committer
from core.log.judge import Verdict
from core.log.listeners import Listeners
from core.log.writer import Writer

GROUP_LIMIT = 256
"""Appends in one transaction at most: past this a group's latency costs more than its fsync saves."""
MANY = 16
GATHER_S = 0.001
"""After so large a group it is waited for those that the answers bring: two half groups cost more than a whole one."""

Hear = Callable[[Verdict], None]
"""Told what became of an append: where it lies on disk, or why it does not."""
Waiting = tuple[Append, Hear]
log = structlog.get_logger(__name__)


class Lane:
    """`start` before use, `stop` after."""

    def __init__(self, writer: Writer, committer: Committer, *, listeners: Listeners, clock: Clock) -> None:
        self._writer = writer
        self._committer = committer
        self._listeners = listeners
        self._clock = clock
        self._waiting: list[Waiting] = []
        self._wake = asyncio.Event()
        self._committing: asyncio.Task[None] | None = None
        self._stopping = False

    async def start(self) -> None:
        """Open the writer and begin to commit."""
        await self._writer.open()
        self._committing = asyncio.create_task(self._commit_for_ever(), name="log committer")

    async def stop(self) -> None:
        """Commit what waits, then close."""
        if self._committing is not None:
            self._stopping = True
            self._wake.set()
            await self._committing
        await self._writer.close()

    def put(self, append: Append, hear: Hear) -> None:
        """Have it committed with the next group; `hear` is called when it is on disk, or refused. It must not block."""
        self._waiting.append((append, hear))
        self._wake.set()

    async def _commit_for_ever(self) -> None:
        while not self._stopping:
            await self._wake.wait()
            self._wake.clear()
            while self._waiting:
                group = self._next_group()
                await self._commit(group)
                if len(group) >= MANY:
                    await asyncio.sleep(GATHER_S)

    def _next_group(self) -> Sequence[Waiting]:
        """What is to be locked, by itself; else what has waited longest."""
        waiting, others = self._waiting, list[Waiting]()
        contested = self._committer.contested()
        if contested and (locked := [one for one in waiting if one[0].stream in contested]):
            waiting, others = locked, [one for one in waiting if one[0].stream not in contested]
        self._waiting = waiting[GROUP_LIMIT:] + others
        return waiting[:GROUP_LIMIT]

    async def _commit(self, group: Sequence[Waiting]) -> None:
        try:
            judgement, left = await self._committer.commit([append for append, _ in group], self._clock.ms())
        except Exception as failure:  # noqa: BLE001 - whatever it was, every caller must hear of it
            if isinstance(failure, FyrError) and failure.code == "unreachable":
                group, self._waiting = [*group, *self._waiting], []  # they have waited as long; none waits for ever
            for _, hear in group:
                _tell(hear, failure)
            return
        self._waiting = [group[place] for place in left] + self._waiting
        self._listeners.tell(judgement.commits)
        for place, verdict in zip(judgement.places, judgement.verdicts, strict=True):
            _tell(group[place][1], verdict)


def _tell(hear: Hear, verdict: Verdict) -> None:
    """A fault of one who hears it keeps it from nobody else."""
    try:
        hear(verdict)
    except Exception:
        log.exception("verdict_not_told")
