"""What a unit lets patients do with its times, from `content/`, checked whole at start. Pure once read.

Staff book, move and cancel for a patient without these limits, and never two in one place.
"""

from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Literal

import msgspec

from care.booking.schedule import VisitType
from core.content_file import parse_content
from core.errors import FyrError

MINUTE_MS = 60_000
DAY_MS = 24 * 60 * MINUTE_MS
LONGEST_MIN = 14 * 24 * 60
MOST_AHEAD_DAYS = 366
Hindrance = Literal["too_soon", "too_far", "too_late", "too_many"]


class BookingRules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One unit's, in minutes before the slot begins unless another unit is named."""

    ahead_days: int
    """How far ahead patients see and book."""
    book_min: int
    """Until when a slot is booked."""
    move_min: int
    """Until when a booking is moved."""
    cancel_min: int
    """Until when it is cancelled here; later the patient calls."""
    most_open: int
    """How many bookings to come one patient has at the unit."""
    reminders_min: tuple[int, ...]
    """When the patient is reminded, the longest before first."""
    offer_min: int
    """How long a slot that became free is kept for whom of the waiting list it was offered to."""
    lobby_min: int
    """When a video visit's waiting room opens."""
    missed_min: dict[VisitType, int]
    """So long after its beginning a visit that nobody came to is noted as such. A type that is not named never is by
    itself: who is telephoned cannot be late."""
    shows_clinician: bool = False
    """Whether patients are told whom a time is with, and choose by it."""


class StatedRules(BookingRules, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The same with where the numbers come from."""

    source: str
    review: Literal["proposed", "reviewed", "approved"]


class _Content(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    version: int
    standard: StatedRules
    units: dict[str, StatedRules]


class UnitRules:
    """The rules in force: a standard, and what single units have instead."""

    def __init__(self, content: _Content) -> None:
        """Raises `content_invalid` with every problem found."""
        self._standard, self._units = content.standard, content.units
        tables = {"standard": content.standard, **{f"units.{unit}": one for unit, one in content.units.items()}}
        problems = [f"booking {name}: {problem}" for name, one in tables.items() for problem in _problems(one)]
        if problems:
            raise FyrError("content_invalid", problems=problems)

    def of(self, unit_id: str) -> BookingRules:
        """This unit's."""
        return self._units.get(unit_id, self._standard)


def load_booking_rules(own: Path | None = None) -> UnitRules:
    """A deployment's own rules, else those this version ships with. Raises `content_invalid`."""
    shipped = resources.files("care.booking").joinpath("content", "booking.yaml")
    return parse_booking_rules((own or shipped).read_text("utf-8"))


def parse_booking_rules(text: str) -> UnitRules:
    """Rules from YAML. Raises `content_invalid` with every problem found."""
    return UnitRules(parse_content(text, _Content, "booking"))


def _problems(rules: StatedRules) -> Iterator[str]:
    if not rules.source.strip():
        yield "no source"
    minutes: Mapping[str, int] = {
        "book_min": rules.book_min,
        "move_min": rules.move_min,
        "cancel_min": rules.cancel_min,
        "lobby_min": rules.lobby_min,
        **{f"missed_min.{name}": minute for name, minute in rules.missed_min.items()},
        **{f"reminders_min.{place}": minute for place, minute in enumerate(rules.reminders_min)},
    }
    yield from (f"{name} is not between 0 and two weeks" for name, n in minutes.items() if not 0 <= n <= LONGEST_MIN)
    if not 0 < rules.offer_min <= LONGEST_MIN:
        yield "offer_min is not between a minute and two weeks"
    if not 0 < rules.ahead_days <= MOST_AHEAD_DAYS:
        yield "ahead_days is not between a day and a year"
    if rules.most_open < 1:
        yield "most_open is less than one"
    if list(rules.reminders_min) != sorted(set(rules.reminders_min), reverse=True):
        yield "reminders_min are not in order"


def may_book(rules: BookingRules, start_ms: int, *, now_ms: int, others: int) -> Hindrance | None:
    """What keeps a patient from booking a slot; `others`: how many bookings to come they have at the unit."""
    if start_ms - now_ms < rules.book_min * MINUTE_MS:
        return "too_soon"
    if start_ms - now_ms > rules.ahead_days * DAY_MS:
        return "too_far"
    return "too_many" if others >= rules.most_open else None


def may_move(rules: BookingRules, start_ms: int, *, now_ms: int) -> Hindrance | None:
    """What keeps a patient from moving a booking that begins then."""
    return "too_late" if start_ms - now_ms < rules.move_min * MINUTE_MS else None


def may_cancel(rules: BookingRules, start_ms: int, *, now_ms: int) -> Hindrance | None:
    """What keeps a patient from cancelling it."""
    return "too_late" if start_ms - now_ms < rules.cancel_min * MINUTE_MS else None
