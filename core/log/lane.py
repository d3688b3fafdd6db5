"""A lane: appends gathered into groups and committed one group at a time.

Lanes know nothing of each other, as two nodes do not: what touches one stream goes by one lane as long as any of it is
under way, and the database keeps apart what they share. While one waits for the disk another judges, so that neither
processor nor database idles.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence

import structlog

from core.clock import Clock
from core.errors import FyrError
from core.ids import StreamId
from core.log.append import Append
from core.log.committer import Committer
from core.log.judge import Verdict
from core.log.listeners import Listeners
from core.log.writer import Writer

GROUP_LIMIT = 256
"""Appends in one transaction at most: past this a group's latency costs more than its fsync saves."""
WORTH_A_GROUP = 8
"""What a transaction costs by itself is as much as so many appends: fewer are not spread over two."""
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
        self._under_way: Counter[StreamId] = Counter()
        """How many appends of each stream wait or are being committed."""
        self._busy = False
        self._wake = asyncio.Event()
        self._committing: asyncio.Task[None] | None = None
        self._stopping = False

    async def start(self) -> None:
        """Open the writer and begin to commit."""
        await self._writer.open()
        self._committing = asyncio.create_task(self._commit_for_ever(), name="log committer")

    async def stop(self) -> None:
        """Commit what waits, then close. What comes from here on is refused, and what is left over is told so."""
        self._stopping = True
        try:
            if self._committing is not None:
                self._wake.set()
                await self._committing
        finally:
            left, self._waiting = self._waiting, []
            for one in left:
                self._tell(one, self._closed())
            await self._writer.close()

    def put(self, append: Append, hear: Hear) -> None:
        """Have it committed with the next group; `hear` is called when it is on disk, or refused. It must not block.

        Raises `unreachable` once the lane stops: nobody would ever commit it.
        """
        if self._stopping:
            raise self._closed()
        self._waiting.append((append, hear))
        self._under_way[append.stream] += 1
        self._wake.set()

    def _closed(self) -> FyrError:
        return FyrError("unreachable", what=self._writer.name)

    def has(self, stream: StreamId) -> bool:
        """Whether something of the stream is under way here: then all of it goes this way."""
        return stream in self._under_way

    def load(self) -> tuple[int, int]:
        """The less, the sooner it is given what may go by any lane: a group that is begun first, then an idle one."""
        waiting = len(self._waiting)
        if self._busy:
            return 2, waiting
        return (0, 0) if 0 < waiting < WORTH_A_GROUP else (1, waiting)

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
        self._busy = True
        try:
            judgement, left = await self._committer.commit([append for append, _ in group], self._clock.ms())
        except Exception as failure:  # noqa: BLE001 - whatever it was, every caller must hear of it
            if isinstance(failure, FyrError) and failure.code == "unreachable":
                group, self._waiting = [*group, *self._waiting], []  # they have waited as long; none waits for ever
            for one in group:
                self._tell(one, failure)
            return
        finally:
            self._busy = False
        self._waiting = [group[place] for place in left] + self._waiting
        self._listeners.tell(judgement.commits)
        for place, verdict in zip(judgement.places, judgement.verdicts, strict=True):
            self._tell(group[place], verdict)

    def _tell(self, one: Waiting, verdict: Verdict) -> None:
        """A fault of one who hears it keeps it from nobody else."""
        append, hear = one
        self._under_way[append.stream] -= 1
        if not self._under_way[append.stream]:
            del self._under_way[append.stream]
        try:
            hear(verdict)
        except Exception:
            log.exception("verdict_not_told")
