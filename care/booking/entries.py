"""What is written of schedules, of the seats of slots, and of who waits for one. No words of a patient."""

from typing import Literal

import msgspec

from care.booking.schedule import Schedule, VisitType
from core.log.body import Body

CancelledBy = Literal["patient", "staff", "moved"]
PassedWhy = Literal["declined", "expired"]
WishEndedWhy = Literal["filled", "withdrawn"]


class SeatOf(msgspec.Struct, frozen=True, kw_only=True):
    """Which seat of which slot: everything a booking needs to outlive changes of its schedule."""

    unit_id: str
    schedule_id: str
    clinician_id: str
    type: VisitType
    start_ms: int
    end_ms: int
    number: int
    """From 1 to the slot's capacity."""

    @property
    def slot_id(self) -> str:
        """The slot's name."""
        return slot_id(self.schedule_id, self.start_ms)

    @property
    def seat_id(self) -> str:
        """The seat's name."""
        return f"{self.slot_id}.{self.number}"


def slot_id(schedule_id: str, start_ms: int) -> str:
    """A slot is named by its schedule and its beginning, so that two nodes that never met mean the same."""
    return f"{schedule_id}.{start_ms}"


class ScheduleSet(Body, tag="schedule_set", frozen=True, kw_only=True):
    """From now on the schedule is this."""

    schedule: Schedule


class ScheduleEnded(Body, tag="schedule_ended", frozen=True, kw_only=True):
    """It offers nothing more. What was booked stays booked."""


class SlotBooked(Body, tag="slot_booked", frozen=True, kw_only=True):
    """The seat is this person's."""

    booking_id: str
    person_id: str
    seat: SeatOf
    lang: str
    by_staff: bool = False
    phone: str = ""
    """Where they are called, for a time by telephone."""
    moved_from: str = ""
    """The seat it was moved from; that one is given back by whoever comes first, this call or the outbox."""
    moved_booking: str = ""
    series_id: str = ""
    """Of those that were booked together."""


class BookingCancelled(Body, tag="booking_cancelled", frozen=True, kw_only=True):
    """The seat is free again."""

    booking_id: str
    by: CancelledBy


class BookingAttended(Body, tag="booking_attended", frozen=True, kw_only=True):
    """They came; also where it was noted before that they had not."""

    booking_id: str


class BookingMissed(Body, tag="booking_missed", frozen=True, kw_only=True):
    """Nobody came. Noted by itself, or by staff."""

    booking_id: str


class BookingReminded(Body, tag="booking_reminded", frozen=True, kw_only=True):
    """It was time to remind them."""

    booking_id: str
    before_min: int
    late: bool = False
    """The service was away until the visit had begun: nobody is reminded of what has been."""


class LobbyDue(Body, tag="lobby_due", frozen=True, kw_only=True):
    """The waiting room of a booked video visit is to be opened. Whoever knows visits does that."""

    booking_id: str


class SlotOffered(Body, tag="slot_offered", frozen=True, kw_only=True):
    """A seat that became free is kept for one of the waiting list, for a while."""

    wish_id: str
    person_id: str
    lang: str
    until_ms: int


class OfferPassed(Body, tag="offer_passed", frozen=True, kw_only=True):
    """They did not want it, or did not answer."""

    wish_id: str
    why: PassedWhy


class BookingTold(Body, tag="booking_told", frozen=True, kw_only=True):
    """What is to be told outside the page of entries up to this one has been told."""

    up_to: int


class WishMade(Body, tag="wish_made", frozen=True, kw_only=True):
    """Somebody would like a time that becomes free."""

    person_id: str
    unit_id: str
    types: tuple[VisitType, ...]
    from_ms: int
    until_ms: int
    lang: str
    clinician_id: str = ""
    """Empty: whoever it is."""


class WishEnded(Body, tag="wish_ended", frozen=True, kw_only=True):
    """They have one, or wait no more."""

    why: WishEndedWhy
