"""Ended waits in SQL. The rows follow from the contacts' entries and can be made anew from them.

What is read of them is about chats: letters wait by another promise, and would make a unit look slow.
"""

from collections.abc import Sequence

from sqlalchemy import BigInteger, Boolean, Column, Index, String, Table, bindparam, false, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from carequeue.store import place
from carequeue.waited.wait import EndedWait
from core.ids import ContactId
from core.storage.sql import Database
from core.storage.tables import metadata

waited = Table(
    "waited",
    metadata,
    Column("contact_id", String, primary_key=True),
    Column("began_ms", BigInteger, primary_key=True),
    Column("unit_id", String, nullable=False),
    Column("level", String, nullable=False),
    Column("arrived_ms", BigInteger, nullable=False),
    Column("target_ms", BigInteger, nullable=False),
    Column("first", Boolean, nullable=False),
    Column("ended_ms", BigInteger, nullable=False),
    Column("taken", Boolean, nullable=False),
    Column("age_group", String, nullable=False),
    Column("lang", String, nullable=False),
    Column("closed_ms", BigInteger),
    Column("letter", Boolean, nullable=False, server_default=false()),
    Index("waited_ended", "unit_id", "ended_ms"),
    Index("waited_arrived", "unit_id", "arrived_ms"),
)
COLUMNS = tuple(waited.c[name] for name in EndedWait._fields)
CHATS = waited.c.letter.is_(False)
MISSING_AT_ONCE = 200
HOUR_MS = 3_600_000


class WaitedRows:
    """Writes and reads the rows."""

    def __init__(self, database: Database) -> None:
        self._database = database
        dialect = sqlite if database.is_sqlite else postgresql
        self._insert = dialect.insert(waited).on_conflict_do_nothing()

    async def add(self, waits: Sequence[EndedWait]) -> None:
        """Keep them, in one transaction; one that is there already stays."""
        async with self._database.write() as connection:
            await connection.execute(self._insert, [wait._asdict() for wait in waits])

    async def close(self, closings: Sequence[tuple[ContactId, int]]) -> None:
        """The contacts were closed then: the end of what came after each one's last wait."""
        last = select(waited.c.began_ms).where(waited.c.contact_id == bindparam("contact"), waited.c.taken.is_(True))
        newest = last.order_by(waited.c.began_ms.desc()).limit(1).scalar_subquery()
        change = update(waited).where(
            waited.c.contact_id == bindparam("contact"), waited.c.began_ms == newest, waited.c.closed_ms.is_(None)
        )
        rows = [{"contact": contact_id, "at": closed_ms} for contact_id, closed_ms in closings]
        async with self._database.write() as connection:
            await connection.execute(change.values(closed_ms=bindparam("at")), rows)

    async def missing(self, after: str = "") -> list[ContactId]:
        """Contacts that somebody has taken and that have no row, as many as are made anew at once, by their ids."""
        known = select(waited.c.contact_id).where(
            waited.c.contact_id == place.c.contact_id, waited.c.arrived_ms == place.c.arrived_ms, waited.c.taken
        )
        taken = select(place.c.contact_id).where(
            place.c.contact_id > after, place.c.answered_ms.is_not(None), ~known.exists()
        )
        async with self._database.read() as connection:
            rows = await connection.execute(taken.order_by(place.c.contact_id).limit(MISSING_AT_ONCE))
            return [ContactId(one) for one in rows.scalars()]

    async def arrived(self, unit_id: str, since_ms: int, until_ms: int) -> list[EndedWait]:
        """First waits of who came to the unit then, by arrival."""
        query = select(*COLUMNS).where(
            waited.c.unit_id == unit_id,
            waited.c.arrived_ms >= since_ms,
            waited.c.arrived_ms < until_ms,
            waited.c.first.is_(True),
            CHATS,
        )
        async with self._database.read() as connection:
            rows = await connection.execute(query.order_by(waited.c.arrived_ms, waited.c.contact_id))
            return [EndedWait._make(row) for row in rows]

    async def arrivals_by_hour(self, unit_id: str, since_ms: int) -> dict[int, int]:
        """How many came to the unit in each hour since then, by when it began; those who still wait as well."""
        hour = place.c.arrived_ms - place.c.arrived_ms % HOUR_MS
        came = (place.c.unit_id == unit_id, place.c.arrived_ms >= since_ms, place.c.letter.is_(False))
        query = select(hour, func.count()).where(*came)
        async with self._database.read() as connection:
            rows = await connection.execute(query.group_by(hour))
            return {began_ms: number for began_ms, number in rows}

    async def ended(self, unit_id: str, since_ms: int) -> list[EndedWait]:
        """Waits at the unit that have ended since then, by their ends."""
        query = select(*COLUMNS).where(waited.c.unit_id == unit_id, waited.c.ended_ms > since_ms, CHATS)
        async with self._database.read() as connection:
            rows = await connection.execute(query.order_by(waited.c.ended_ms, waited.c.contact_id))
            return [EndedWait._make(row) for row in rows]
