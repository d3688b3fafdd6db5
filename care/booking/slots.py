"""From a schedule's wall-clock days to slots in real time, right over both nights on which clocks change. Pure.

The hour that does not exist has no slots, and none that would run into it. The hour that comes twice has them once, the
first time. Every slot lasts as long as it says.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from care.booking.schedule import ONE_DAY, Schedule, Span
from core.clock import from_ms, to_ms

MINUTE_MS = 60_000
ONE_MINUTE = timedelta(minutes=1)


class Slot(NamedTuple):
    """One time that a schedule offers, in milliseconds since 1970; `end_ms` is outside."""

    start_ms: int
    end_ms: int


def slots_of(schedule: Schedule, zone: tzinfo, *, from_ms_: int, until_ms: int) -> Iterator[Slot]:
    """The schedule's slots that begin in [`from_ms_`, `until_ms`), in order, by the clocks of the unit's zone."""
    day = max(schedule.from_day, from_ms(from_ms_).astimezone(zone).date())
    last = min(schedule.until_day, from_ms(until_ms).astimezone(zone).date())
    while day <= last:
        for slot in slots_on(schedule, day, zone):
            if from_ms_ <= slot.start_ms < until_ms:
                yield slot
        day += ONE_DAY


def slots_on(schedule: Schedule, day: date, zone: tzinfo) -> Iterator[Slot]:
    """The schedule's slots of one day of the wall clock."""
    for span in schedule.spans_on(day):
        for start_min in _starts(schedule, span):
            slot = _real(day, start_min, schedule.length_min, zone=zone)
            if slot is not None:
                yield slot


def slot_at(schedule: Schedule, start_ms: int, zone: tzinfo) -> Slot | None:
    """The schedule's slot that begins at this very moment."""
    day = from_ms(start_ms).astimezone(zone).date()
    return next((slot for slot in slots_on(schedule, day, zone) if slot.start_ms == start_ms), None)


def _starts(schedule: Schedule, span: Span) -> range:
    step = schedule.length_min + schedule.pause_min
    return range(span.from_min, span.until_min - schedule.length_min + 1, step)


def _real(day: date, start_min: int, length_min: int, *, zone: tzinfo) -> Slot | None:
    """None where the wall clock jumps over its beginning, or forward before its end."""
    wall = datetime.combine(day, time(start_min // 60, start_min % 60), zone)
    start = wall.astimezone(UTC)
    if start.astimezone(zone).replace(tzinfo=None) != wall.replace(tzinfo=None):
        return None
    end = start + timedelta(minutes=length_min)
    before, after = start.astimezone(zone).utcoffset(), (end - ONE_MINUTE).astimezone(zone).utcoffset()
    assert before is not None
    assert after is not None
    if after > before:
        return None
    return Slot(to_ms(start), to_ms(end))
