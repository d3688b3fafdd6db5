"""What pages are shown of booked times, and how moments come in."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from care.booking.finding import FreeSlot
from care.booking.rules import DAY_MS, MINUTE_MS, may_cancel, may_move
from care.booking.schedule import Schedule
from care.booking.state import Booking, Offer, Seat
from care.booking.store import SeatRow
from core.clock import to_ms
from core.errors import FyrError
from core.zones import ZONES
from web.booked_visit import RECEIVING, contacts_of
from web.push.views import wire_time
from web.wire.booking import (
    FreeTime,
    FreeTimes,
    GivenTime,
    OfferedTimes,
    OwnBooking,
    OwnBookings,
    OwnOffer,
    OwnWish,
    Receiver,
    ScheduleList,
    ShownSchedule,
)

if TYPE_CHECKING:
    from web.node import Node

PHONE = re.compile(r"\+?[0-9(][0-9 ()/-]{4,24}")
"""As people write numbers; no letters."""
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


async def free_times(node: "Node", unit_id: str, found: Sequence[FreeSlot]) -> FreeTimes:
    """What a patient may book at a unit, with what its rules say of it."""
    rules = node.booking.rules.of(unit_id)
    names = await _clinicians(node, [(unit_id, one.clinician_id) for one in found])
    return FreeTimes(
        unit_id=unit_id,
        unit=node.unit_name(unit_id),
        times=tuple(
            FreeTime(
                schedule_id=one.schedule_id,
                type=one.type,
                starts_at=wire_time(one.start_ms),
                ends_at=wire_time(one.end_ms),
                left=one.left,
                capacity=one.capacity,
                clinician=names.get(one.clinician_id, ""),
            )
            for one in found
        ),
        zone=zone_name(node),
        open_until=wire_time(node.now_ms() + rules.ahead_days * DAY_MS),
        move_min=rules.move_min,
        cancel_min=rules.cancel_min,
    )


def zone_name(node: "Node") -> str:
    """By which clocks the units of this deployment live."""
    return ZONES[node.settings.country].key


async def _clinicians(node: "Node", at: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Names of these clinicians, each at a unit, where patients are told them; nobody's whose name is not shown."""
    told = {staff_id for unit_id, staff_id in at if node.booking.rules.of(unit_id).shows_clinician}
    found = {one: await node.directory.actor(f"staff:{one}") for one in sorted(told)}
    return {one: actor.name for one, actor in found.items() if actor is not None}


async def own_bookings(node: "Node", person_id: str) -> OwnBookings:
    """What a person has to come, is offered, and waits for."""
    same = await node.register.rows.same(person_id)
    rows = await node.booking.rows.of_person(same, since_ms=node.now_ms())
    wishes = await node.booking.waiting.wishes_of(same)
    names = await _clinicians(node, [(row.unit_id, row.clinician_id) for row in rows])
    seats = await seats_of(node, rows)
    found = [(row, seats[row.seat_id], names.get(row.clinician_id, "")) for row in rows]
    booked = [(row, one.booking, name) for row, one, name in found if one.booking]
    contacts = await contacts_of(node, [one for _, one, _ in booked])
    return OwnBookings(
        bookings=tuple(
            [
                await _booking(node, row, one, name=name, contact_id=contacts.get(one.booking_id, ""))
                for row, one, name in booked
            ]
        ),
        offers=tuple(_offer(node, row, one.offer, name=name) for row, one, name in found if one.offer),
        wishes=tuple(
            OwnWish(
                wish_id=name,
                unit=node.unit_name(wish.unit_id),
                types=wish.types,
                since=wire_time(wish.from_ms),
                until=wire_time(wish.until_ms),
                zone=zone_name(node),
            )
            for name, wish in wishes.items()
        ),
    )


async def seats_of(node: "Node", rows: Sequence[SeatRow]) -> dict[str, Seat]:
    """The seats of these rows as they stand, by their ids."""
    heads = await node.log.heads([row.stream for row in rows])
    return {row.seat_id: heads[row.stream].state.get(Seat) for row in rows}


async def _booking(node: "Node", row: SeatRow, booking: Booking, *, name: str, contact_id: str) -> OwnBooking:
    rules, now_ms = node.booking.rules.of(row.unit_id), node.now_ms()
    unit, open_ = await node.directory.unit(row.unit_id), booking.status == "booked"
    return OwnBooking(
        booking_id=booking.booking_id,
        unit_id=row.unit_id,
        unit=node.unit_name(row.unit_id),
        type=row.type,
        starts_at=wire_time(row.start_ms),
        ends_at=wire_time(row.end_ms),
        may_move=open_ and may_move(rules, row.start_ms, now_ms=now_ms) is None,
        may_cancel=open_ and may_cancel(rules, row.start_ms, now_ms=now_ms) is None,
        move_until=wire_time(row.start_ms - rules.move_min * MINUTE_MS),
        cancel_until=wire_time(row.start_ms - rules.cancel_min * MINUTE_MS),
        zone=zone_name(node),
        clinician=name,
        unit_phone=(unit.phone if unit else None) or "",
        phone=booking.phone,
        status=booking.status,
        opens_at=wire_time(row.start_ms - rules.lobby_min * MINUTE_MS) if row.type == "video" else "",
        contact_id=contact_id,
    )


def _offer(node: "Node", row: SeatRow, offer: Offer, *, name: str) -> OwnOffer:
    return OwnOffer(
        seat_id=row.seat_id,
        schedule_id=row.schedule_id,
        unit=node.unit_name(row.unit_id),
        type=row.type,
        starts_at=wire_time(row.start_ms),
        ends_at=wire_time(row.end_ms),
        until=wire_time(offer.until_ms),
        zone=zone_name(node),
        clinician=name,
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
    names = await staff_names(node, unit_id)
    return ScheduleList(
        schedules=tuple(
            ShownSchedule(schedule_id=name, schedule=_shown_schedule(one)) for name, one in sorted(found.items())
        ),
        receivers=tuple(Receiver(clinician_id=one, name=name) for one, name in names.items()),
        zone=zone_name(node),
    )


async def staff_names(node: "Node", unit_id: str) -> dict[str, str]:
    """Who meets patients at the unit, by their ids."""
    return {one.staff_id: one.name for one in await node.directory.staff_at(unit_id) if one.role in RECEIVING}


def phone_of(text: str, *, needed: bool) -> str:
    """A number to call, and no words: they would be a patient's that nobody assesses. Raises `bad_request`."""
    number = text.strip()
    if (number or needed) and not PHONE.fullmatch(number):
        raise FyrError("bad_request", where="$.phone", what="a telephone number")
    return number


def _shown_schedule(schedule: Schedule) -> OfferedTimes:
    told = msgspec.to_builtins(schedule)
    del told["unit_id"]
    return msgspec.convert(told, OfferedTimes)
