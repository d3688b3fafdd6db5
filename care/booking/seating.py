"""What must hold of a seat when something is written of it: asked inside the write. Pure."""

from care.booking.rules import Hindrance
from care.booking.state import Seat
from care.booking.store import SeatRow
from core.clock import Clock
from core.errors import FyrError
from core.log.append import Head, Require


def may_sit(row: SeatRow | None, person_id: str) -> bool:
    """Whether a seat is free for this person: nobody has it, and it is kept for no other."""
    return row is None or row.status == "free" or (row.status == "offered" and row.person_id == person_id)


def is_free_for(person_id: str, clock: Clock) -> Require:
    """Refuse with `slot_taken` unless the seat is free for this person, and with `not_found` what has begun."""

    def require(head: Head) -> None:
        part = head.state.get(Seat)
        if part.booking is not None or (part.offer is not None and part.offer.person_id != person_id):
            raise FyrError("slot_taken")
        if part.seat is not None and part.seat.start_ms <= clock.ms():
            raise FyrError("not_found")

    return require


def is_booked(booking_id: str) -> Require:
    """Refuse with `not_found` unless the seat is this booking's, and the visit has not been."""

    def require(head: Head) -> None:
        if not head.state.get(Seat).has(booking_id):
            raise FyrError("not_found")

    return require


def is_had(booking_id: str) -> Require:
    """The same, also once the visit has been."""

    def require(head: Head) -> None:
        booking = head.state.get(Seat).booking
        if booking is None or booking.booking_id != booking_id:
            raise FyrError("not_found")

    return require


def refuse(hindrance: Hindrance | None) -> None:
    """Raise `not_bookable` for what the unit's rules do not let a patient do."""
    if hindrance is not None:
        raise FyrError("not_bookable", why=hindrance)
