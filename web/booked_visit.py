"""A booked video visit: its contact and its lobby open by themselves, and who comes there has come.

The contact is named by its booking, so that whoever opens it, and however often, opens one. It is begun as held by whom
the time is with: they have it among their own. Who has no line keeps it as long as a lease lasts; then it waits for
anyone at the unit, as everything does that is held by nobody who is there.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from care.booking.entries import BookingAttended, SeatOf
from care.booking.keeper import KEEPER
from care.booking.state import Booking, Seat
from carequeue.entries import Claimed, Queued
from chat.entries import Opened
from chat.state import Conversation
from core.access.gates import ContactAccess
from core.directory.store import ADULT_Y
from core.errors import FyrError
from core.ids import ContactId, StreamId, VisitId, contact_stream, new_id
from core.log.append import Append, Head
from core.log.body import Body
from core.log.entry import Scope
from rtc.entries import VisitStarted
from rtc.room.entries import VisitExpected
from rtc.state import Visit

if TYPE_CHECKING:
    from web.node import Node

RECEIVING = ("nurse", "clinician")
"""Roles that meet patients."""


def contact_of_booking(booking_id: str) -> ContactId:
    """The contact in which a booked visit is held."""
    return ContactId(booking_id)


async def open_lobby(node: "Node", stream: StreamId, _: int) -> None:
    """The outbox topic of a visit that is to be opened; nothing where it was cancelled or is over."""
    seat = (await node.log.head(stream)).state.get(Seat)
    booking, slot = seat.booking, seat.seat
    if booking is None or slot is None or not booking.lobby_open or slot.end_ms <= node.now_ms():
        return
    provider_id = node.unit_provider(slot.unit_id)
    if provider_id is None:
        return
    scope = Scope(
        person_id=booking.person_id,
        opener_id=_opener(booking),
        unit_id=slot.unit_id,
        provider_id=provider_id,
    )
    bodies = (*await _contact(node, booking, slot), *_visit(slot))
    client_id = f"{booking.booking_id}/lobby"
    opening = contact_stream(contact_of_booking(booking.booking_id))
    await node.log.append(Append(opening, bodies, KEEPER, client_id, create=scope))


def _opener(booking: Booking) -> str:
    """Who has booked it as a patient; of what staff booked, whom it is for."""
    return booking.by if booking.by.startswith("patient:") else f"patient:{booking.person_id}"


async def _contact(node: "Node", booking: Booking, slot: SeatOf) -> tuple[Body, ...]:
    person, today = await node.directory.person(booking.person_id), node.today()
    for_other = _opener(booking) != f"patient:{booking.person_id}"
    opened = Opened(subject="other" if for_other else "self", lang=booking.lang)
    if person is not None:
        opened = msgspec.structs.replace(
            opened,
            subject="child" if for_other and person.age_y(today) < ADULT_Y else opened.subject,
            about=person.name if for_other else "",
            age_y=person.age_y(today),
            age_m=person.age_m(today),
            sex=person.sex if person.sex in ("f", "m") else None,
        )
    opened = msgspec.structs.replace(opened, booking_id=booking.booking_id, begins_ms=slot.start_ms)
    return opened, Queued(unit_id=slot.unit_id, lang=booking.lang), *await _held(node, slot)


async def _held(node: "Node", slot: SeatOf) -> tuple[Body, ...]:
    """Nobody holds it where whom it was booked with meets nobody there any more."""
    receiver = await node.directory.actor(f"staff:{slot.clinician_id}")
    roles = receiver.roles if receiver else ()
    role = next((one.role for one in roles if one.unit_id == slot.unit_id and one.role in RECEIVING), None)
    if receiver is None or role is None:
        return ()
    return (Claimed(staff_id=slot.clinician_id, name=receiver.name, role=role, claim_no=1),)


def _visit(slot: SeatOf) -> tuple[Body, ...]:
    visit_id = VisitId(new_id())
    return VisitStarted(visit_id=visit_id), VisitExpected(visit_id=visit_id, at_ms=slot.start_ms)


async def note_arrival(node: "Node", access: ContactAccess) -> None:
    """Before the patient comes to the lobby of a booked visit: they have come, whatever was noted by itself."""
    booking_id = access.head.state.get(Conversation).booking_id
    if not booking_id or access.audience != "patient":
        return
    row = await node.booking.rows.of_booking(booking_id)
    if row is None or row.status == "attended":
        return

    def theirs(head: Head) -> None:
        booking = head.state.get(Seat).booking
        if booking is None or booking.booking_id != booking_id or booking.status == "attended":
            raise FyrError("not_found")

    body = BookingAttended(booking_id=booking_id)
    try:
        await node.log.append(Append(row.stream, (body,), KEEPER, f"{booking_id}/came", require=theirs))
    except FyrError as refusal:
        if refusal.code != "not_found":
            raise


async def contacts_of(node: "Node", bookings: Iterable[Booking]) -> dict[str, str]:
    """The contacts whose visit is open, by the ids of their bookings."""
    streams = {contact_stream(contact_of_booking(one.booking_id)): one for one in bookings if one.lobby_open}
    heads = await node.log.heads(list(streams))
    return {
        one.booking_id: contact_of_booking(one.booking_id)
        for stream, one in streams.items()
        if stream in heads and heads[stream].state.get(Visit).visit_id
    }
