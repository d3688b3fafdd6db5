"""Rounds in SQL, and their counts. The rows follow from the contacts' entries and can be made anew from them."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Index,
    Integer,
    String,
    Table,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite

from care.benefits.round import Round
from care.benefits.shape import BACK_MS, Counted, Seat, Shape
from care.booking.store import booking_seat
from carequeue.store import place
from core.ids import ContactId
from core.storage import tables
from core.storage.sql import Database
from core.storage.tables import metadata

OPEN = text("closed_ms IS NULL")
"""Written out, not a parameter: the databases use a partial index only for a condition they can read."""

benefit_round = Table(
    "benefit_round",
    metadata,
    Column("contact_id", String, primary_key=True),
    Column("no", Integer, primary_key=True),
    Column("unit_id", String, nullable=False),
    Column("provider_id", String, nullable=False),
    Column("person_id", String, nullable=False),
    Column("began_ms", BigInteger, nullable=False),
    Column("level", String, nullable=False),
    Column("target_ms", BigInteger, nullable=False),
    Column("replied_ms", BigInteger),
    Column("closed_ms", BigInteger),
    Column("reason", String, nullable=False),
    Column("move", String, nullable=False),
    Column("visits", Integer, nullable=False),
    Column("forms", Integer, nullable=False),
    Column("seen_no", Integer, nullable=False),
    Index("benefit_round_unit", "unit_id", "began_ms"),
    Index("benefit_round_person", "person_id", "began_ms"),
    Index("benefit_round_open", "contact_id", sqlite_where=OPEN, postgresql_where=OPEN),
)
AT_ONCE = 200
"""Contacts that are read before anything is written."""


class Span(NamedTuple):
    """A stretch of time: from a moment until before another, ms since 1970."""

    from_ms: int
    until_ms: int


class BenefitRows:
    """Writes the rows, finds what they lack, and counts."""

    def __init__(self, database: Database) -> None:
        self._database = database
        made = (sqlite if database.is_sqlite else postgresql).insert(benefit_round)
        new = {name: made.excluded[name] for name in Round._fields[2:]}
        self._insert: Any = made.on_conflict_do_update(
            index_elements=["contact_id", "no"],
            set_=new,
            where=made.excluded.seen_no >= benefit_round.c.seen_no,
        )

    async def put(self, rounds: Sequence[Round]) -> None:
        """Keep them, in one transaction; what was made from fewer entries takes no one's place."""
        async with self._database.write() as connection:
            await connection.execute(self._insert, [one._asdict() for one in rounds])

    async def lacking(self, after: str = "") -> list[ContactId]:
        """Contacts of which a round has begun that has no row, by their ids, some at a time."""
        row = benefit_round.c
        known = select(row.no).where(row.contact_id == place.c.contact_id, row.began_ms == place.c.arrived_ms)
        query = select(place.c.contact_id).where(place.c.contact_id > after, ~known.exists())
        return await self._contacts(query.order_by(place.c.contact_id).limit(AT_ONCE))

    async def gone_on(self, after: str = "") -> list[ContactId]:
        """Contacts with an open round that was made from fewer entries than there are, in the same way."""
        row, stream = benefit_round.c, tables.stream.c
        query = select(row.contact_id).join(tables.stream, stream.id == literal("contact:") + row.contact_id)
        query = query.where(OPEN, row.contact_id > after, stream.last_no > row.seen_no)
        return await self._contacts(query.order_by(row.contact_id).limit(AT_ONCE))

    async def counted(self, unit_id: str, span: Span, *, now_ms: int) -> Counted:
        """What came to a unit in a span, as it stands now."""
        row = benefit_round.c
        here = (row.unit_id == unit_id, row.began_ms >= span.from_ms, row.began_ms < span.until_ms)
        parts = (row.level, _reply(now_ms), row.reason, row.move, _back(now_ms))
        named = [part.label(name) for part, name in zip(parts, Shape._fields, strict=True)]
        alike = select(*named).add_columns(row.visits, row.forms).where(*here).subquery()
        keys = [alike.c[name] for name in Shape._fields]
        totals = (func.count(), func.sum(alike.c.visits), func.sum(alike.c.forms))
        seconds = (row.replied_ms - row.began_ms) // 1000
        waits = select(row.level, seconds, func.count()).where(*here, row.replied_ms.is_not(None))
        async with self._database.read() as connection:
            shapes = (await connection.execute(select(*keys, *totals).group_by(*keys))).all()
            waited = (await connection.execute(waits.group_by(row.level, seconds))).all()
            seats = (await connection.execute(_seats(unit_id, span))).all()
        return Counted(
            shapes={Shape(*found[:5]): found[5] for found in shapes},
            waits={(level, after_s): number for level, after_s, number in waited},
            visits=sum(int(found[6]) for found in shapes),
            forms=sum(int(found[7]) for found in shapes),
            seats={Seat(status): number for status, number in seats if status in ("attended", "missed")},
            booked=sum(number for _, number in seats),
        )

    async def first_ms(self, unit_id: str) -> int | None:
        """When the first round came to a unit."""
        row = benefit_round.c
        async with self._database.read() as connection:
            found = await connection.execute(select(func.min(row.began_ms)).where(row.unit_id == unit_id))
            first_ms: int | None = found.scalar_one_or_none()
            return first_ms

    async def _contacts(self, query: Any) -> list[ContactId]:
        async with self._database.read() as connection:
            return [ContactId(one) for one in (await connection.execute(query)).scalars()]


def _reply(now_ms: int) -> ColumnElement[str]:
    row = benefit_round.c
    return case(
        (row.replied_ms <= row.target_ms, "in_time"),
        (row.replied_ms.is_not(None), "late"),
        (func.coalesce(row.closed_ms, now_ms) > row.target_ms, "overdue"),
        else_="not_due",
    )


def _back(now_ms: int) -> ColumnElement[str]:
    row, later = benefit_round.c, benefit_round.alias("later")
    again = select(later.c.no).where(
        later.c.person_id == row.person_id,
        later.c.provider_id == row.provider_id,
        later.c.began_ms > row.closed_ms,
        later.c.began_ms < row.closed_ms + BACK_MS,
    )
    not_known = or_(row.closed_ms.is_(None), row.person_id == "", row.closed_ms > now_ms - BACK_MS)
    return case((not_known, ""), (again.exists(), "yes"), else_="no")


def _seats(unit_id: str, span: Span) -> Any:
    seat = booking_seat.c
    began = and_(seat.start_ms >= span.from_ms, seat.start_ms < span.until_ms)
    had = seat.status.in_(("booked", "attended", "missed"))
    return select(seat.status, func.count()).where(seat.unit_id == unit_id, began, had).group_by(seat.status)
