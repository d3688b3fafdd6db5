"""Times that are booked: what a patient finds, books, moves and cancels, and what staff offer and see of a day."""

from typing import Literal

from care.booking.schedule import VisitType
from core.notices.entries import ChannelName, Subscription
from web.wire.base import Wire
from web.wire.contact import Empty
from web.wire.row import SocketCall

BookedStatus = Literal["booked", "attended", "missed"]


class FindTimes(Wire, frozen=True, kw_only=True):
    """`booking:free`: times one may book, of at most sixty days."""

    since: str
    until: str
    unit_id: str = ""
    """Empty: where one is registered."""
    for_person: str = ""
    """Somebody one represents."""


class FreeTime(Wire, frozen=True, kw_only=True):
    """A time somebody may book."""

    schedule_id: str
    type: VisitType
    starts_at: str
    ends_at: str
    left: int
    """How many may still book it: more than one of a group."""
    capacity: int = 1
    """How many meet at once: who books a group's time is told so."""
    clinician: str = ""
    """Whom it is with; empty where the unit does not say."""


class FreeTimes(Wire, frozen=True, kw_only=True):
    """Answer to `booking:free`, in order."""

    unit_id: str
    unit: str
    times: tuple[FreeTime, ...]
    zone: str
    """By which clocks the unit lives (IANA), whatever the clock of the device says."""
    open_until: str
    """How far ahead the unit lets one book now."""
    move_min: int
    cancel_min: int
    """Until how many minutes before its beginning a booking is moved, and cancelled."""


class BookTime(Wire, frozen=True, kw_only=True):
    """`booking:book`: this time. Refused with `slot_taken`, and with `not_bookable` where the unit's rules say so.

    A repeat with the same `client_id` is answered as the first was.
    """

    client_id: str
    schedule_id: str
    starts_at: str
    lang: str
    for_person: str = ""
    channel: ChannelName = "none"
    """How one is reminded."""
    address: str = ""
    push: Subscription | None = None
    phone: str = ""
    """Where one is called: needed of a time by telephone."""


class MoveBooking(Wire, frozen=True, kw_only=True):
    """`booking:move`: another time in place of the one there was. One is reminded as before."""

    client_id: str
    booking_id: str
    schedule_id: str
    starts_at: str
    lang: str
    for_person: str = ""
    phone: str = ""
    """Where one is called; empty: as before."""


class CancelBooking(Wire, frozen=True, kw_only=True):
    """`booking:cancel`."""

    client_id: str
    booking_id: str
    for_person: str = ""


class AskOwnBookings(Wire, frozen=True, kw_only=True):
    """`booking:mine`: what one has booked, is offered and waits for."""

    for_person: str = ""


class OwnBooking(Wire, frozen=True, kw_only=True):
    """One time that is booked."""

    booking_id: str
    unit_id: str
    unit: str
    type: VisitType
    starts_at: str
    ends_at: str
    status: BookedStatus
    may_move: bool
    may_cancel: bool
    """Not any more, when it is too late for it here: then one calls."""
    move_until: str
    cancel_until: str
    zone: str
    clinician: str = ""
    """Empty where the unit does not say."""
    unit_phone: str = ""
    """The unit's own number; empty where it has none."""
    phone: str = ""
    """Where one is called, of a time by telephone."""
    opens_at: str = ""
    """When the waiting room of a video visit opens by itself."""
    contact_id: str = ""
    """Where a video visit is held, once its waiting room is open."""


class OwnOffer(Wire, frozen=True, kw_only=True):
    """A time that became free and is kept for one; `booking:book` takes it."""

    seat_id: str
    schedule_id: str
    unit: str
    type: VisitType
    starts_at: str
    ends_at: str
    until: str
    """Until when it is kept."""
    zone: str
    clinician: str = ""


class OwnWish(Wire, frozen=True, kw_only=True):
    """What one waits for."""

    wish_id: str
    unit: str
    types: tuple[VisitType, ...]
    since: str
    until: str
    zone: str


class OwnBookings(Wire, frozen=True, kw_only=True):
    """Answer to `booking:mine` and to whatever changes it; what is to come, in order."""

    bookings: tuple[OwnBooking, ...]
    offers: tuple[OwnOffer, ...]
    wishes: tuple[OwnWish, ...]


class WishTime(Wire, frozen=True, kw_only=True):
    """`booking:wish`: be offered a time of these kinds that becomes free."""

    client_id: str
    types: tuple[VisitType, ...]
    since: str
    until: str
    lang: str
    unit_id: str = ""
    for_person: str = ""
    channel: ChannelName = "none"
    address: str = ""
    push: Subscription | None = None


class EndWish(Wire, frozen=True, kw_only=True):
    """`booking:unwish`: wait no more."""

    client_id: str
    wish_id: str
    for_person: str = ""


class DeclineTime(Wire, frozen=True, kw_only=True):
    """`booking:decline`: the time one was offered is somebody else's."""

    client_id: str
    seat_id: str
    for_person: str = ""


class WeeklyTime(Wire, frozen=True, kw_only=True):
    """When a clinician receives each week, in minutes after midnight by the unit's clock."""

    weekday: int
    """1 is Monday (ISO 8601)."""
    from_min: int
    until_min: int


class ExtraTime(Wire, frozen=True, kw_only=True):
    """When they receive on one day besides."""

    day: str
    from_min: int
    until_min: int


class AwayDays(Wire, frozen=True, kw_only=True):
    """Days on which they do not, both of them included."""

    from_day: str
    until_day: str


class OfferedTimes(Wire, frozen=True, kw_only=True):
    """A clinician's schedule at the unit. Days as 2026-11-28."""

    clinician_id: str
    type: VisitType
    length_min: int
    windows: tuple[WeeklyTime, ...]
    from_day: str
    until_day: str
    """The last day."""
    pause_min: int = 0
    capacity: int = 1
    """How many are received at once."""
    absences: tuple[AwayDays, ...] = ()
    extras: tuple[ExtraTime, ...] = ()
    staff_only: bool = False


class ListSchedules(Wire, frozen=True, kw_only=True):
    """`schedule:list`: the unit's schedules that are in force."""

    unit_id: str


class SetSchedule(Wire, frozen=True, kw_only=True):
    """`schedule:set`: publish one, or put this in place of one. Refused with `schedule_invalid` and its faults."""

    client_id: str
    unit_id: str
    schedule: OfferedTimes
    schedule_id: str = ""


class EndSchedule(Wire, frozen=True, kw_only=True):
    """`schedule:end`: it offers nothing more. What is booked stays booked."""

    client_id: str
    unit_id: str
    schedule_id: str


class ShownSchedule(Wire, frozen=True, kw_only=True):
    """One schedule."""

    schedule_id: str
    schedule: OfferedTimes


class Receiver(Wire, frozen=True, kw_only=True):
    """Somebody at the unit whose times may be offered."""

    clinician_id: str
    name: str
    """Empty for somebody whose name is not shown."""


class ScheduleList(Wire, frozen=True, kw_only=True):
    """Answer to calls on schedules."""

    schedules: tuple[ShownSchedule, ...]
    receivers: tuple[Receiver, ...]
    """By name."""
    zone: str
    """By which clocks the unit lives (IANA)."""


class ShowDay(Wire, frozen=True, kw_only=True):
    """`booking:day`: what is booked and free at the unit, of at most sixty days."""

    unit_id: str
    since: str
    until: str


class DayBooking(Wire, frozen=True, kw_only=True):
    """One time that somebody has."""

    booking_id: str
    clinician_id: str
    clinician: str
    person_id: str
    name: str
    """Empty for somebody who is kept from whoever asks."""
    type: VisitType
    starts_at: str
    ends_at: str
    status: BookedStatus
    phone: str
    """Where they are called, of a time by telephone."""
    lang: str
    """The language of their page."""
    contact_id: str
    """Where a video visit is held, once its waiting room is open."""


class DayTime(Wire, frozen=True, kw_only=True):
    """One time that is free."""

    schedule_id: str
    clinician_id: str
    clinician: str
    type: VisitType
    starts_at: str
    ends_at: str
    left: int


class DayView(Wire, frozen=True, kw_only=True):
    """Answer to `booking:day`, in order."""

    bookings: tuple[DayBooking, ...]
    times: tuple[DayTime, ...]
    zone: str


class GiveTime(Wire, frozen=True, kw_only=True):
    """`booking:give`: staff book for a patient; with `booking_id` they move what was booked."""

    client_id: str
    unit_id: str
    person_id: str
    schedule_id: str
    starts_at: str
    lang: str
    booking_id: str = ""
    phone: str = ""
    """Where they are called: needed of a time by telephone that is not moved."""


class GivenTime(Wire, frozen=True, kw_only=True):
    """Answer to `booking:book`, `booking:move` and `booking:give`."""

    booking_id: str
    starts_at: str
    ends_at: str


class RevokeBooking(Wire, frozen=True, kw_only=True):
    """`booking:revoke`: staff cancel; the patient is told."""

    client_id: str
    unit_id: str
    booking_id: str


class NoteComing(Wire, frozen=True, kw_only=True):
    """`booking:came`: whether they came; it also puts right what was noted by itself."""

    client_id: str
    unit_id: str
    booking_id: str
    came: bool


CALLS = (
    SocketCall("booking:free", FindTimes, FreeTimes, "patient"),
    SocketCall("booking:book", BookTime, GivenTime, "patient"),
    SocketCall("booking:move", MoveBooking, GivenTime, "patient"),
    SocketCall("booking:cancel", CancelBooking, OwnBookings, "patient"),
    SocketCall("booking:mine", AskOwnBookings, OwnBookings, "patient"),
    SocketCall("booking:wish", WishTime, OwnBookings, "patient"),
    SocketCall("booking:unwish", EndWish, OwnBookings, "patient"),
    SocketCall("booking:decline", DeclineTime, OwnBookings, "patient"),
    SocketCall("booking:day", ShowDay, DayView, "staff", "write"),
    SocketCall("booking:give", GiveTime, GivenTime, "staff", "write"),
    SocketCall("booking:revoke", RevokeBooking, Empty, "staff", "write"),
    SocketCall("booking:came", NoteComing, Empty, "staff", "write"),
    SocketCall("schedule:list", ListSchedules, ScheduleList, "staff", "board"),
    SocketCall("schedule:set", SetSchedule, ScheduleList, "staff", "lead"),
    SocketCall("schedule:end", EndSchedule, ScheduleList, "staff", "lead"),
)
"""What anybody asks about times."""
