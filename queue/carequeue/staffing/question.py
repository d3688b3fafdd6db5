"""What is asked and answered: numbers and times alone, so that whatever works it out is given nobody's words."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from statistics import median

import msgspec

from carequeue.capacity import Limit, Weights
from carequeue.deadlines import MINUTE_MS, Deadlines
from carequeue.forecast.forecast import Calendar
from carequeue.holidays import kind_of_day
from carequeue.promise.pace import HOUR_MS, WEEKS
from carequeue.waited.wait import EndedWait
from core.clock import from_ms, to_ms
from triage.entries import Level

WARM_UP_H, AFTER_H = 3, 1
"""Arrivals of so many hours before come too, so that nobody begins with an empty queue; and of some after."""
OPEN_MIN = 60
"""How long a contact is open with a nurse where nothing tells."""
MOST_NURSES = 15
ENOUGH = 0.9
"""Of every level, this share within the promised time is enough."""


class Past(msgspec.Struct, frozen=True, array_like=True):
    """One arrival."""

    arrived_ms: int
    due_ms: int
    target_ms: int
    level: Level
    open_ms: int


class Stretch(msgspec.Struct, frozen=True, array_like=True):
    """The hours asked about, in one past week, with everybody who matters to them."""

    from_ms: int
    until_ms: int
    arrivals: tuple[Past, ...]


class Question(msgspec.Struct, frozen=True):
    """How it would have been with one nurse, two, three and so on."""

    most: int
    stretches: tuple[Stretch, ...]
    limit: Limit
    """How much one nurse of the unit is given."""
    weights: Weights


class AtLevel(msgspec.Struct, frozen=True):
    """One level with so many nurses, over all weeks."""

    level: Level
    contacts: int
    in_time: float
    p50_min: float
    p95_min: float


class WithNurses(msgspec.Struct, frozen=True):
    """How it would have been with so many nurses."""

    nurses: int
    in_time: float
    levels: tuple[AtLevel, ...]


class Answer(msgspec.Struct, frozen=True):
    """For each number of nurses, and the smallest that is enough; None when none is."""

    rows: tuple[WithNurses, ...]
    enough: int | None


class Progress(msgspec.Struct, frozen=True):
    """How far it is."""

    done: int
    of: int


def stretches_of(
    waits: Sequence[EndedWait],
    *,
    weekday: int,
    hours: tuple[int, int],
    since_ms: int,
    now_ms: int,
    calendar: Calendar,
    deadlines: Deadlines,
) -> tuple[Stretch, ...]:
    """The same hours of the same weekday (Monday is 0) in past weeks, those in which anybody came. Pure.

    A public holiday is left out of its weekday and stands with the Sundays.

    `since_ms`: from when on `waits` are known. A week that is known in part would look as if few had come.
    """
    usual_ms = round(median([_open_ms(one) for one in waits if one.closed_ms is not None] or [OPEN_MIN * MINUTE_MS]))
    found = []
    for from_ms_, until_ms in _weeks(weekday, hours, now_ms=now_ms, calendar=calendar):
        warm_ms, after_ms = from_ms_ - WARM_UP_H * HOUR_MS, until_ms + AFTER_H * HOUR_MS
        here = [wait for wait in waits if warm_ms <= wait.arrived_ms < after_ms]
        if since_ms <= warm_ms and any(from_ms_ <= wait.arrived_ms < until_ms for wait in here):
            found.append(Stretch(from_ms_, until_ms, tuple(_past(here, deadlines, usual_ms))))
    return tuple(found)


def _weeks(weekday: int, hours: tuple[int, int], *, now_ms: int, calendar: Calendar) -> Iterable[tuple[int, int]]:
    today = from_ms(now_ms).astimezone(calendar.zone).date()
    for number in range((WEEKS + 1) * 7):
        day = today - timedelta(days=number)
        if kind_of_day(day, calendar.country) != weekday:
            continue
        midnight = datetime(day.year, day.month, day.day, tzinfo=calendar.zone)
        ends = [midnight.replace(hour=hour) if hour < 24 else midnight + timedelta(days=1) for hour in hours]
        began_ms, ended_ms = (to_ms(one.astimezone(UTC)) for one in ends)
        if ended_ms + AFTER_H * HOUR_MS <= now_ms:
            yield began_ms, ended_ms


def _past(waits: Iterable[EndedWait], deadlines: Deadlines, usual_ms: int) -> Iterable[Past]:
    for wait in waits:
        due_ms = deadlines.due_ms(wait.unit_id, wait.level, arrived_ms=wait.arrived_ms)
        target_ms = deadlines.target_ms(wait.unit_id, wait.level, arrived_ms=wait.arrived_ms)
        open_ms = _open_ms(wait) if wait.closed_ms is not None else usual_ms
        yield Past(wait.arrived_ms, due_ms, target_ms, wait.level, open_ms)


def _open_ms(wait: EndedWait) -> int:
    return max(MINUTE_MS, (wait.closed_ms or 0) - wait.ended_ms)
