"""Reading the log from SQL: heads, entries, and what changed at a unit."""

from collections.abc import AsyncIterator, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Integer, Select, String, and_, bindparam, column, select, values

from core.errors import FyrError
from core.ids import StreamId
from core.log.append import Head
from core.log.author import with_opened_author
from core.log.entry import Entry, Header, Scope
from core.log.heads import HeadReader
from core.log.judge import EntryRow
from core.log.kinds import Kinds
from core.log.rows import STREAM
from core.log.seal import SALT_BYTES, MasterKeys, Sealer, sealer_of
from core.log.verify import Fault, Seen, StreamCheck, nobody_counts
from core.storage import tables
from core.storage.sql import Database
from core.storage.together import Together

PAGE = 1_000
FIRST = -(2**31)
"""Before any number that a row can have, also one that was made up."""
_decode_header = msgspec.json.Decoder(Header).decode
SCOPE = ("person_id", "opener_id", "unit_id", "provider_id")
_NUMBERS = [tables.stream.c[name] for name in ("id", "last_no", "patient_no", *SCOPE)]
_HEAD = [tables.stream.c[name] for name in STREAM]
_THESE = tables.stream.c.id.in_(bindparam("streams", expanding=True))
_HEADS, _NUMBERS_OF = select(*_HEAD).where(_THESE), select(*_NUMBERS).where(_THESE)
_ENTRIES = (
    select(tables.entry.c.header, tables.entry.c.body)
    .where(tables.entry.c.stream_id == bindparam("stream"), tables.entry.c.no > bindparam("after"))
    .order_by(tables.entry.c.no)
)
"""What is asked most is made once: to make a statement costs as much as to have it answered."""


class Numbers(NamedTuple):
    """The newest numbers of a stream, as staff and as the patient count, and whom it concerns."""

    last_no: int
    patient_no: int
    scope: Scope


class UnitChanges(NamedTuple):
    """What changed at a unit: its newest number, and each changed stream with the number of its last change."""

    no: int
    streams: dict[StreamId, int]


class LogReader:
    """The reading side of the log; every call reads what is committed now."""

    def __init__(self, database: Database, heads: HeadReader, kinds: Kinds) -> None:
        self._database = database
        self._heads = heads
        self._kinds = kinds
        self._each = Together(self.heads)

    async def head(self, stream: StreamId) -> Head:
        """The stream's head. Raises `not_found`."""
        found = await self.find_head(stream)
        if found is None:
            raise FyrError("not_found")
        return found

    async def find_head(self, stream: StreamId) -> Head | None:
        """The same of a stream that may not exist."""
        return await self._each.get(stream)

    async def heads(self, streams: Sequence[StreamId]) -> dict[StreamId, Head]:
        """The heads of those of the streams that exist."""
        async with self._database.read() as connection:
            rows = (await connection.execute(_HEADS, {"streams": list(streams)})).all()
        return self._heads.of(rows)

    async def numbers(self, streams: Sequence[StreamId]) -> dict[StreamId, Numbers]:
        """How far those of the streams that exist are, and whom they concern; nothing is unsealed."""
        found: dict[StreamId, Numbers] = {}
        for start in range(0, len(streams), PAGE):
            page = {"streams": list(streams[start : start + PAGE])}
            async with self._database.read() as connection:
                rows = (await connection.execute(_NUMBERS_OF, page)).all()
            for name, last_no, patient_no, *scope in rows:
                found[StreamId(name)] = Numbers(last_no, patient_no, Scope(**dict(zip(SCOPE, scope, strict=True))))
        return found

    async def entries(self, stream: StreamId, after: int, *, limit: int | None = None) -> list[Entry]:
        """Entries above `after`, in order, so many at most. Raises `not_found` when the stream does not exist."""
        head = await self.head(stream)
        query = _ENTRIES if limit is None else _ENTRIES.limit(limit)
        async with self._database.read() as connection:
            rows = (await connection.execute(query, {"stream": stream, "after": after})).all()
        sealer = sealer_of(head.key)
        return [self._entry(bytes(header), body, sealer) for header, body in rows]

    async def entries_at(self, places: Sequence[tuple[StreamId, int]]) -> dict[tuple[StreamId, int], Entry]:
        """Those of the entries at these places that are there."""
        found: dict[tuple[StreamId, int], Entry] = {}
        for start in range(0, len(places), PAGE):
            page = places[start : start + PAGE]
            heads = await self.heads(sorted({stream for stream, _ in page}))
            async with self._database.read() as connection:
                rows = (await connection.execute(at_places(page))).all()
            for name, no, header, body in rows:
                if name in heads:
                    found[StreamId(name), no] = self._entry(bytes(header), body, sealer_of(heads[name].key))
        return found

    def _entry(self, raw: bytes, sealed: bytes | None, sealer: Sealer) -> Entry:
        header = with_opened_author(_decode_header(raw), sealer)
        if sealed is None:
            return Entry(header, None)
        plain = sealer.open(bytes(sealed), f"{header.stream}/{header.no}")[SALT_BYTES:]
        return Entry(header, self._kinds.decode(header.kind, plain))

    async def changed_streams(self, unit_id: str, after: int) -> UnitChanges:
        """Streams that changed at the unit after its number `after`, and its newest number (0 when it has none)."""
        table = tables.unit_change
        changes = select(table.c.stream_id, table.c.no).where(table.c.unit_id == unit_id, table.c.no > after)
        newest = select(tables.unit_head.c.no).where(tables.unit_head.c.unit_id == unit_id)
        async with self._database.read() as connection:
            number = (await connection.execute(newest)).scalar_one_or_none() or 0
            rows = (await connection.execute(changes.order_by(table.c.no))).all()
        return UnitChanges(number, {StreamId(stream): no for stream, no in rows})

    async def unit_numbers(self, unit_ids: Sequence[str]) -> dict[str, int]:
        """The newest number of each unit that has one."""
        table = tables.unit_head
        async with self._database.read() as connection:
            rows = await connection.execute(select(table.c.unit_id, table.c.no).where(table.c.unit_id.in_(unit_ids)))
            return {row.unit_id: row.no for row in rows}

    async def streams_about(self, person_id: str) -> list[StreamId]:
        """Contacts that are about a person, newest first."""
        return list(await self.streams_about_any([person_id]))

    async def streams_about_any(self, person_ids: Sequence[str]) -> dict[StreamId, str]:
        """Contacts that are about one of them, newest first, each with whom; none of nobody."""
        table, wanted = tables.stream, [one for one in person_ids if one]
        about = table.c.person_id.in_(wanted) & table.c.id.startswith("contact:")
        query = select(table.c.id, table.c.person_id).where(about).order_by(table.c.created_ms.desc())
        async with self._database.read() as connection:
            return {StreamId(name): person_id for name, person_id in await connection.execute(query)}

    async def streams_opened_by(self, actor_id: str, person_id: str) -> list[StreamId]:
        """Contacts a person opened, or that are about them, newest first."""
        table = tables.stream
        theirs = (table.c.opener_id == actor_id) | ((table.c.person_id == person_id) & (person_id != ""))
        contacts = table.c.id.startswith("contact:")
        query = select(table.c.id).where(theirs, contacts).order_by(table.c.created_ms.desc())
        async with self._database.read() as connection:
            return [StreamId(name) for name in (await connection.execute(query)).scalars()]

    async def faults(self, masters: MasterKeys, prefix: str, *, seen: Seen = nobody_counts) -> AsyncIterator[Fault]:
        """Every fault of the chains, stream by stream. What is appended while a stream is read is no fault of it."""
        async for name in self.streams(prefix):
            try:
                head = await self.head(name)
                check = StreamCheck(head, masters)
            except (FyrError, ValueError):
                yield Fault(name, 0, "head_altered")
                continue
            beyond: list[int] = []
            async for rows in self._rows(name):
                beyond += [row.no for row in rows if row.no > head.last_no]
                for fault in check.look_at(row for row in rows if row.no <= head.last_no):
                    yield fault
                seen(len(rows))
            for fault in check.end():
                yield fault
            for fault in await self._added(name, beyond):
                yield fault

    async def _added(self, name: StreamId, beyond: Sequence[int]) -> list[Fault]:
        """Rows behind the end of their stream as it is by now."""
        if not beyond:
            return []
        try:
            last_no = (await self.head(name)).last_no
        except (FyrError, ValueError):
            return [Fault(name, 0, "head_altered")]
        return [Fault(name, no, "added") for no in beyond if no > last_no]

    async def streams(self, prefix: str) -> AsyncIterator[StreamId]:
        """Every such stream that has a head or an entry: an entry without a head is a fault too."""
        heads, entries, after = tables.stream.c.id, tables.entry.c.stream_id, ""
        while True:
            page = await self._names(heads, after, prefix=prefix)
            upto = page[-1] if len(page) == PAGE else ""
            others = await self._names(entries, after, prefix=prefix, upto=upto)
            for name in sorted({*page, *others}):
                yield StreamId(name)
            if not upto:
                return
            after = upto

    async def _names(self, named: ColumnElement[str], after: str, *, prefix: str, upto: str = "") -> list[str]:
        """Names behind one and, where it is given, up to another, each once; only without the latter in pages."""
        query = select(named).distinct().where(named > after, named.startswith(prefix, autoescape=True))
        query = query.where(named <= upto) if upto else query
        query = query if named is tables.entry.c.stream_id else query.order_by(named).limit(PAGE)
        async with self._database.read() as connection:
            return list((await connection.execute(query)).scalars())

    async def _rows(self, stream: StreamId) -> AsyncIterator[list[EntryRow]]:
        """A stream's rows in order, some at a time."""
        table, after = tables.entry, FIRST
        columns = (table.c.no, table.c.patient_no, table.c.header, table.c.link, table.c.body)
        while True:
            query = select(*columns).where(table.c.stream_id == stream, table.c.no > after)
            async with self._database.read() as connection:
                found = (await connection.execute(query.order_by(table.c.no).limit(PAGE))).all()
            yield [EntryRow(stream, no, mine, bytes(a), bytes(b), _bytes(body)) for no, mine, a, b, body in found]
            if len(found) < PAGE:
                return
            after = found[-1][0]


def at_places(places: Sequence[tuple[StreamId, int]]) -> Select[Any]:
    """The entries at these places. A join, since SQLite reads its whole table for a pair `IN` a list of pairs."""
    table = tables.entry
    wanted = values(column("stream_id", String), column("no", Integer), name="wanted").data(list(places)).cte("wanted")
    here = and_(table.c.stream_id == wanted.c.stream_id, table.c.no == wanted.c.no)
    return select(table.c.stream_id, table.c.no, table.c.header, table.c.body).join_from(wanted, table, here)


def _bytes(value: bytes | None) -> bytes | None:
    return bytes(value) if value is not None else None
