"""The kinds of entry of schedules, seats and wishes. They have no views: pages are told by calls, through the gate."""

from typing import Any

from msgspec.structs import replace

from care.booking.entries import (
    BookingAttended,
    BookingCancelled,
    BookingMissed,
    BookingReminded,
    BookingTold,
    LobbyDue,
    OfferPassed,
    ScheduleEnded,
    ScheduleSet,
    SlotBooked,
    SlotOffered,
    WishEnded,
    WishMade,
)
from care.booking.state import Booking, Offer, ScheduleState, Seat, Told, Wish
from core.log.entry import Header
from core.log.kinds import Kind

FREE, FOLLOW, TELL, LOBBY = "slot_free", "slot_booked", "booking_notice", "booking_lobby"
"""Outbox topics: a seat to offer on, what follows a booking, whom to tell outside the page, a visit to open."""


def _set(part: ScheduleState, body: ScheduleSet, _: Header) -> ScheduleState:
    return replace(part, schedule=body.schedule, ended=False)


def _ended(part: ScheduleState, _: ScheduleEnded, __: Header) -> ScheduleState:
    return replace(part, ended=True)


def _booked(_: Seat, body: SlotBooked, header: Header) -> Seat:
    booking = Booking(
        booking_id=body.booking_id,
        person_id=body.person_id,
        lang=body.lang,
        booked_ms=header.at_ms,
        by=header.actor_id,
        moved_from=body.moved_from,
        series_id=body.series_id,
        phone=body.phone,
    )
    return Seat(seat=body.seat, booking=booking, changed_ms=header.at_ms)


def _cancelled(part: Seat, _: BookingCancelled, header: Header) -> Seat:
    return Seat(seat=part.seat, changed_ms=header.at_ms)


def _with(part: Seat, header: Header, **changes: Any) -> Seat:
    assert part.booking is not None
    return replace(part, booking=replace(part.booking, **changes), changed_ms=header.at_ms)


def _attended(part: Seat, _: BookingAttended, header: Header) -> Seat:
    return _with(part, header, status="attended")


def _missed(part: Seat, _: BookingMissed, header: Header) -> Seat:
    return _with(part, header, status="missed")


def _reminded(part: Seat, body: BookingReminded, header: Header) -> Seat:
    assert part.booking is not None
    return _with(part, header, reminded=(*part.booking.reminded, body.before_min))


def _lobby(part: Seat, _: LobbyDue, header: Header) -> Seat:
    return _with(part, header, lobby_open=True)


def _offered(part: Seat, body: SlotOffered, header: Header) -> Seat:
    offer = Offer(wish_id=body.wish_id, person_id=body.person_id, until_ms=body.until_ms)
    return replace(part, offer=offer, passed=(*part.passed, body.wish_id), changed_ms=header.at_ms)


def _passed(part: Seat, _: OfferPassed, header: Header) -> Seat:
    return replace(part, offer=None, changed_ms=header.at_ms)


def _told(_: Told, body: BookingTold, __: Header) -> Told:
    return Told(up_to=body.up_to)


def _wished(_: Wish, body: WishMade, header: Header) -> Wish:
    return Wish(
        person_id=body.person_id,
        unit_id=body.unit_id,
        types=body.types,
        clinician_id=body.clinician_id,
        from_ms=body.from_ms,
        until_ms=body.until_ms,
        lang=body.lang,
        since_ms=header.at_ms,
    )


def _wish_ended(part: Wish, body: WishEnded, _: Header) -> Wish:
    return replace(part, status=body.why)


KINDS: tuple[Kind[Any, Any], ...] = (
    Kind(body=ScheduleSet, part=ScheduleState, fold=_set),
    Kind(body=ScheduleEnded, part=ScheduleState, fold=_ended),
    Kind(body=SlotBooked, part=Seat, fold=_booked, topics=(FOLLOW, TELL)),
    Kind(body=BookingCancelled, part=Seat, fold=_cancelled, topics=(FREE, TELL)),
    Kind(body=BookingAttended, part=Seat, fold=_attended),
    Kind(body=BookingMissed, part=Seat, fold=_missed),
    Kind(body=BookingReminded, part=Seat, fold=_reminded, topics=(TELL,)),
    Kind(body=LobbyDue, part=Seat, fold=_lobby, topics=(LOBBY,)),
    Kind(body=SlotOffered, part=Seat, fold=_offered, topics=(TELL,)),
    Kind(body=OfferPassed, part=Seat, fold=_passed, topics=(FREE,)),
    Kind(body=BookingTold, part=Told, fold=_told),
    Kind(body=WishMade, part=Wish, fold=_wished),
    Kind(body=WishEnded, part=Wish, fold=_wish_ended),
)
