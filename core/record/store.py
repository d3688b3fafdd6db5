"""Reading the record as a whole from SQL: heads page by page, links at given numbers, and whether `once` fits."""

from collections.abc import AsyncIterator, Collection, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, column, func, select, text, tuple_
from sqlalchemy.orm import aliased

from core.ids import StreamId
from core.log.entry import Header
from core.log.verify import Fault, Seen, nobody_counts
from core.record.heads import SignedHead
from core.storage.sql import Database
from core.storage.tables import entry, once, stream

PAGE = 500


class RecordRows:
    """Reads only."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def counts(self) -> tuple[int, int]:
        """How many streams and entries there are."""
        async with self._database.read() as connection:
            streams = (await connection.execute(select(func.count()).select_from(stream))).scalar_one()
            return streams, (await connection.execute(select(func.count()).select_from(entry))).scalar_one()

    async def work(self, prefix: str = "") -> int:
        """How many rows of `entry` and `once` there are to look at."""
        numbers = [
            select(func.count()).select_from(table).where(table.c.stream_id.startswith(prefix, autoescape=True))
            for table in (entry, once)
        ]
        async with self._database.read() as connection:
            return sum([(await connection.execute(query)).scalar_one() for query in numbers])

    async def heads(self) -> AsyncIterator[list[SignedHead]]:
        """The head of every stream, in pages."""
        after = ""
        while True:
            query = select(stream.c.id, stream.c.last_no, stream.c.link).where(stream.c.id > after)
            async with self._database.read() as connection:
                rows = (await connection.execute(query.order_by(stream.c.id).limit(PAGE))).all()
            if not rows:
                return
            yield [SignedHead(StreamId(name), no, bytes(link).hex()) for name, no, link in rows]
            after = rows[-1][0]

    async def last_numbers(self, names: Collection[StreamId]) -> dict[StreamId, int]:
        """The last number of those of the streams that have a head or an entry."""
        heads = select(stream.c.id, stream.c.last_no).where(stream.c.id.in_(names))
        rows = select(entry.c.stream_id, func.max(entry.c.no)).where(entry.c.stream_id.in_(names))
        found: dict[StreamId, int] = {}
        async with self._database.read() as connection:
            for name, no in await connection.execute(rows.group_by(entry.c.stream_id)):
                found[StreamId(name)] = no
            for name, no in await connection.execute(heads):
                found[StreamId(name)] = max(no, found.get(StreamId(name), 0))
        return found

    async def links(self, wanted: Sequence[tuple[StreamId, int]]) -> dict[tuple[StreamId, int], str]:
        """The link of each of these entries that is there, hexadecimal."""
        found: dict[tuple[StreamId, int], str] = {}
        for start in range(0, len(wanted), PAGE):
            keys = tuple_(entry.c.stream_id, entry.c.no).in_(wanted[start : start + PAGE])
            async with self._database.read() as connection:
                rows = await connection.execute(select(entry.c.stream_id, entry.c.no, entry.c.link).where(keys))
                found.update({(StreamId(name), no): bytes(link).hex() for name, no, link in rows})
        return found

    async def of_table(self, table: str, columns: Sequence[str]) -> AsyncIterator[tuple[Any, ...]]:
        """Every row of a table, its columns in this order."""
        async with self._database.read() as connection:
            named: list[ColumnElement[Any]] = [column(name) for name in columns]
            rows = await connection.execute(select(*named).select_from(text(table)))
            for row in rows.all():
                yield tuple(row)

    async def born_faults(self, prefix: str = "") -> AsyncIterator[Fault]:
        """Streams whose row tells another beginning than their first entry."""
        first = and_(entry.c.stream_id == stream.c.id, entry.c.no == 1)
        query = select(stream.c.id, stream.c.created_ms, entry.c.header).join(entry, first).order_by(stream.c.id)
        query = query.where(stream.c.id.startswith(prefix, autoescape=True))
        after = ""
        while True:
            async with self._database.read() as connection:
                rows = (await connection.execute(query.where(stream.c.id > after).limit(PAGE))).all()
            for name, created_ms, raw in rows:
                header = _header(raw)
                if header is not None and header.at_ms != created_ms:
                    yield Fault(name, 0, "head_altered")
            if len(rows) < PAGE:
                return
            after = rows[-1][0]

    async def once_faults(self, prefix: str = "", *, seen: Seen = nobody_counts) -> AsyncIterator[Fault]:
        """Rows of `once` that do not say what the headers say, and entries no row of it stands for."""
        after: tuple[str, str] = ("", "")
        ours = once.c.stream_id.startswith(prefix, autoescape=True)
        while True:
            async with self._database.read() as connection:
                rows = (await connection.execute(_ONCE.where(after < _KEY, ours).limit(PAGE))).all()
            for row in rows:
                if not _fits(row):
                    yield Fault(row.stream_id, row.first_no, "once_altered")
            seen(len(rows))
            if len(rows) < PAGE:
                break
            after = (rows[-1].sender, rows[-1].client_id)
        for name in await self._unaccounted(prefix):
            query = select(entry.c.no).outerjoin(once, _WITHIN).where(once.c.sender.is_(None))
            async with self._database.read() as connection:
                for no in (await connection.execute(query.where(entry.c.stream_id == name))).scalars():
                    yield Fault(name, no, "once_missing")

    async def _unaccounted(self, prefix: str) -> list[str]:
        """Streams with more entries than `once` stands for: of rows that fit, no two stand for the same entry."""
        async with self._database.read() as connection:
            query = _UNACCOUNTED.where(_held.c.stream_id.startswith(prefix, autoescape=True))
            return list((await connection.execute(query)).scalars())


_first, _last, _next = aliased(entry, name="f"), aliased(entry, name="l"), aliased(entry, name="n")
_KEY = tuple_(once.c.sender, once.c.client_id)
_WITHIN = and_(entry.c.stream_id == once.c.stream_id, entry.c.no.between(once.c.first_no, once.c.last_no))
_ONCE = (
    select(
        once,
        _first.c.header.label("first"),
        _last.c.header.label("last"),
        _next.c.header.label("next"),
        select(func.max(entry.c.patient_no)).where(_WITHIN).scalar_subquery().label("seen"),
    )
    .outerjoin(_first, and_(_first.c.stream_id == once.c.stream_id, _first.c.no == once.c.first_no))
    .outerjoin(_last, and_(_last.c.stream_id == once.c.stream_id, _last.c.no == once.c.last_no))
    .outerjoin(_next, and_(_next.c.stream_id == once.c.stream_id, _next.c.no == once.c.last_no + 1))
    .order_by(once.c.sender, once.c.client_id)
)
_held = select(entry.c.stream_id, func.count().label("entries")).group_by(entry.c.stream_id).subquery()
_told = (
    select(once.c.stream_id, func.sum(once.c.last_no - once.c.first_no + 1).label("entries"))
    .group_by(once.c.stream_id)
    .subquery()
)
_UNACCOUNTED = (
    select(_held.c.stream_id)
    .outerjoin(_told, _told.c.stream_id == _held.c.stream_id)
    .where(_held.c.entries > func.coalesce(_told.c.entries, 0))
    .order_by(_held.c.stream_id)
)
"""Counted, and not looked up entry by entry: `once` has no index by stream, since every append would pay for it."""


def _fits(row: Any) -> bool:
    first, last, following = _header(row.first), _header(row.last), _header(row.next)
    sender = (row.sender, row.client_id)
    return (
        _written_by(first) == sender == _written_by(last) != _written_by(following)
        and first is not None
        and (first.at_ms, row.seen) == (row.at_ms, row.patient_no)
        and row.first_no <= row.last_no
    )


_decode_header = msgspec.json.Decoder(Header).decode


def _written_by(header: Header | None) -> tuple[str, str] | None:
    return (header.actor_id, header.client_id) if header is not None else None


def _header(raw: bytes | None) -> Header | None:
    try:
        return _decode_header(raw) if raw is not None else None
    except msgspec.DecodeError:
        return None
