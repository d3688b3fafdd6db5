"""What pages are shown of booked times, and how moments come in."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from care.booking.rules import may_cancel, may_move
from care.booking.schedule import Schedule
from care.booking.state import Seat
from care.booking.store import SeatRow
from core.clock import to_ms
from core.errors import FyrError
from web.push.views import wire_time
from web.wire.booking import (
    GivenTime,
    OfferedTimes,
    OwnBooking,
    OwnBookings,
    OwnOffer,
    OwnWish,
    ScheduleList,
    ShownSchedule,
)

if TYPE_CHECKING:
    from web.node import Node

LONGEST_MS = 60 * 24 * 3_600_000
"""More is never shown at once."""


def moment_ms(text: str, where: str) -> int:
    """A moment in milliseconds since 1970. Raises `bad_request`."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise FyrError("bad_request", where=f"$.{where}", what="a time, as 2027-01-31T12:00:00Z") from None
    if at.tzinfo is None:
        raise FyrError("bad_request", where=f"$.{where}", what="a time with its zone")
    return to_ms(at)


def span_ms(since: str, until: str) -> tuple[int, int]:
    """From when, and until when at most. Raises `bad_request`."""
    from_ms = moment_ms(since, "since")
    return from_ms, min(moment_ms(until, "until"), from_ms + LONGEST_MS)


def given(row: SeatRow) -> GivenTime:
    """What was booked."""
    return GivenTime(booking_id=row.booking_id or "", starts_at=wire_time(row.start_ms), ends_at=wire_time(row.end_ms))


async def own_bookings(node: "Node", person_id: str) -> OwnBookings:
    """What a person has to come, is offered, and waits for."""
    same, now_ms = await node.register.rows.same(person_id), node.now_ms()
    rows = await node.booking.rows.of_person(same, since_ms=now_ms)
    wishes = await node.booking.waiting.wishes_of(same)
    return OwnBookings(
        bookings=tuple(_booking(node, row, now_ms) for row in rows if row.status == "booked"),
        offers=await _offers(node, [row for row in rows if row.status == "offered"]),
        wishes=tuple(
            OwnWish(
                wish_id=name,
                unit=node.unit_name(wish.unit_id),
                types=wish.types,
                since=wire_time(wish.from_ms),
                until=wire_time(wish.until_ms),
            )
            for name, wish in wishes.items()
        ),
    )


def _booking(node: "Node", row: SeatRow, now_ms: int) -> OwnBooking:
    rules = node.booking.rules.of(row.unit_id)
    return OwnBooking(
        booking_id=row.booking_id or "",
        unit_id=row.unit_id,
        unit=node.unit_name(row.unit_id),
        type=row.type,
        starts_at=wire_time(row.start_ms),
        ends_at=wire_time(row.end_ms),
        may_move=may_move(rules, row.start_ms, now_ms=now_ms) is None,
        may_cancel=may_cancel(rules, row.start_ms, now_ms=now_ms) is None,
    )


async def _offers(node: "Node", rows: Sequence[SeatRow]) -> tuple[OwnOffer, ...]:
    heads = await node.log.heads([row.stream for row in rows])
    kept = [(row, offer) for row in rows if (offer := heads[row.stream].state.get(Seat).offer) is not None]
    return tuple(
        OwnOffer(
            seat_id=row.seat_id,
            schedule_id=row.schedule_id,
            unit=node.unit_name(row.unit_id),
            type=row.type,
            starts_at=wire_time(row.start_ms),
            ends_at=wire_time(row.end_ms),
            until=wire_time(offer.until_ms),
        )
        for row, offer in kept
    )


def schedule_of(asked: OfferedTimes, unit_id: str) -> Schedule:
    """A schedule as it was asked for. Raises `bad_request` for days that are none."""
    try:
        return msgspec.convert({**msgspec.to_builtins(asked), "unit_id": unit_id}, Schedule)
    except msgspec.ValidationError:
        raise FyrError("bad_request", where="$.schedule", what="days as 2027-01-31") from None


async def schedule_list(node: "Node", unit_id: str) -> ScheduleList:
    """The unit's schedules that are in force."""
    found = await node.booking.schedules.of_unit(unit_id)
    return ScheduleList(
        schedules=tuple(
            ShownSchedule(schedule_id=name, schedule=_shown_schedule(one)) for name, one in sorted(found.items())
        )
    )


def _shown_schedule(schedule: Schedule) -> OfferedTimes:
    told = msgspec.to_builtins(schedule)
    del told["unit_id"]
    return msgspec.convert(told, OfferedTimes)
