"""Commits groups of appends: judged on what this node remembers, written only if that is still so, else asked anew.

Three steps down, each slower and surer. First a group is judged on remembered heads and written in one go; the database
takes it only if every stream is where the group thinks it is. If it is not, or anyone would be refused, heads and first
results are read and the group is judged again. A group that is overtaken again and again locks its streams.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any

import structlog

from core.errors import FyrError
from core.ids import StreamId
from core.log.append import Append, Appended, Head
from core.log.heads import HeadReader
from core.log.judge import Judge, Judgement, Known, Sender
from core.log.memory import Memory
from core.log.rows import StateTable, give_numbers, rows_of
from core.log.writer import LostError, OvertakenError, Writer

ANSWER_WITHIN_S = 10.0
"""So long is a group tried again before its callers hear `unreachable`; what they sent is still theirs to repeat."""
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.02, 0.5
PATIENCE = 3
"""Tries without a lock: two nodes rarely write to one stream within the same millisecond, and hardly ever thrice."""
LIMIT = 10
"""A group overtaken this often though it held the locks is a fault of ours."""

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Attempt:
    """How far one group has come."""

    group: Sequence[Append]
    at_ms: int
    streams: list[StreamId]
    asks: bool = False
    """Memory has proved old, or will not do."""
    overtaken: int = 0
    unsettled: Judgement | None = None
    """What was being written when the database last fell silent: it may be on disk."""
    pause_s: float = FIRST_PAUSE_S


class Committer:
    """One a node, one group at a time."""

    def __init__(
        self, writer: Writer, judge: Judge, heads: HeadReader, *, memory: Memory, tables: Sequence[StateTable]
    ) -> None:
        self._writer = writer
        self._judge = judge
        self._heads = heads
        self._memory = memory
        self._tables = tables

    async def commit(self, group: Sequence[Append], at_ms: int) -> Judgement:
        """Commit the group, or those of it that are not refused.

        Raises `unreachable` when the database stays away: then it may be on disk or not, and a repeat tells.
        """
        attempt = Attempt(group, at_ms, sorted({append.stream for append in group}))
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                while (judgement := await self._try(attempt)) is None:
                    attempt.asks = True
        except TimeoutError:
            self._memory.clear()
            self._writer.drop()
            raise FyrError("unreachable", what=self._writer.name) from None
        self._memory.keep(judgement)
        return judgement

    async def _try(self, attempt: Attempt) -> Judgement | None:
        alone = self._writer.exclusively if attempt.overtaken >= PATIENCE else _among_others
        try:
            async with alone(attempt.streams):
                return await self._judge_and_write(attempt)
        except OvertakenError:
            self._memory.forget(attempt.streams)
            attempt.unsettled = None  # nothing was written: what looks like ours is somebody else's
            attempt.overtaken += 1
            if attempt.overtaken == LIMIT:
                raise
        except LostError as lost:
            self._memory.clear()
            log.warning("database_lost", why=str(lost), again_in_s=attempt.pause_s)
            await asyncio.sleep(attempt.pause_s)
            attempt.pause_s = min(attempt.pause_s * 2, LONGEST_PAUSE_S)
        return None

    async def _judge_and_write(self, attempt: Attempt) -> Judgement | None:
        group = attempt.group
        known: dict[StreamId, Head | FyrError] = {**self._memory.heads(group)}
        once = self._memory.results(group)
        if attempt.asks:
            found = await self._writer.read(attempt.streams, _senders(group))
            known, once = self._heads.each(found.heads), _results(found.results)
            if attempt.unsettled is not None and attempt.unsettled.new_once.items() <= once.items():
                return attempt.unsettled  # it was on disk, all of it
        elif unknown := _unknown(group, known):
            known |= self._heads.each((await self._writer.read(unknown, [])).heads)
        judgement = self._judge.judge(group, known=known, once=once, at_ms=attempt.at_ms)
        if judgement.refuses and not attempt.asks:
            return None
        if judgement.entries:
            await self._write(attempt, judgement)
        return judgement

    async def _write(self, attempt: Attempt, judgement: Judgement) -> None:
        rows = rows_of(judgement, self._tables)
        attempt.unsettled = judgement  # from here until the database has answered nobody knows
        numbers = await self._writer.write(rows)
        give_numbers(judgement, rows, numbers)


@contextlib.asynccontextmanager
async def _among_others(_: Sequence[str]) -> AsyncIterator[None]:
    yield


def _senders(group: Sequence[Append]) -> list[Sender]:
    return sorted({(append.actor.id, append.client_id) for append in group})


def _unknown(group: Sequence[Append], known: Known) -> list[StreamId]:
    """Streams to be asked for. What an append would make is taken to be new: that it is not is found in writing."""
    return sorted({append.stream for append in group if append.create is None} - known.keys())


def _results(rows: Sequence[Sequence[Any]]) -> dict[Sender, Appended]:
    return {(row[0], row[1]): Appended(StreamId(row[2]), *row[3:]) for row in rows}
