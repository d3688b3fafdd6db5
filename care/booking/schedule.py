"""A clinician's weekly pattern at one unit, and what is wrong with one. Pure: days and minutes by the wall clock.

What real times become of it is `slots`.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import chain, combinations, pairwise
from typing import Literal

import msgspec

VisitType = Literal["video", "phone", "on_site"]
DAY_MIN = 24 * 60
SHORTEST_MIN, LONGEST_MIN = 5, 8 * 60
LONGEST_DAYS = 2 * 366
"""A schedule has an end, at most two years after its beginning: one that nobody looks at any more offers nothing."""
MOST_SEATS = 50
ONE_DAY = timedelta(days=1)

FaultCode = Literal[
    "ends_before_it_begins",
    "too_long",
    "length",
    "capacity",
    "weekday",
    "window",
    "windows_overlap",
    "no_windows",
    "schedules_overlap",
]


class Span(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of a day, in minutes after midnight by the wall clock; `until_min` is outside."""

    from_min: int
    until_min: int

    def overlaps(self, other: "Span") -> bool:
        """Whether the two have a minute in common."""
        return self.from_min < other.until_min and other.from_min < self.until_min


class Window(Span, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When the clinician receives, each week."""

    weekday: int
    """ISO 8601: 1 is Monday."""


class Extra(Span, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When the clinician receives on one day besides the pattern."""

    day: date


class Absence(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Days without the pattern; `until_day` is one of them. What was booked stays booked until somebody moves it."""

    from_day: date
    until_day: date


class Schedule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which slots one clinician offers at one unit, by one way of meeting."""

    unit_id: str
    clinician_id: str
    type: VisitType
    length_min: int
    windows: tuple[Window, ...]
    from_day: date
    until_day: date
    """The last day."""
    pause_min: int = 0
    """Between two slots."""
    capacity: int = 1
    """How many are received at once: more than one is a group."""
    absences: tuple[Absence, ...] = ()
    extras: tuple[Extra, ...] = ()
    staff_only: bool = False
    """Booked by staff alone, for patients they have spoken to."""

    def spans_on(self, day: date) -> list[Span]:
        """When the clinician receives on this day, by the wall clock, in order."""
        if not self.from_day <= day <= self.until_day:
            return []
        away = any(one.from_day <= day <= one.until_day for one in self.absences)
        weekly: Iterable[Span] = () if away else (one for one in self.windows if one.weekday == day.isoweekday())
        spans = chain(weekly, (one for one in self.extras if one.day == day))
        return sorted(spans, key=lambda span: span.from_min)


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong."""

    code: FaultCode
    where: str


def faults_of(schedule: Schedule) -> Iterator[Fault]:
    """What is wrong with a schedule by itself."""
    days = (schedule.until_day - schedule.from_day).days
    if days < 0:
        yield Fault(code="ends_before_it_begins", where="until_day")
    if days > LONGEST_DAYS:
        yield Fault(code="too_long", where="until_day")
    if not SHORTEST_MIN <= schedule.length_min <= LONGEST_MIN or not 0 <= schedule.pause_min <= LONGEST_MIN:
        yield Fault(code="length", where="length_min")
    if not 1 <= schedule.capacity <= MOST_SEATS:
        yield Fault(code="capacity", where="capacity")
    if not schedule.windows and not schedule.extras:
        yield Fault(code="no_windows", where="windows")
    yield from _faults_of_spans(schedule)
    for place, away in enumerate(schedule.absences):
        if away.until_day < away.from_day:
            yield Fault(code="ends_before_it_begins", where=f"absences.{place}")
    if 0 <= days <= LONGEST_DAYS and (day := _day_that_overlaps_itself(schedule)):
        yield Fault(code="windows_overlap", where=day.isoformat())


def _faults_of_spans(schedule: Schedule) -> Iterator[Fault]:
    for name, spans in (("windows", schedule.windows), ("extras", schedule.extras)):
        for place, span in enumerate(spans):
            fits = span.until_min - span.from_min >= schedule.length_min
            if not (span.from_min >= 0 and span.until_min <= DAY_MIN and fits):
                yield Fault(code="window", where=f"{name}.{place}")
    for place, window in enumerate(schedule.windows):
        if not 1 <= window.weekday <= 7:
            yield Fault(code="weekday", where=f"windows.{place}")
    for one, other in combinations(schedule.windows, 2):  # also where no such day lies within its time
        if one.weekday == other.weekday and one.overlaps(other):
            yield Fault(code="windows_overlap", where=f"weekday {one.weekday}")


def _day_that_overlaps_itself(schedule: Schedule) -> date | None:
    days = sorted({one.day for one in schedule.extras})
    return next((day for day in days if any(a.overlaps(b) for a, b in pairwise(schedule.spans_on(day)))), None)


def clash_of(one: Schedule, other: Schedule) -> date | None:
    """The first day on which the two would have one clinician in two places; None: never, or two clinicians."""
    if one.clinician_id != other.clinician_id:
        return None
    day, last = max(one.from_day, other.from_day), min(one.until_day, other.until_day)
    while day <= last:
        theirs = other.spans_on(day)
        if theirs and any(a.overlaps(b) for a in one.spans_on(day) for b in theirs):
            return day
        day += ONE_DAY
    return None
