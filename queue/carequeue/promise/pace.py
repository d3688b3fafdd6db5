"""How fast a unit takes contacts: what the last hour shows, and what the same hours of past weeks showed. Pure.

Pace is counted only while it is held back: while somebody has waited for some minutes. What is taken as soon as it
comes says how many come, and nothing of how many could be taken.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from carequeue.deadlines import LEVELS, MINUTE_MS
from triage.entries import Level

HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS
WEEK_HOURS = 7 * 24
WEEKS = 8
"""How far back the same hours are looked at."""
QUIET_MS = 2 * MINUTE_MS
"""Whoever is taken within so long has held nobody up."""
SLOW_MIN = 15.0
"""Minutes between two contacts that one nurse takes, believed before any is seen: on the slow side."""
BELIEF = 2.0
"""How many contacts seen weigh as much as that belief."""
BELIEF_H = 1.0
"""How many hours of waiting, at one hour of the week, weigh as much as what all hours together show."""


class Span(NamedTuple):
    """A wait at a unit."""

    arrived_ms: int
    ended_ms: int
    """When somebody took the contact; `STILL_MS` while nobody has."""
    level: Level | None = None
    """None for what is not to be counted among those who came."""


STILL_MS = 2**53


class Pace(NamedTuple):
    """What is known of a unit's last hour."""

    nurses_on: int
    taken: int
    """Contacts taken while somebody had waited."""
    waited_min: float
    """Minutes during which anybody had waited."""

    @property
    def per_hour(self) -> float:
        """Contacts an hour, with the belief of before anything was seen."""
        minutes = BELIEF * SLOW_MIN / max(1, self.nurses_on) + self.waited_min
        return 60 * (BELIEF + self.taken) / minutes


class Hour(NamedTuple):
    """One hour at a unit."""

    began_ms: int
    taken: int
    waited_ms: int
    came: Mapping[Level, int]


class Profile(NamedTuple):
    """A unit's week: what is taken and what comes in each hour, in the mean of the weeks that were seen."""

    zone: ZoneInfo
    per_hour: tuple[float, ...]
    """Contacts taken an hour while somebody waits, from Monday 00 on; empty when nothing is known."""
    came: tuple[Mapping[Level, float], ...]

    def pace(self, at_ms: int) -> float | None:
        """Contacts an hour at this moment; None when nothing is known."""
        return self.per_hour[hour_of_week(at_ms, self.zone)] if self.per_hour else None

    def comes(self, at_ms: int, levels: Iterable[Level]) -> float:
        """How many of these levels come in an hour, at this moment."""
        if not self.came:
            return 0.0
        here = self.came[hour_of_week(at_ms, self.zone)]
        return sum(here.get(level, 0.0) for level in levels)


def hour_of_week(at_ms: int, zone: ZoneInfo) -> int:
    """From Monday 00, by the clock on the wall."""
    local = datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(zone)
    return local.weekday() * 24 + local.hour


def pace_of(spans: Sequence[Span], *, nurses_on: int, since_ms: int, until_ms: int) -> Pace:
    """The pace of a stretch of time, from every wait that lasted into it."""
    held_up = _held_up(spans, since_ms=since_ms, until_ms=until_ms)
    taken = sum(_within(span.ended_ms, held_up) for span in spans if since_ms < span.ended_ms <= until_ms)
    return Pace(nurses_on, taken, sum(end - start for start, end in held_up) / MINUTE_MS)


def hours_of(spans: Sequence[Span], *, since_ms: int, until_ms: int) -> list[Hour]:
    """Every whole hour between, from all waits that lasted into any of them. Both ends are whole hours."""
    held_up = _held_up(spans, since_ms=since_ms, until_ms=until_ms)
    waited: Counter[int] = Counter()
    for start, end in held_up:
        for hour, length in _cut(start, end):
            waited[hour] += length
    taken = Counter(_hour(span.ended_ms) for span in spans if _within(span.ended_ms, held_up))
    came: dict[int, Counter[Level]] = {}
    for span in spans:
        if span.level is not None and since_ms <= span.arrived_ms < until_ms:
            came.setdefault(_hour(span.arrived_ms), Counter())[span.level] += 1
    return [
        Hour(began, taken[began], waited[began], came.get(began, Counter()))
        for began in range(since_ms, until_ms, HOUR_MS)
    ]


def profile_of(hours: Iterable[Hour], zone: ZoneInfo) -> Profile:
    """The week, from its hours in the past; one of none when nobody ever waited."""
    seen, taken, waited = Counter[int](), Counter[int](), Counter[int]()
    came: list[Counter[Level]] = [Counter() for _ in range(WEEK_HOURS)]
    for hour in hours:
        number = hour_of_week(hour.began_ms, zone)
        seen[number] += 1
        taken[number] += hour.taken
        waited[number] += hour.waited_ms
        came[number].update(hour.came)
    waited_h = sum(waited.values()) / HOUR_MS
    if not waited_h:
        return Profile(zone, (), _means(came, seen))
    usual = sum(taken.values()) / waited_h
    per_hour = tuple(
        (taken[number] + BELIEF_H * usual) / (waited[number] / HOUR_MS + BELIEF_H) for number in range(WEEK_HOURS)
    )
    return Profile(zone, per_hour, _means(came, seen))


def _means(came: Sequence[Counter[Level]], seen: Counter[int]) -> tuple[Mapping[Level, float], ...]:
    return tuple(
        {level: counts[level] / max(1, seen[number]) for level in LEVELS if counts[level]}
        for number, counts in enumerate(came)
    )


def _held_up(spans: Iterable[Span], *, since_ms: int, until_ms: int) -> list[tuple[int, int]]:
    """The stretches in which anybody had waited for longer than what holds nobody up, in order and apart."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted((span.arrived_ms + QUIET_MS, span.ended_ms) for span in spans):
        begin, stop = max(start, since_ms), min(end, until_ms)
        if begin >= stop:
            continue
        if merged and begin <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(stop, merged[-1][1])
        else:
            merged.append((begin, stop))
    return merged


def _within(at_ms: int, stretches: Sequence[tuple[int, int]]) -> bool:
    """Whether a moment lies in any, its end included: there what held everybody up was taken."""
    place = bisect_left(stretches, (at_ms, 0)) - 1
    return place >= 0 and stretches[place][0] < at_ms <= stretches[place][1]


def _cut(start_ms: int, end_ms: int) -> Iterator[tuple[int, int]]:
    """A stretch, hour by hour: each hour's beginning, and how much of it."""
    while start_ms < end_ms:
        hour = _hour(start_ms)
        stop_ms = min(end_ms, hour + HOUR_MS)
        yield hour, stop_ms - start_ms
        start_ms = stop_ms


def _hour(at_ms: int) -> int:
    return at_ms - at_ms % HOUR_MS
