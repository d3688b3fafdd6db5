"""Socket calls about booked times: a patient's own, those staff book for patients, and a unit's schedules."""

from collections.abc import Mapping

from care.booking.bookings import Wanted
from care.booking.entries import WishMade
from care.booking.schedule import Schedule
from care.booking.state import Seat
from care.booking.store import SeatRow
from core.access.gates import UnitAccess
from core.errors import FyrError
from core.notices.entries import NoticeChosen
from web.booked_visit import contacts_of
from web.gates import person_gate, preview_gate, unit_gate
from web.offered import require_offered
from web.persons import known_to
from web.push.views import wire_time
from web.registry import Call, on
from web.sockets.contact import check_client_id
from web.times import (
    free_times,
    given,
    moment_ms,
    own_bookings,
    phone_of,
    schedule_list,
    schedule_of,
    seats_of,
    span_ms,
    staff_names,
    zone_name,
)
from web.wire.booking import (
    AskOwnBookings,
    BookTime,
    CancelBooking,
    DayBooking,
    DayTime,
    DayView,
    DeclineTime,
    EndSchedule,
    EndWish,
    FindTimes,
    FreeTimes,
    GivenTime,
    GiveTime,
    ListSchedules,
    MoveBooking,
    NoteComing,
    OwnBookings,
    RevokeBooking,
    ScheduleList,
    SetSchedule,
    ShowDay,
    WishTime,
)
from web.wire.contact import Empty


@on("booking:free", gate=person_gate())
async def find_times(call: Call, body: FindTimes, person_id: str) -> FreeTimes:
    """Times the person may book at a unit. Raises `function_off`."""
    unit_id, (from_ms, until_ms) = await _unit(call, body.unit_id, person_id), span_ms(body.since, body.until)
    found = await call.node.booking.bookings.free(
        unit_id, from_ms=from_ms, until_ms=until_ms, person_ids=await call.node.register.rows.same(person_id)
    )
    return await free_times(call.node, unit_id, found)


@on("booking:book", gate=person_gate())
async def book_time(call: Call, body: BookTime, person_id: str) -> GivenTime:
    """Book a time. Raises `function_off`."""
    schedule = await _offered_by(call, body.schedule_id, person_id)
    chosen = NoticeChosen(channel=body.channel, address=body.address, push=body.push)
    wanted = Wanted(
        schedule_id=body.schedule_id,
        start_ms=moment_ms(body.starts_at, "starts_at"),
        person_id=_somebody(person_id),
        lang=body.lang,
        notice=call.node.notices.chosen(chosen),
        phone=phone_of(body.phone, needed=schedule.type == "phone"),
    )
    client_id = check_client_id(body.client_id)
    return given(await call.node.booking.bookings.book(call.actor, wanted, client_id=client_id))


@on("booking:move", gate=person_gate())
async def move_booking(call: Call, body: MoveBooking, person_id: str) -> GivenTime:
    """Move a booking of one's own. Raises `function_off`."""
    was = await _own_booking(call, body.booking_id, person_id)
    schedule = await _offered_by(call, body.schedule_id, person_id)
    wanted = Wanted(
        schedule_id=body.schedule_id,
        start_ms=moment_ms(body.starts_at, "starts_at"),
        person_id=_somebody(person_id),
        lang=body.lang,
        phone=phone_of(body.phone, needed=_begins_by_phone(schedule, was)),
    )
    client_id = check_client_id(body.client_id)
    return given(await call.node.booking.bookings.move(call.actor, body.booking_id, wanted, client_id=client_id))


@on("booking:cancel", gate=person_gate())
async def cancel_booking(call: Call, body: CancelBooking, person_id: str) -> OwnBookings:
    """Cancel a booking of one's own."""
    await _own_booking(call, body.booking_id, person_id)
    client_id = check_client_id(body.client_id)
    await call.node.booking.bookings.cancel(call.actor, body.booking_id, client_id=client_id)
    return await own_bookings(call.node, person_id)


@on("booking:mine", gate=person_gate())
async def ask_own_bookings(call: Call, _: AskOwnBookings, person_id: str) -> OwnBookings:
    """What one has to come."""
    return await own_bookings(call.node, person_id)


@on("booking:wish", gate=person_gate())
async def wish_time(call: Call, body: WishTime, person_id: str) -> OwnBookings:
    """Be put on the waiting list. Raises `function_off`."""
    (from_ms, until_ms), chosen = (
        span_ms(body.since, body.until),
        NoticeChosen(channel=body.channel, address=body.address, push=body.push),
    )
    wish = WishMade(
        person_id=_somebody(person_id),
        unit_id=await _unit(call, body.unit_id, person_id),
        types=tuple(dict.fromkeys(body.types)),
        from_ms=from_ms,
        until_ms=until_ms,
        lang=body.lang,
    )
    notice, client_id = call.node.notices.chosen(chosen), check_client_id(body.client_id)
    await call.node.booking.waiting.wish(call.actor, wish, notice, client_id=client_id)
    return await own_bookings(call.node, person_id)


@on("booking:unwish", gate=person_gate())
async def end_wish(call: Call, body: EndWish, person_id: str) -> OwnBookings:
    """Wait no more."""
    waiting = call.node.booking.waiting
    if body.wish_id not in await waiting.wishes_of(await call.node.register.rows.same(_somebody(person_id))):
        raise FyrError("not_found")
    await waiting.withdraw(call.actor, body.wish_id, client_id=check_client_id(body.client_id))
    return await own_bookings(call.node, person_id)


@on("booking:decline", gate=person_gate())
async def decline_offer(call: Call, body: DeclineTime, person_id: str) -> OwnBookings:
    """Leave a time one was offered to the next."""
    waiting, client_id = call.node.booking.waiting, check_client_id(body.client_id)
    await waiting.decline(call.actor, body.seat_id, _somebody(person_id), client_id=client_id)
    return await own_bookings(call.node, person_id)


@on("booking:day", gate=preview_gate)
async def show_day(call: Call, body: ShowDay, access: UnitAccess) -> DayView:
    """What is booked and free; how many patients were shown is recorded before they are."""
    (from_ms, until_ms), booking = span_ms(body.since, body.until), call.node.booking
    rows = await booking.rows.of_unit(access.unit_id, from_ms, until_ms)
    taken = [row for row in rows if row.booking_id]
    free = await booking.bookings.free(access.unit_id, from_ms=from_ms, until_ms=until_ms, by_staff=True)
    await call.node.gates.previewed(access, action=call.name, contacts=len(taken))
    names, seats = await staff_names(call.node, access.unit_id), await seats_of(call.node, taken)
    contacts = await contacts_of(call.node, [one.booking for one in seats.values() if one.booking])
    return DayView(
        bookings=tuple(
            [await _day_booking(call, row, seats[row.seat_id], names=names, contacts=contacts) for row in taken]
        ),
        times=tuple(
            DayTime(
                schedule_id=one.schedule_id,
                clinician_id=one.clinician_id,
                clinician=names.get(one.clinician_id, ""),
                type=one.type,
                starts_at=wire_time(one.start_ms),
                ends_at=wire_time(one.end_ms),
                left=one.left,
            )
            for one in free
        ),
        zone=zone_name(call.node),
    )


async def _day_booking(
    call: Call, row: SeatRow, seat: Seat, *, names: Mapping[str, str], contacts: Mapping[str, str]
) -> DayBooking:
    kept_out = row.person_id in call.actor.kept_from
    person = await call.node.directory.person(row.person_id or "") if not kept_out else None
    return DayBooking(
        booking_id=row.booking_id or "",
        clinician_id=row.clinician_id,
        clinician=names.get(row.clinician_id, ""),
        person_id="" if kept_out else row.person_id or "",
        name=person.name if person else "",
        type=row.type,
        starts_at=wire_time(row.start_ms),
        ends_at=wire_time(row.end_ms),
        status=row.status,  # type: ignore[arg-type]  # somebody has it
        phone=seat.booking.phone if seat.booking and not kept_out else "",
        lang=seat.booking.lang if seat.booking else "",
        contact_id=contacts.get(row.booking_id or "", "") if not kept_out else "",
    )


@on("booking:give", gate=unit_gate)
async def give_time(call: Call, body: GiveTime, access: UnitAccess) -> GivenTime:
    """Book for a patient of one's own legal care giver, or move what they have. Raises `function_off`."""
    await require_offered(call.node, access.unit_id, "booking", person_id=body.person_id)
    known = await known_to(call.node, call.actor, body.person_id, right="find")
    if known is None or body.person_id in call.actor.kept_from:
        raise FyrError("not_found")
    was = await _unit_booking(call, body.booking_id, access) if body.booking_id else None
    schedule = await _unit_schedule(call, body.schedule_id, access)
    needed = _begins_by_phone(schedule, was) if body.booking_id else schedule.type == "phone"
    wanted = Wanted(
        schedule_id=body.schedule_id,
        start_ms=moment_ms(body.starts_at, "starts_at"),
        person_id=body.person_id,
        lang=body.lang,
        phone=phone_of(body.phone, needed=needed),
    )
    bookings, client_id = call.node.booking.bookings, check_client_id(body.client_id)
    if not body.booking_id:
        return given(await bookings.book(call.actor, wanted, client_id=client_id))
    return given(await bookings.move(call.actor, body.booking_id, wanted, client_id=client_id))


@on("booking:revoke", gate=unit_gate)
async def revoke_booking(call: Call, body: RevokeBooking, access: UnitAccess) -> Empty:
    """Cancel for a patient."""
    await _unit_booking(call, body.booking_id, access)
    client_id = check_client_id(body.client_id)
    await call.node.booking.bookings.cancel(call.actor, body.booking_id, client_id=client_id)
    return Empty()


@on("booking:came", gate=unit_gate)
async def note_coming(call: Call, body: NoteComing, access: UnitAccess) -> Empty:
    """Note whether somebody came."""
    await _unit_booking(call, body.booking_id, access)
    client_id = check_client_id(body.client_id)
    await call.node.booking.bookings.came(call.actor, body.booking_id, came=body.came, client_id=client_id)
    return Empty()


@on("schedule:list", gate=unit_gate)
async def list_schedules(call: Call, _: ListSchedules, access: UnitAccess) -> ScheduleList:
    """The unit's schedules."""
    return await schedule_list(call.node, access.unit_id)


@on("schedule:set", gate=unit_gate)
async def set_schedule(call: Call, body: SetSchedule, access: UnitAccess) -> ScheduleList:
    """Publish or change one, of somebody who works at the unit."""
    schedule, client_id = schedule_of(body.schedule, access.unit_id), check_client_id(body.client_id)
    if all(one.staff_id != schedule.clinician_id for one in await call.node.directory.staff_at(access.unit_id)):
        raise FyrError("not_found")
    schedules = call.node.booking.schedules
    await schedules.set(call.actor, schedule, schedule_id=body.schedule_id, client_id=client_id)
    return await schedule_list(call.node, access.unit_id)


@on("schedule:end", gate=unit_gate)
async def end_schedule(call: Call, body: EndSchedule, access: UnitAccess) -> ScheduleList:
    """End one."""
    await _unit_schedule(call, body.schedule_id, access)
    client_id = check_client_id(body.client_id)
    await call.node.booking.schedules.end(call.actor, body.schedule_id, client_id=client_id)
    return await schedule_list(call.node, access.unit_id)


def _somebody(person_id: str) -> str:
    """Whom the register does not know has nothing to book by. Raises `not_found`."""
    if not person_id:
        raise FyrError("not_found")
    return person_id


async def _unit(call: Call, unit_id: str, person_id: str) -> str:
    """The unit asked for, else where the person is registered; it lets one book. Raises `not_found`, `function_off`."""
    if not unit_id:
        person = await call.node.directory.person(_somebody(person_id))
        unit_id = person.unit_id if person else ""
    if call.node.unit_provider(unit_id) is None:
        raise FyrError("not_found")
    await require_offered(call.node, unit_id, "booking", person_id=person_id)
    return unit_id


async def _offered_by(call: Call, schedule_id: str, person_id: str) -> Schedule:
    """A schedule of a unit that lets this person book. Raises `not_found`, `function_off`."""
    schedule = await call.node.booking.schedules.of(schedule_id)
    await require_offered(call.node, schedule.unit_id, "booking", person_id=person_id)
    return schedule


def _begins_by_phone(schedule: Schedule, was: SeatRow | None) -> bool:
    """Whether a move is from another way of meeting, so that it has to be said where they are called. A repeat finds
    nothing that is moved any more, and is answered as the first was."""
    return schedule.type == "phone" and was is not None and was.type != "phone"


async def _own_booking(call: Call, booking_id: str, person_id: str) -> SeatRow | None:
    """A repeat of what has been moved or cancelled finds nothing, and is answered by the command itself."""
    row = await call.node.booking.rows.of_booking(booking_id)
    if row is not None and row.person_id not in await call.node.register.rows.same(_somebody(person_id)):
        raise FyrError("not_found")
    return row


async def _unit_booking(call: Call, booking_id: str, access: UnitAccess) -> SeatRow | None:
    row = await call.node.booking.rows.of_booking(booking_id)
    if row is not None and (row.unit_id != access.unit_id or row.person_id in call.actor.kept_from):
        raise FyrError("not_found")
    return row


async def _unit_schedule(call: Call, schedule_id: str, access: UnitAccess) -> Schedule:
    schedule = await call.node.booking.schedules.of(schedule_id)
    if schedule.unit_id != access.unit_id:
        raise FyrError("not_found")
    return schedule
