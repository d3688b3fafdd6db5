"""The log: append, read, listen. Lanes gather what waits into groups, each one transaction."""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import structlog

from core.clock import Clock
from core.errors import FyrError
from core.ids import StreamId
from core.log.append import Append, Appended, Head
from core.log.committer import Committer
from core.log.entry import Entry
from core.log.heads import HeadReader
from core.log.judge import Judge, Verdict
from core.log.kinds import Kinds
from core.log.lane import Hear, Lane
from core.log.listeners import Interest, Listener, Listeners
from core.log.memory import Memory
from core.log.rows import KeptTable
from core.log.seal import MasterKeys, sealer_of
from core.log.store import LogReader, Numbers, UnitChanges
from core.log.verify import Fault, Seen, nobody_counts
from core.log.writer import Writer
from core.storage.postgres_writer import PostgresWriter
from core.storage.sql import Database
from core.storage.sqlite_writer import SqliteWriter

log = structlog.get_logger(__name__)
LANES = 2
"""Groups under way at once on PostgreSQL: one is judged, or told, while the other is written."""
IS_ID = re.compile(r"[!-~]{1,256}").fullmatch
"""What may stand as a `client_id`: printable ASCII without a space."""


def make_writer(database: Database) -> Writer:
    """The writing side of the database's kind."""
    if database.is_sqlite:
        return SqliteWriter(Path(database.url.database or ""))
    return PostgresWriter(database.url.set(drivername="postgresql").render_as_string(hide_password=False))


class Log:
    """Everything that was ever said and done, in order. `start` before use, `stop` after."""

    def __init__(
        self,
        database: Database,
        kinds: Kinds,
        *,
        masters: MasterKeys,
        clock: Clock,
        state_tables: Sequence[KeptTable] = (),
        lanes: int = LANES,
    ) -> None:
        self.kinds = kinds
        self._masters = masters
        self._memory = Memory()
        self._listeners = Listeners(kinds)
        heads, judge = HeadReader(masters), Judge(kinds, masters)
        self._heads = heads
        self._reader = LogReader(database, heads, kinds)

        def lane() -> Lane:
            writer = make_writer(database)
            committer = Committer(writer, judge, heads, memory=self._memory, tables=state_tables)
            return Lane(writer, committer, listeners=self._listeners, clock=clock)

        # A file has one writer at a time, so a second lane would only wait for the first.
        self._lanes = [lane() for _ in range(1 if database.is_sqlite else lanes)]

    async def start(self) -> None:
        """Open the writers and begin to commit."""
        for lane in self._lanes:
            await lane.start()

    async def stop(self) -> None:
        """Commit what waits, then close; whoever appends from here on hears `unreachable`."""
        await asyncio.gather(*(lane.stop() for lane in self._lanes))

    def on_commit(self, listener: Listener, *, of: Interest | None = None) -> None:
        """Call `listener` for each stream that a group of this node has written to; it must not block.

        `of`: only where an entry is one of these bodies, or may have changed one of these parts of the state.
        """
        self._listeners.add(listener, of)

    async def append(self, append: Append) -> Appended:
        """Commit the entries, or raise the `FyrError` that refused them. Returning means: on disk.

        Raises `unreachable` when the database stayed away: whether it is on disk, a repeat will tell; also when this
        log stops.
        """
        future: asyncio.Future[Appended] = asyncio.get_running_loop().create_future()

        def settle(verdict: Verdict) -> None:
            if future.done():  # who asked has gone
                return
            if isinstance(verdict, Exception):
                future.set_exception(verdict)
            else:
                future.set_result(verdict)

        self.put(append, settle)
        return await future

    async def step(self, append: Append) -> bool:
        """What happens by itself, and any node may do: False when the state has moved on (`wrong_state`) meanwhile."""
        try:
            await self.append(append)
        except FyrError as refusal:
            if refusal.code != "wrong_state":
                raise
            log.info("step_overtaken", stream=append.stream, by=append.actor.id)
            return False
        return True

    def put(self, append: Append, hear: Hear) -> None:
        """The same for who does not wait: `hear` is told what became of it, in the turn of the loop that knows.

        Raises `bad_request`, and `unreachable` when this log stops.
        """
        if not IS_ID(append.client_id):  # it is kept in clear: it must have no room for anyone's words
            raise FyrError("bad_request", where="client_id", what="text")
        self._lane(append.stream).put(append, hear)

    def _lane(self, stream: StreamId) -> Lane:
        """Streams are not shared out beforehand: those who come together are written together."""
        for lane in self._lanes:
            if lane.has(stream):
                return lane
        return min(self._lanes, key=Lane.load)

    def remembered(self, stream: StreamId) -> Head | None:
        """The head as this node last left it; another node may have gone on. For what is asked again in `require`."""
        return self._memory.head(stream)

    def forget(self, stream: StreamId) -> None:
        """Another node has written to it: the next append asks the database at once."""
        self._memory.forget([stream])

    def advance(self, told: Head) -> None:
        """Another node has written to it and told how it is now, its keys apart: the next append builds on that.

        SQL has the last word: what is judged on a head that is not the newest is not written.
        """
        self._memory.advance(told)

    def forget_key(self, stream: StreamId) -> None:
        """The stream's key has been taken away: no memory of this process holds on to it."""
        self._memory.forget([stream])
        self._heads.forget(stream)
        sealer_of.cache_clear()

    async def head(self, stream: StreamId) -> Head:
        """The stream's head as it is now. Raises `not_found`."""
        return await self._reader.head(stream)

    async def find_head(self, stream: StreamId) -> Head | None:
        """The same of a stream that may not exist."""
        return await self._reader.find_head(stream)

    async def heads(self, streams: Sequence[StreamId]) -> dict[StreamId, Head]:
        """The heads of those of the streams that exist."""
        return await self._reader.heads(streams)

    async def numbers(self, streams: Sequence[StreamId]) -> dict[StreamId, Numbers]:
        """How far those of the streams that exist are, and whom they concern: the cheapest look at many."""
        return await self._reader.numbers(streams)

    async def entries(self, stream: StreamId, after: int = 0, *, limit: int | None = None) -> list[Entry]:
        """Entries numbered above `after`, in order, so many at most. Raises `not_found` for no such stream."""
        return await self._reader.entries(stream, after, limit=limit)

    async def entries_at(self, places: Sequence[tuple[StreamId, int]]) -> dict[tuple[StreamId, int], Entry]:
        """Those of the entries at these places that are there."""
        return await self._reader.entries_at(places)

    async def changed_streams(self, unit_id: str, after: int) -> UnitChanges:
        """Streams of a unit, or that left it, that changed after its number `after`."""
        return await self._reader.changed_streams(unit_id, after)

    async def unit_numbers(self, unit_ids: Sequence[str]) -> dict[str, int]:
        """The newest number of each unit that has one."""
        return await self._reader.unit_numbers(unit_ids)

    async def streams_opened_by(self, actor_id: str, person_id: str) -> list[StreamId]:
        """Contacts a person opened, or that are about them, newest first."""
        return await self._reader.streams_opened_by(actor_id, person_id)

    async def streams_about(self, person_id: str) -> list[StreamId]:
        """Contacts that are about a person, newest first."""
        return await self._reader.streams_about(person_id)

    async def streams_about_any(self, person_ids: Sequence[str]) -> dict[StreamId, str]:
        """Contacts that are about one of them, newest first, each with whom."""
        return await self._reader.streams_about_any(person_ids)

    def faults(self, prefix: str = "", *, seen: Seen = nobody_counts) -> AsyncIterator[Fault]:
        """Every row of the record, or of its streams that begin so, that is not as it was committed."""
        return self._reader.faults(self._masters, prefix, seen=seen)

    def streams(self, prefix: str) -> AsyncIterator[StreamId]:
        """The streams whose names begin so, in the order of their names."""
        return self._reader.streams(prefix)
