"""The audit index in SQL, and what it and the log's own tables answer: what concerned a person, what someone did.

The newest first, page by page from a `Mark`; nothing is opened here.
"""

from collections.abc import AsyncIterator, Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Index,
    Integer,
    Select,
    String,
    Table,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
    tuple_,
)

from core.audit.index import PATIENT, PREFIX, IndexRow
from core.audit.judging import CHECK, Cell, SpotCheck, Stratum
from core.audit.mark import Mark, Period
from core.ids import StreamId
from core.log.append import Head
from core.log.rows import StateTable
from core.storage.sql import Database
from core.storage.tables import entry, metadata, once, stream

audit_index = Table(
    "audit_index",
    metadata,
    Column("stream_id", String, primary_key=True),
    Column("no", Integer, primary_key=True),
    Column("at_ms", BigInteger, nullable=False),
    Column("person_id", String, nullable=False),
    Column("provider_id", String, nullable=False),
    Column("stratum", String, nullable=False),
    Column("actor_id", String),
    Column("unit_id", String),
    Column("basis", String),
    Index("audit_index_person", "person_id", "at_ms"),
    Index("audit_index_provider", "provider_id", "stratum", "at_ms"),
    Index("audit_index_provider_at", "provider_id", "at_ms"),
    Index("audit_index_actor", "actor_id", "at_ms"),
)
Index("once_sender_at", once.c.sender, once.c.at_ms)
spot_check = Table(
    "spot_check",
    metadata,
    Column("check_key", String, primary_key=True),
    Column("provider_id", String, nullable=False, index=True),
    Column("drawn_ms", BigInteger, nullable=False),
)
PAGE = 1_000


class Wanted(NamedTuple):
    """Which looks are asked for; what is empty asks nothing."""

    provider_ids: tuple[str, ...]
    """The legal care givers whose looks they are."""
    period: Period
    person_id: str = ""
    actor_id: str = ""
    unit_id: str = ""
    basis: str = ""
    stratum: str = ""


class Looked(NamedTuple):
    """A look by staff at somebody, with what a spot check sorts it by."""

    mark: Mark
    stratum: Stratum
    unit_id: str
    actor_id: str


class RawEntry(NamedTuple):
    """An entry's header as it lies in the table, with whom its stream concerns."""

    header: bytes
    person_id: str


MARK = (audit_index.c.at_ms, audit_index.c.stream_id, audit_index.c.no)
BY_STAFF = audit_index.c.actor_id.startswith("staff:")
AT_SOMEBODY = audit_index.c.person_id != ""
ROW = [audit_index.c[name] for name in IndexRow._fields]


def check_table() -> StateTable:
    """How the log keeps the table of spot checks."""
    return StateTable(
        prefix=CHECK,
        table="spot_check",
        key="check_key",
        columns=tuple(spot_check.c.keys()),
        row=_check_row,
        parts=(SpotCheck,),
    )


def _check_row(head: Head) -> tuple[object, ...]:
    part = head.state.get(SpotCheck)
    return (head.stream.removeprefix(CHECK), part.provider_id, part.drawn_ms)


class AuditRows:
    """Reads the index; the log writes it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def about(self, person_id: str, period: Period, *, before: Mark | None, limit: int) -> list[Mark]:
        """Audit entries that concern a person."""
        query = select(*MARK).where(audit_index.c.person_id == person_id, *_before(period, before))
        return await self._marks(query.order_by(*(column.desc() for column in MARK)).limit(limit))

    async def changes_about(self, person_id: str, period: Period) -> AsyncIterator[RawEntry]:
        """Headers of everything in the streams that concern a person, or that they opened about nobody who is known."""
        theirs = or_(stream.c.person_id == person_id, and_(*_opened_by(person_id)))
        query = (
            select(entry.c.header, stream.c.person_id)
            .join_from(stream, entry, entry.c.stream_id == stream.c.id)
            .where(theirs, stream.c.created_ms < period.until_ms)
        )
        async with self._database.read() as connection:
            for header, person in (await connection.execute(query)).all():
                yield RawEntry(bytes(header), person)

    async def by_sender(
        self, actor_id: str, period: Period, *, before: Mark | None, limit: int
    ) -> list[tuple[Mark, RawEntry]]:
        """Everything an actor did: their looks and their changes."""
        mark = (once.c.at_ms, once.c.stream_id, entry.c.no)
        in_range = and_(entry.c.stream_id == once.c.stream_id, entry.c.no.between(once.c.first_no, once.c.last_no))
        query = (
            select(*mark, entry.c.header, stream.c.person_id)
            .join_from(once, entry, in_range)
            .join(stream, stream.c.id == once.c.stream_id)
            .where(once.c.sender == actor_id, *_within(once.c.at_ms, period))
        )
        if before is not None:
            query = query.where(tuple_(*mark) < tuple(before))
        async with self._database.read() as connection:
            rows = await connection.execute(query.order_by(*(column.desc() for column in mark)).limit(limit))
            return [
                (Mark(at_ms, StreamId(name), no), RawEntry(bytes(header), person))
                for at_ms, name, no, header, person in rows.all()
            ]

    async def whole(self, period: Period) -> AsyncIterator[Mark]:
        """Every audit entry of a period, oldest first: for taking the audit out."""
        query = select(*MARK).where(*_within(audit_index.c.at_ms, period)).order_by(*MARK)
        async for rows in self._partitions(query):
            for row in rows:
                yield Mark(row[0], StreamId(row[1]), row[2])

    async def search(self, wanted: Wanted, *, before: Mark | None, limit: int) -> list[Mark]:
        """Looks that are wanted, the newest first. Without a person they are looks by staff: patients see their own."""
        anyone = () if wanted.person_id else (BY_STAFF,)
        query = select(*MARK).where(*_wanted(wanted), *anyone, *_before(wanted.period, before))
        return await self._marks(query.order_by(*(column.desc() for column in MARK)).limit(limit))

    async def population(self, wanted: Wanted) -> list[Cell]:
        """How many looks by staff at somebody there are, by stratum and unit."""
        by = (audit_index.c.stratum, audit_index.c.unit_id)
        query = select(*by, func.count()).where(*_wanted(wanted), BY_STAFF, AT_SOMEBODY).group_by(*by).order_by(*by)
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).all()
        return [Cell(stratum=stratum, unit_id=unit_id, looks=looks) for stratum, unit_id, looks in rows]

    async def checks_of(self, provider_ids: Collection[str]) -> list[StreamId]:
        """The spot checks of these legal care givers, the newest first."""
        query = select(spot_check.c.check_key).where(spot_check.c.provider_id.in_(sorted(provider_ids)))
        newest = (spot_check.c.drawn_ms.desc(), spot_check.c.check_key.desc())
        async with self._database.read() as connection:
            return [StreamId(f"{CHECK}{key}") for key in (await connection.execute(query.order_by(*newest))).scalars()]

    async def places(self, wanted: Wanted) -> AsyncIterator[list[Looked]]:
        """Those looks one by one, some at a time, in no order."""
        columns = (*MARK, audit_index.c.stratum, audit_index.c.unit_id, audit_index.c.actor_id)
        query = select(*columns).where(*_wanted(wanted), BY_STAFF, AT_SOMEBODY)
        async for rows in self._partitions(query):
            yield [Looked(Mark(row[0], StreamId(row[1]), row[2]), row[3], row[4], row[5]) for row in rows]

    async def _partitions(self, query: Select[Any]) -> AsyncIterator[Sequence[Any]]:
        """A whole answer, some rows at a time: it is found and put in order once."""
        async with self._database.read_on() as connection:
            found = await connection.stream(query.execution_options(yield_per=PAGE))
            async for rows in found.partitions():
                yield rows

    async def of_stream(self, name: str, *, after: int | None = None, upto: int | None = None) -> list[IndexRow]:
        """The index's rows of one stream, by number: behind one number, up to another, where these are given."""
        query = select(*ROW).where(audit_index.c.stream_id == name).order_by(audit_index.c.no)
        query = query if after is None else query.where(audit_index.c.no > after)
        query = query if upto is None else query.where(audit_index.c.no <= upto)
        async with self._database.read() as connection:
            return [IndexRow._make(row) for row in (await connection.execute(query)).all()]

    async def count(self) -> int:
        """How many rows there are."""
        async with self._database.read() as connection:
            return int((await connection.execute(select(func.count()).select_from(audit_index))).scalar_one())

    async def strays(self) -> list[tuple[str, int]]:
        """Rows of the index for streams that are not there."""
        query = select(audit_index.c.stream_id, audit_index.c.no).outerjoin(
            stream, stream.c.id == audit_index.c.stream_id
        )
        async with self._database.read() as connection:
            return [(row[0], row[1]) for row in (await connection.execute(query.where(stream.c.id.is_(None)))).all()]

    async def stale_streams(self) -> list[StreamId]:
        """Streams with rows from before the index said who looked: a node of the release before wrote them."""
        query = select(audit_index.c.stream_id).where(audit_index.c.actor_id.is_(None)).distinct()
        async with self._database.read() as connection:
            return [StreamId(name) for name in (await connection.execute(query)).scalars()]

    async def is_missing(self) -> bool:
        """Whether there are audit entries and no index: a record from before it was kept."""
        any_row = select(audit_index.c.no).limit(1)
        any_stream = select(stream.c.id).where(stream.c.id.startswith(PREFIX)).limit(1)
        async with self._database.read() as connection:
            if (await connection.execute(any_row)).first() is not None:
                return False
            return (await connection.execute(any_stream)).first() is not None

    async def replace(self, name: str, rows: Sequence[IndexRow]) -> None:
        """Let the index say this of one stream, and nothing else."""
        async with self._database.write() as connection:
            await connection.execute(delete(audit_index).where(audit_index.c.stream_id == name))
            for start in range(0, len(rows), PAGE):
                await connection.execute(insert(audit_index), [row._asdict() for row in rows[start : start + PAGE]])

    async def drop_strays(self) -> None:
        """Take away rows of streams that are not there."""
        there = select(stream.c.id)
        async with self._database.write() as connection:
            await connection.execute(delete(audit_index).where(audit_index.c.stream_id.not_in(there)))

    async def _marks(self, query: Select[Any]) -> list[Mark]:
        async with self._database.read() as connection:
            return [Mark(row[0], StreamId(row[1]), row[2]) for row in (await connection.execute(query)).all()]


def _wanted(wanted: Wanted) -> list[ColumnElement[bool]]:
    asked = {name: getattr(wanted, name) for name in ("person_id", "actor_id", "unit_id", "basis", "stratum")}
    same = [audit_index.c[name] == value for name, value in asked.items() if value]
    return [audit_index.c.provider_id.in_(wanted.provider_ids), *_within(audit_index.c.at_ms, wanted.period), *same]


def _within(column: Column[int], period: Period) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return column >= period.from_ms, column < period.until_ms


def _before(period: Period, before: Mark | None) -> tuple[ColumnElement[bool], ...]:
    """What of a period comes before a mark. The time is said by itself: an index is only read from where it says."""
    if before is None:
        return _within(audit_index.c.at_ms, period)
    until_ms = min(period.until_ms, before.at_ms + 1)
    return (*_within(audit_index.c.at_ms, Period(period.from_ms, until_ms)), tuple_(*MARK) < tuple(before))


def _opened_by(person_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return stream.c.opener_id == f"{PATIENT}{person_id}", stream.c.person_id == ""
