"""Commits groups of appends: judged on what this node remembers, written only if that is still so, else asked anew.

Three steps down, each slower and surer. First a group is judged on remembered heads and written in one go; the database
takes what of it builds on what is there. A stream that another node was quicker to write to is left for the next group,
its head read anew; if anyone would be refused, heads and first results are read and the group is judged again. A stream
that is overtaken again and again is locked.
"""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import structlog

from core.errors import FyrError
from core.ids import StreamId
from core.log.append import Append, Appended, Head
from core.log.heads import HeadReader
from core.log.judge import Firsts, Judge, Judgement, Known, Sender
from core.log.memory import Memory
from core.log.rows import KeptTable, changes_of, give_numbers, rows_of
from core.log.writer import LostError, OvertakenError, Writer

ANSWER_WITHIN_S = 10.0
"""So long is a group tried again before its callers hear `unreachable`; what they sent is still theirs to repeat."""
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.02, 0.5
PATIENCE = 3
"""Tries without a lock: two nodes rarely write to one stream within the same millisecond, and hardly ever thrice."""
LIMIT = 10
"""What is overtaken this often though its streams were locked is a fault of ours."""

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Attempt:
    """How far one group has come."""

    group: Sequence[Append]
    at_ms: int
    streams: list[StreamId]
    asks: bool = False
    """Memory has proved old, or will not do."""
    tries: int = 0
    """How often another node was first with a new stream or a `client_id`."""
    unsettled: Judgement | None = None
    """What was being written when the database last fell silent: it may be on disk."""
    pause_s: float = FIRST_PAUSE_S


class Outcome(NamedTuple):
    """What is on disk or refused, and what is to be tried again in the next group."""

    judgement: Judgement
    left: list[int]
    """Places in the group."""


class Committer:
    """One a node, one group at a time."""

    def __init__(
        self, writer: Writer, judge: Judge, heads: HeadReader, *, memory: Memory, tables: Sequence[KeptTable]
    ) -> None:
        self._writer = writer
        self._judge = judge
        self._heads = heads
        self._memory = memory
        self._tables = tables
        self._overtaken: Counter[StreamId] = Counter()
        """How often in a row each stream was overtaken."""

    def contested(self) -> set[StreamId]:
        """Streams that are to be locked. They go in a group of their own: whoever holds some locks and then wants more
        waits in a circle with another node that does the same."""
        return {stream for stream, times in self._overtaken.items() if times >= PATIENCE} if self._overtaken else set()

    async def commit(self, group: Sequence[Append], at_ms: int) -> Outcome:
        """Commit the group, or those of it that are neither refused nor overtaken. See `contested`.

        Raises `unreachable` when the database stays away: then it may be on disk or not, and a repeat tells.
        """
        attempt = Attempt(group, at_ms, sorted({append.stream for append in group}))
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                while (outcome := await self._try(attempt)) is None:
                    attempt.asks = True
        except TimeoutError:
            self._memory.clear()
            self._writer.drop()
            raise FyrError("unreachable", what=self._writer.name) from None
        self._memory.keep(outcome.judgement)
        again = {group[place].stream for place in outcome.left}
        for stream in self._overtaken.keys() & set(attempt.streams) - again:
            del self._overtaken[stream]
        return self._given_up(outcome)

    def _given_up(self, outcome: Outcome) -> Outcome:
        """Nobody is left waiting for a stream that never lets itself be written to."""
        judgement, left = outcome
        hopeless = [place for place in left if self._overtaken[judgement.group[place].stream] >= LIMIT]
        judgement.places += hopeless
        judgement.verdicts += [OvertakenError() for _ in hopeless]
        return Outcome(judgement, [place for place in left if place not in hopeless])

    async def _try(self, attempt: Attempt) -> Outcome | None:
        contested = self.contested().intersection(attempt.streams)
        alone = self._writer.exclusively if contested or attempt.tries >= PATIENCE else _among_others
        try:
            async with alone(attempt.streams):
                self._memory.forget(contested)  # as they are under the lock nobody overtakes them
                return await self._judge_and_write(attempt)
        except OvertakenError:
            self._memory.forget(attempt.streams)
            attempt.unsettled = None  # nothing was written: what looks like ours is somebody else's
            attempt.tries += 1
            if attempt.tries == LIMIT:
                raise
        except LostError as lost:
            self._memory.clear()
            log.warning("database_lost", why=str(lost), again_in_s=attempt.pause_s)
            await asyncio.sleep(attempt.pause_s)
            attempt.pause_s = min(attempt.pause_s * 2, LONGEST_PAUSE_S)
        return None

    async def _judge_and_write(self, attempt: Attempt) -> Outcome | None:
        group = attempt.group
        known: dict[StreamId, Head | FyrError] = {**self._memory.heads(attempt.streams)}
        once: Firsts = self._memory.results
        if attempt.asks:
            found = await self._writer.read(attempt.streams, _senders(group))
            known, once = self._heads.each(found.heads), _results(found.results)
            if attempt.unsettled is not None and (settled := _on_disk(attempt.unsettled, once)):
                return Outcome(*attempt.unsettled.without(attempt.unsettled.heads.keys() - settled))
        elif unknown := _unknown(group, known):
            known |= self._heads.each((await self._writer.read(unknown, [])).heads)
        judgement = self._judge.judge(group, known=known, once=once, at_ms=attempt.at_ms)
        if judgement.refuses and not attempt.asks:
            return None
        return await self._write(attempt, judgement) if judgement.entries else Outcome(judgement, [])

    async def _write(self, attempt: Attempt, judgement: Judgement) -> Outcome:
        rows = rows_of(judgement, self._tables)
        attempt.unsettled = judgement  # from here until the database has answered nobody knows
        written = await self._writer.write(rows)
        if not written.overtaken:
            give_numbers(judgement, rows.changes, written.numbers)
            return Outcome(judgement, [])
        self._memory.catch_up(written.overtaken, self._heads.each(written.heads))
        self._overtaken.update(written.overtaken)
        rest, left = judgement.without(written.overtaken)
        give_numbers(rest, changes_of(rest), written.numbers)
        return Outcome(rest, left)


@contextlib.asynccontextmanager
async def _among_others(_: Sequence[str]) -> AsyncIterator[None]:
    yield


def _on_disk(unsettled: Judgement, once: Firsts) -> set[StreamId]:
    """The streams to which it was written before the database fell silent: each whole, or not at all."""
    return {done.stream for sender, done in unsettled.new_once.items() if once.get(sender) == done}


def _senders(group: Sequence[Append]) -> list[Sender]:
    return sorted({(append.actor.id, append.client_id) for append in group})


def _unknown(group: Sequence[Append], known: Known) -> list[StreamId]:
    """Streams to be asked for. What an append would make is taken to be new: that it is not is found in writing."""
    return sorted({append.stream for append in group if append.create is None} - known.keys())


def _results(rows: Sequence[Sequence[Any]]) -> dict[Sender, Appended]:
    return {(row[0], row[1]): Appended(StreamId(row[2]), *row[3:]) for row in rows}
