"""A lane: appends of its own share of the streams, gathered into groups and committed one group at a time.

Lanes know nothing of each other, as two nodes do not: what touches one stream goes by one lane, and the database keeps
apart what they share. While one waits for the disk another judges, so that neither processor nor database idles.
"""

import asyncio
import contextlib
import time
from collections.abc import Callable, Sequence

import structlog

from core.clock import Clock
from core.errors import FyrError
from core.log.append import Append, Commit
from core.log.committer import Committer
from core.log.judge import Verdict
from core.log.turns import LOOK_S, Turns
from core.log.writer import Writer

GROUP_LIMIT = 256
"""Appends in one transaction at most: past this a group's latency costs more than its fsync saves."""
MANY = 16
GATHER_S = 0.001
"""After so large a group it is waited for those that the answers bring: two half groups cost more than a whole one."""

Hear = Callable[[Verdict], None]
"""Told what became of an append: where it lies on disk, or why it does not."""
Waiting = tuple[Append, Hear]
Listener = Callable[[Commit], None]
log = structlog.get_logger(__name__)


class Lane:
    """`start` before use, `stop` after. `listeners` is the log's own list, read anew with every group."""

    def __init__(
        self, writer: Writer, committer: Committer, *, listeners: Sequence[Listener], turns: Turns, clock: Clock
    ) -> None:
        self._writer = writer
        self._committer = committer
        self._listeners = listeners
        self._turns = turns
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

    def wake(self) -> None:
        """It may be our turn in a stream where it was another node's."""
        self._wake.set()

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
                if group:
                    await self._commit(group)
                    if len(group) >= MANY:
                        await asyncio.sleep(GATHER_S)
                else:
                    await self._for_our_turn()

    def _next_group(self) -> Sequence[Waiting]:
        """What has waited longest, but for streams in which it is another node's turn."""
        waiting, theirs = self._waiting, list[Waiting]()
        if self._turns.waits:
            waiting = [one for one in self._waiting if self._turns.ours(one[0].stream)]
            theirs = [one for one in self._waiting if not self._turns.ours(one[0].stream)]
        self._waiting = waiting[GROUP_LIMIT:] + theirs
        return waiting[:GROUP_LIMIT]

    async def _for_our_turn(self) -> None:
        """Until something else can be written, or nobody else wrote for a moment."""
        self._wake.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LOOK_S):
                await self._wake.wait()

    async def _commit(self, group: Sequence[Waiting]) -> None:
        began_s = time.monotonic()
        try:
            judgement, left = await self._committer.commit([append for append, _ in group], self._clock.ms())
        except Exception as failure:  # noqa: BLE001 - whatever it was, every caller must hear of it
            if isinstance(failure, FyrError) and failure.code == "unreachable":
                group, self._waiting = [*group, *self._waiting], []  # they have waited as long; none waits for ever
            for _, hear in group:
                _tell(hear, failure)
            return
        self._waiting = [group[place] for place in left] + self._waiting
        self._turns.wrote(judgement.heads, took_s=time.monotonic() - began_s)
        self._tell_listeners(judgement.commits)
        for place, verdict in zip(judgement.places, judgement.verdicts, strict=True):
            _tell(group[place][1], verdict)

    def _tell_listeners(self, commits: Sequence[Commit]) -> None:
        """It is on disk: a fault of one who listens keeps it from nobody else, nor from who waits for the answer."""
        for commit in commits:
            for listener in self._listeners:
                try:
                    listener(commit)
                except Exception:
                    log.exception("commit_not_told", stream=commit.stream)


def _tell(hear: Hear, verdict: Verdict) -> None:
    """A fault of one who hears it keeps it from nobody else."""
    try:
        hear(verdict)
    except Exception:
        log.exception("verdict_not_told")
