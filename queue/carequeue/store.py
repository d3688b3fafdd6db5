"""Places in SQL: one row a contact, written in the transaction that changed it. The record of who waits, in order.

The rows are written by the log, through the `StateTable` that `place_table` makes; what is here reads them, but for
`restate`, which follows a change of the deadlines.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Index,
    Integer,
    Select,
    String,
    Table,
    bindparam,
    false,
    func,
    select,
    text,
    tuple_,
    union_all,
    update,
)

from carequeue.deadlines import Deadlines
from carequeue.order import OrderKey, level_in_queue, order_of, waits_as_letter
from carequeue.routing.rules import holding_back
from carequeue.state import Place, Status
from core.ids import ContactId, StreamId, contact_of
from core.log.append import Head
from core.log.rows import StateTable
from core.storage.sql import Database
from core.storage.tables import metadata, once
from triage.entries import Level
from triage.state import Triage

WAITING = text("status = 'waiting'")
"""Written out, not a parameter: the databases use a partial index only for a condition they can read."""
HELD = text("status = 'held'")
OPEN = text("status <> 'closed'")

place = Table(
    "place",
    metadata,
    Column("contact_id", String, primary_key=True),
    Column("no", Integer, nullable=False),
    Column("unit_id", String, nullable=False),
    Column("status", String, nullable=False),
    Column("needs", String, nullable=False),
    Column("tier", Integer, nullable=False),
    Column("due_ms", BigInteger, nullable=False),
    Column("arrived_ms", BigInteger, nullable=False),
    Column("urgency", String, nullable=False),
    Column("holder_id", String),
    Column("claim_no", Integer, nullable=False),
    Column("answered_ms", BigInteger),
    Column("held_ms", BigInteger),
    Column("letter", Boolean, nullable=False, server_default=false()),
    Index(
        "place_waiting",
        "unit_id",
        "tier",
        "due_ms",
        "arrived_ms",
        "contact_id",
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    ),
    Index("place_held", "holder_id", sqlite_where=HELD, postgresql_where=HELD),
    Index("place_open", "unit_id", sqlite_where=OPEN, postgresql_where=OPEN),
    Index("place_answered", "unit_id", "answered_ms"),
    Index("place_arrived", "unit_id", "arrived_ms"),
)
ORDER = (place.c.tier, place.c.due_ms, place.c.arrived_ms, place.c.contact_id)
PAGE = 500


class PlaceRow(NamedTuple):
    """One contact's place, as of entry `no` of its log."""

    contact_id: ContactId
    no: int
    unit_id: str
    status: Status
    needs: str
    """Abilities with spaces between; empty: anyone may take it."""
    tier: int
    due_ms: int
    arrived_ms: int
    urgency: Level
    holder_id: str | None
    claim_no: int
    answered_ms: int | None
    held_ms: int | None
    letter: bool = False
    """It waits for its answer as letters do."""

    @property
    def key(self) -> OrderKey:
        """Where it stands in the order."""
        return OrderKey(self.tier, self.due_ms, self.arrived_ms, self.contact_id)


COLUMNS = tuple(place.c[name] for name in PlaceRow._fields)


def place_table(deadlines: Deadlines) -> StateTable:
    """How the log keeps the table `place`: a row for each contact that has been queued."""

    def row(head: Head) -> PlaceRow | None:
        return place_row(head, deadlines) if head.state.get(Place).unit_id else None

    return StateTable(
        prefix="contact:",
        table="place",
        key="contact_id",
        columns=PlaceRow._fields,
        row=row,
        parts=(Place, Triage),
    )


def place_row(head: Head, deadlines: Deadlines) -> PlaceRow:
    """The row of the contact whose head this is, with the needs that hold back one of its level."""
    part, level, key = head.state.get(Place), level_in_queue(head.state.get(Triage)), order_of(head, deadlines)
    return PlaceRow(
        contact_id=contact_of(head.stream),
        no=head.last_no,
        unit_id=part.unit_id,
        status=part.status,
        needs=" ".join(sorted(holding_back(part.needs, level))),
        tier=key.tier,
        due_ms=key.due_ms,
        arrived_ms=key.arrived_ms,
        urgency=level,
        holder_id=part.holder_id,
        claim_no=part.claim_no,
        answered_ms=part.answered_ms,
        held_ms=part.held_ms,
        letter=waits_as_letter(part, head.state.get(Triage)),
    )


class Places:
    """Reads places; every call tells what is committed now."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, contact_ids: Sequence[ContactId]) -> dict[ContactId, PlaceRow]:
        """The places of those of the contacts that have one."""
        rows = await self._rows(select(*COLUMNS).where(place.c.contact_id.in_(contact_ids)))
        return {row.contact_id: row for row in rows}

    async def waiting(
        self, unit_ids: Sequence[str], *, after: OrderKey | None = None, limit: int = PAGE
    ) -> list[PlaceRow]:
        """Who waits at the units, in order, from the first behind `after`."""
        if not unit_ids:
            return []
        heads = [_queue_of(unit, after).limit(limit).subquery() for unit in dict.fromkeys(unit_ids)]
        merged = union_all(*(select(head) for head in heads)).subquery()
        order = [merged.c[column.name] for column in ORDER]
        return await self._rows(select(merged).order_by(*order).limit(limit))

    async def all_waiting(self, after: PlaceRow | None = None, *, limit: int = PAGE) -> list[PlaceRow]:
        """Everyone who waits anywhere, page by page: unit by unit, each in order."""
        columns = (place.c.unit_id, *ORDER)
        query = select(*COLUMNS).where(WAITING).order_by(*columns).limit(limit)
        if after is not None:
            query = query.where(tuple_(*columns) > (after.unit_id, *after.key))
        return await self._rows(query)

    async def ahead_of(self, unit_id: str, key: OrderKey) -> int:
        """How many wait at the unit before this place in the order."""
        ahead = select(func.count()).where(WAITING, place.c.unit_id == unit_id, tuple_(*ORDER) < tuple(key))
        return await self._number(ahead)

    async def counts(self, unit_ids: Sequence[str]) -> dict[str, dict[Level, int]]:
        """How many wait, by unit and level."""
        query = select(place.c.unit_id, place.c.urgency, func.count()).where(WAITING, place.c.unit_id.in_(unit_ids))
        found: dict[str, dict[Level, int]] = {unit: {} for unit in unit_ids}
        async with self._database.read() as connection:
            for unit, level, number in await connection.execute(query.group_by(place.c.unit_id, place.c.urgency)):
                found[unit][level] = number
        return found

    async def held(self, holder_id: str | None = None) -> list[PlaceRow]:
        """What this member of staff holds, or everything that is held; in order."""
        query = select(*COLUMNS).where(HELD).order_by(*ORDER)
        return await self._rows(query if holder_id is None else query.where(place.c.holder_id == holder_id))

    async def taken_since(self, unit_id: str, since_ms: int) -> list[tuple[int, int]]:
        """Arrival and first answer of each contact of the unit that was first taken after `since_ms`."""
        query = select(place.c.arrived_ms, place.c.answered_ms)
        async with self._database.read() as connection:
            found = await connection.execute(query.where(place.c.unit_id == unit_id, place.c.answered_ms > since_ms))
            return [(arrived_ms, answered_ms) for arrived_ms, answered_ms in found]

    async def oldest_waiting(self, unit_id: str) -> int | None:
        """When the one who has waited longest at the unit arrived, but for letters: they wait as they were promised."""
        waits = (WAITING, place.c.unit_id == unit_id, place.c.letter.is_(False))
        query = select(func.min(place.c.arrived_ms)).where(*waits)
        async with self._database.read() as connection:
            oldest_ms: int | None = (await connection.execute(query)).scalar_one()
        return oldest_ms

    async def arrived_since(
        self, unit_id: str, since_ms: int, *, levels: Sequence[Level], before_ms: int | None = None
    ) -> int:
        """How many of these levels came to the unit after `since_ms`, and before `before_ms` where that is given.

        Letters are not counted: they fill nobody's day.
        """
        came = (place.c.unit_id == unit_id, place.c.arrived_ms > since_ms, place.c.letter.is_(False))
        query = select(func.count()).where(*came)
        if before_ms is not None:
            query = query.where(place.c.arrived_ms < before_ms)
        return await self._number(query.where(place.c.urgency.in_(levels)))

    async def open_contacts(self, unit_id: str) -> list[ContactId]:
        """Who waits at the unit or is held there: what its board shows."""
        open_now = select(place.c.contact_id).where(OPEN, place.c.unit_id == unit_id)
        async with self._database.read() as connection:
            return list((await connection.execute(open_now)).scalars())

    async def restate(self, deadlines: Deadlines) -> int:
        """Let everyone who waits stand where the deadlines in force put them; gives how many moved. For the start."""
        moved: list[PlaceRow] = []
        page = await self.all_waiting()
        while page:
            moved += [row for row in page if row.due_ms != _due_ms(row, deadlines)]
            page = await self.all_waiting(after=page[-1])
        as_read = update(place).where(place.c.contact_id == bindparam("contact"), place.c.no == bindparam("as_of"))
        changes = [{"contact": row.contact_id, "as_of": row.no, "due": _due_ms(row, deadlines)} for row in moved]
        if changes:
            async with self._database.write() as connection:
                await connection.execute(as_read.values(due_ms=bindparam("due")), changes)
        return len(moved)

    async def first_entry(self, actor_id: str, client_id: str) -> tuple[StreamId, int] | None:
        """Where the first entry lies that this actor wrote under this `client_id`."""
        query = select(once.c.stream_id, once.c.first_no).where(
            once.c.sender == actor_id, once.c.client_id == client_id
        )
        async with self._database.read() as connection:
            row = (await connection.execute(query)).one_or_none()
        return (StreamId(row[0]), row[1]) if row is not None else None

    async def _rows(self, query: Select[Any]) -> list[PlaceRow]:
        async with self._database.read() as connection:
            return [PlaceRow._make(row) for row in await connection.execute(query)]

    async def _number(self, query: Select[int]) -> int:
        async with self._database.read() as connection:
            return (await connection.execute(query)).scalar_one()


def _queue_of(unit_id: str, after: OrderKey | None) -> Select[Any]:
    conditions: list[ColumnElement[bool]] = [place.c.unit_id == unit_id]
    if after is not None:
        conditions.append(tuple_(*ORDER) > tuple(after))
    return select(*COLUMNS).where(WAITING, *conditions).order_by(*ORDER)


def _due_ms(row: PlaceRow, deadlines: Deadlines) -> int:
    return deadlines.due_ms(row.unit_id, row.urgency, arrived_ms=row.arrived_ms, letter=row.letter)
