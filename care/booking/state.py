"""What is kept of a schedule, of a seat and of a wish."""

from typing import Literal

import msgspec

from care.booking.entries import SeatOf
from care.booking.schedule import Schedule, VisitType
from core.log.state import Part

Status = Literal["free", "offered", "booked", "attended", "missed"]


class Booking(msgspec.Struct, frozen=True, kw_only=True):
    """Who has a seat."""

    booking_id: str
    person_id: str
    lang: str
    booked_ms: int
    by: str
    """The actor who booked it."""
    moved_from: str = ""
    series_id: str = ""
    phone: str = ""
    status: Literal["booked", "attended", "missed"] = "booked"
    reminded: tuple[int, ...] = ()
    """Which reminders, in minutes before."""
    lobby_open: bool = False


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """For whom a seat is kept, and until when."""

    wish_id: str
    person_id: str
    until_ms: int


class Seat(Part, tag="seat", frozen=True, kw_only=True):
    """One seat of a slot, from its first booking on."""

    seat: SeatOf | None = None
    booking: Booking | None = None
    offer: Offer | None = None
    passed: tuple[str, ...] = ()
    """Wishes that it has been offered to since it became free."""
    changed_ms: int = 0

    @property
    def status(self) -> Status:
        """How it stands."""
        if self.booking is not None:
            return self.booking.status
        return "offered" if self.offer is not None else "free"

    def has(self, booking_id: str) -> bool:
        """Whether it is this booking's, and the visit has not been."""
        return self.booking is not None and self.booking.booking_id == booking_id and self.booking.status == "booked"


class Told(Part, tag="booking_told", frozen=True, kw_only=True):
    """Up to which entry of a seat whoever it concerns has been told outside the page."""

    up_to: int = 0


class ScheduleState(Part, tag="schedule", frozen=True, kw_only=True):
    """A schedule as it was last set."""

    schedule: Schedule | None = None
    ended: bool = False


class Wish(Part, tag="wish", frozen=True, kw_only=True):
    """What somebody waits for."""

    person_id: str = ""
    unit_id: str = ""
    types: tuple[VisitType, ...] = ()
    clinician_id: str = ""
    from_ms: int = 0
    until_ms: int = 0
    lang: str = ""
    since_ms: int = 0
    status: Literal["waiting", "filled", "withdrawn"] = "waiting"

    def fits(self, seat: SeatOf) -> bool:
        """Whether the seat is what they wait for."""
        return (
            self.unit_id == seat.unit_id
            and seat.type in self.types
            and self.clinician_id in ("", seat.clinician_id)
            and self.from_ms <= seat.start_ms < self.until_ms
        )
