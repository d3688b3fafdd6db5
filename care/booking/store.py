"""Seats, schedules and wishes in SQL, written by the log in the transaction that changed them, read here.

A seat has one row, and a row one person: the key is what no two bookings share, on either database.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Column, Index, Integer, Select, String, Table, select

from care.booking.schedule import VisitType
from care.booking.state import ScheduleState, Seat, Status, Wish
from core.ids import StreamId
from core.log.append import Head
from core.log.rows import Row, StateTable
from core.log.state import Part
from core.storage.sql import Database
from core.storage.tables import metadata

SLOT, SCHEDULE, WISH = "slot:", "schedule:", "wish:"
"""How the streams are called: of a seat of a slot, of a schedule, of a wish."""

booking_seat = Table(
    "booking_seat",
    metadata,
    Column("seat_id", String, primary_key=True),
    Column("slot_id", String, nullable=False),
    Column("number", Integer, nullable=False),
    Column("unit_id", String, nullable=False),
    Column("schedule_id", String, nullable=False),
    Column("clinician_id", String, nullable=False),
    Column("type", String, nullable=False),
    Column("start_ms", BigInteger, nullable=False),
    Column("end_ms", BigInteger, nullable=False),
    Column("status", String, nullable=False),
    Column("booking_id", String),
    Column("person_id", String),
    Column("moved_from", String, nullable=False),
    Column("series_id", String, nullable=False),
    Column("changed_ms", BigInteger, nullable=False),
    Index("booking_seat_booking", "booking_id", unique=True),
    Index("booking_seat_unit", "unit_id", "start_ms"),
    Index("booking_seat_clinician", "clinician_id", "start_ms"),
    Index("booking_seat_person", "person_id", "start_ms"),
    Index("booking_seat_slot", "slot_id"),
)
booking_schedule = Table(
    "booking_schedule",
    metadata,
    Column("schedule_id", String, primary_key=True),
    Column("unit_id", String, nullable=False),
    Column("clinician_id", String, nullable=False),
    Column("until_day", String, nullable=False),
    Column("ended", Integer, nullable=False),
    Index("booking_schedule_unit", "unit_id", "ended"),
    Index("booking_schedule_clinician", "clinician_id", "ended"),
)
booking_wish = Table(
    "booking_wish",
    metadata,
    Column("wish_id", String, primary_key=True),
    Column("unit_id", String, nullable=False),
    Column("person_id", String, nullable=False, index=True),
    Column("status", String, nullable=False),
    Column("until_ms", BigInteger, nullable=False),
    Column("since_ms", BigInteger, nullable=False),
    Index("booking_wish_unit", "unit_id", "status", "since_ms"),
)


class SeatRow(NamedTuple):
    """One seat as the table has it."""

    seat_id: str
    slot_id: str
    number: int
    unit_id: str
    schedule_id: str
    clinician_id: str
    type: VisitType
    start_ms: int
    end_ms: int
    status: Status
    booking_id: str | None
    person_id: str | None
    moved_from: str
    series_id: str
    changed_ms: int

    @property
    def stream(self) -> StreamId:
        """The seat's own stream."""
        return seat_stream(self.seat_id)


def seat_stream(seat_id: str) -> StreamId:
    """The stream of a seat."""
    return StreamId(f"{SLOT}{seat_id}")


def booking_tables() -> tuple[StateTable, ...]:
    """How the log keeps the tables."""
    return (
        _table(SLOT, booking_seat, row=_seat_row, part=Seat),
        _table(SCHEDULE, booking_schedule, row=_schedule_row, part=ScheduleState),
        _table(WISH, booking_wish, row=_wish_row, part=Wish),
    )


def _table(prefix: str, table: Table, *, row: Callable[[Head], Row | None], part: type[Part]) -> StateTable:
    key, *_ = table.c.keys()
    columns = tuple(table.c.keys())
    return StateTable(prefix=prefix, table=table.name, key=key, columns=columns, row=row, parts=(part,))


def _seat_row(head: Head) -> Row | None:
    part = head.state.get(Seat)
    seat, booking = part.seat, part.booking
    if seat is None:
        return None
    kept_for = part.offer.person_id if part.offer else None
    return SeatRow(
        seat_id=seat.seat_id,
        slot_id=seat.slot_id,
        number=seat.number,
        unit_id=seat.unit_id,
        schedule_id=seat.schedule_id,
        clinician_id=seat.clinician_id,
        type=seat.type,
        start_ms=seat.start_ms,
        end_ms=seat.end_ms,
        status=part.status,
        booking_id=booking.booking_id if booking else None,
        person_id=booking.person_id if booking else kept_for,
        moved_from=booking.moved_from if booking else "",
        series_id=booking.series_id if booking else "",
        changed_ms=part.changed_ms,
    )


def _schedule_row(head: Head) -> Row | None:
    part = head.state.get(ScheduleState)
    if part.schedule is None:
        return None
    schedule_id, one = head.stream.removeprefix(SCHEDULE), part.schedule
    return (schedule_id, one.unit_id, one.clinician_id, one.until_day.isoformat(), int(part.ended))


def _wish_row(head: Head) -> Row | None:
    part = head.state.get(Wish)
    if not part.unit_id:  # it has been erased
        return None
    wish_id = head.stream.removeprefix(WISH)
    return (wish_id, part.unit_id, part.person_id, part.status, part.until_ms, part.since_ms)


_SEATS = select(*(booking_seat.c[name] for name in SeatRow._fields)).order_by(
    booking_seat.c.start_ms, booking_seat.c.seat_id
)


class BookingRows:
    """Reads; every call tells what is committed now."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def seat(self, seat_id: str) -> SeatRow | None:
        """One seat, if it was ever booked."""
        return next(iter(await self._seats(_SEATS.where(booking_seat.c.seat_id == seat_id))), None)

    async def of_slot(self, slot: str) -> list[SeatRow]:
        """The seats of a slot that were ever booked."""
        return await self._seats(_SEATS.where(booking_seat.c.slot_id == slot))

    async def of_booking(self, booking_id: str) -> SeatRow | None:
        """The seat a booking has."""
        return next(iter(await self._seats(_SEATS.where(booking_seat.c.booking_id == booking_id))), None)

    async def of_unit(self, unit_id: str, from_ms: int, until_ms: int) -> list[SeatRow]:
        """The unit's seats that begin in [`from_ms`, `until_ms`)."""
        row = booking_seat.c
        within = (row.unit_id == unit_id, row.start_ms >= from_ms, row.start_ms < until_ms)
        return await self._seats(_SEATS.where(*within))

    async def taken_from(self, clinicians: Sequence[str], from_ms: int, until_ms: int) -> list[SeatRow]:
        """Seats of these clinicians, at any unit, that somebody has or is kept for in a part of this time."""
        row = booking_seat.c
        within = (row.clinician_id.in_(clinicians), row.start_ms < until_ms, row.end_ms > from_ms)
        return await self._seats(_SEATS.where(*within, row.status != "free"))

    async def of_person(self, person_ids: Sequence[str], *, since_ms: int) -> list[SeatRow]:
        """What these persons have booked or are offered that ends after `since_ms`."""
        row = booking_seat.c
        return await self._seats(_SEATS.where(row.person_id.in_(person_ids), row.end_ms > since_ms))

    async def schedules_of(self, unit_id: str) -> list[StreamId]:
        """The unit's schedules that have not ended."""
        row = booking_schedule.c
        return await self._streams(SCHEDULE, select(row.schedule_id).where(row.unit_id == unit_id, row.ended == 0))

    async def schedules_with(self, clinician_id: str) -> list[StreamId]:
        """A clinician's schedules at every unit that have not ended."""
        row = booking_schedule.c
        query = select(row.schedule_id).where(row.clinician_id == clinician_id, row.ended == 0)
        return await self._streams(SCHEDULE, query)

    async def wishes_at(self, unit_id: str, *, now_ms: int) -> list[StreamId]:
        """Who waits at the unit, the longest first."""
        row = booking_wish.c
        waits = (row.unit_id == unit_id, row.status == "waiting", row.until_ms > now_ms)
        return await self._streams(WISH, select(row.wish_id).where(*waits).order_by(row.since_ms, row.wish_id))

    async def wishes_of(self, person_ids: Sequence[str], *, now_ms: int) -> list[StreamId]:
        """What these persons wait for."""
        row = booking_wish.c
        waits = (row.person_id.in_(person_ids), row.status == "waiting", row.until_ms > now_ms)
        return await self._streams(WISH, select(row.wish_id).where(*waits).order_by(row.since_ms, row.wish_id))

    async def _seats(self, query: Select[Any]) -> list[SeatRow]:
        async with self._database.read() as connection:
            return [SeatRow._make(row) for row in await connection.execute(query)]

    async def _streams(self, prefix: str, query: Select[Any]) -> list[StreamId]:
        async with self._database.read() as connection:
            return [StreamId(f"{prefix}{name}") for name in (await connection.execute(query)).scalars()]
