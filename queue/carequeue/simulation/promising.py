"""Promises over a simulated year: made and scored by the product's own functions, on what a unit knows by then."""

from bisect import bisect_left, insort
from collections import defaultdict, deque
from collections.abc import Iterable
from heapq import heappop, heappush
from typing import NamedTuple

from carequeue.capacity import IMMEDIATE
from carequeue.deadlines import LEVELS, MINUTE_MS, Deadlines
from carequeue.promise.expected import expected_min, passing_of
from carequeue.promise.interval import REMEMBERED, Outcome, interval
from carequeue.promise.pace import (
    DAY_MS,
    HOUR_MS,
    STILL_MS,
    WEEKS,
    Hour,
    Profile,
    Span,
    hours_of,
    pace_of,
    profile_of,
)
from carequeue.promise.promise import Promise, Seen, judged, told
from carequeue.promise.store import outcome
from carequeue.simulation.arrivals import ZONE, Arrival
from carequeue.simulation.desk import Key, Rank
from carequeue.simulation.loop import OnDuty
from core.ids import ContactId
from triage.entries import Level

PAST_HOURS = WEEKS * 7 * 24


class Kept(NamedTuple):
    """How promises at one level came true."""

    told: int
    right: int
    early: int
    untold: int
    """How often nothing could be told."""
    middle_min: int
    """The width of the interval in the middle, in minutes."""

    @property
    def share(self) -> float:
        """Of those that were told, how many were right."""
        return self.right / self.told if self.told else 0.0


class _Unit:
    """What one unit knows at a moment."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Key, Arrival]] = []
        self.lately: deque[Span] = deque()
        """What ended in the last hour."""
        self.today: list[Span] = []
        """What ended since midnight, UTC."""
        self.hours: deque[Hour] = deque(maxlen=PAST_HOURS)
        self.profile = Profile(ZONE, (), ())
        self.outcomes: defaultdict[tuple[Level, bool], deque[Outcome]] = defaultdict(lambda: deque(maxlen=REMEMBERED))


class Promising:
    """Watches a simulation."""

    def __init__(self, deadlines: Deadlines, rank: Rank, on_duty: OnDuty) -> None:
        self._deadlines = deadlines
        self._rank = rank
        self._on_duty = on_duty
        self._units: defaultdict[str, _Unit] = defaultdict(_Unit)
        self._open: dict[ContactId, list[Promise]] = {}
        self._ends: list[tuple[int, ContactId, Arrival]] = []
        """When told intervals are over."""
        self._day_ms = 0
        self.done: list[Promise] = []

    def passes(self, at_ms: int) -> None:
        """Who is told too short an interval is told anew; at midnight the profiles are made anew."""
        while self._ends and self._ends[0][0] < at_ms:
            until_ms, contact_id, arrival = heappop(self._ends)
            if contact_id in self._open:
                self._break(arrival, until_ms + 1)
        while self._day_ms + DAY_MS <= at_ms:
            self._end_day(at_ms)

    def came(self, arrival: Arrival) -> None:
        """They stand in the queue."""
        insort(self._units[arrival.unit_id].waiting, (self._rank(arrival), arrival))

    def waits(self, arrival: Arrival) -> None:
        """They look at their page, and are promised something."""
        if arrival.level != IMMEDIATE:
            self._promise(arrival, arrival.arrived_ms, again=False)

    def taken(self, arrival: Arrival, at_ms: int) -> None:
        """What was promised is scored."""
        unit = self._units[arrival.unit_id]
        del unit.waiting[bisect_left(unit.waiting, (self._rank(arrival), arrival))]
        span = Span(arrival.arrived_ms, at_ms, arrival.level)
        unit.lately.append(span)
        unit.today.append(span)
        seen = Seen(arrival.unit_id, arrival.level, at_ms, taken=True)
        for promise in self._open.pop(arrival.contact_id, []):
            self._learn(unit, promise, judged(promise, seen, at_ms))

    def _promise(self, arrival: Arrival, at_ms: int, *, again: bool) -> None:
        unit, earlier = self._units[arrival.unit_id], self._open.setdefault(arrival.contact_id, [])
        expected = expected_min(
            bisect_left(unit.waiting, (self._rank(arrival), arrival)) + 1,
            pace_of(
                [*self._lately(unit, at_ms), *self._still(unit)],
                nurses_on=len(self._on_duty(at_ms)),
                since_ms=at_ms - HOUR_MS,
                until_ms=at_ms,
            ),
            unit.profile,
            passing=passing_of(self._deadlines, arrival.unit_id, arrival.level, arrived_ms=arrival.arrived_ms),
            at_ms=at_ms,
        )
        made = Promise(
            contact_id=arrival.contact_id,
            no=len(earlier) + 1,
            unit_id=arrival.unit_id,
            level=arrival.level,
            began_ms=arrival.arrived_ms,
            again=again,
            made_ms=at_ms,
            expected_ms=round(expected * MINUTE_MS),
        )
        made = told(made, interval(expected, list(unit.outcomes[arrival.level, again])))
        earlier.append(made)
        if made.until_ms is not None:
            heappush(self._ends, (made.until_ms, arrival.contact_id, arrival))

    def _break(self, arrival: Arrival, at_ms: int) -> None:
        promises, unit = self._open[arrival.contact_id], self._units[arrival.unit_id]
        promise = promises[-1]
        promises[-1] = judged(promise, Seen(arrival.unit_id, arrival.level), at_ms)
        self._learn(unit, promise, promises[-1])
        self._promise(arrival, at_ms, again=True)

    def _learn(self, unit: _Unit, before: Promise, after: Promise) -> None:
        """An outcome counts once as right or not, and once with how long it was."""
        assert after.result is not None
        found = outcome(after.expected_ms, after.waited_ms, after.result)
        known = found if before.result is None else found._replace(right=None)
        unit.outcomes[after.level, after.again].append(known)
        if after.ended_ms is not None:
            self.done.append(after)

    def _lately(self, unit: _Unit, at_ms: int) -> Iterable[Span]:
        while unit.lately and unit.lately[0].ended_ms <= at_ms - HOUR_MS:
            unit.lately.popleft()
        return unit.lately

    def _still(self, unit: _Unit) -> Iterable[Span]:
        if unit.waiting:
            yield Span(min(arrival.arrived_ms for _, arrival in unit.waiting), STILL_MS)

    def _end_day(self, at_ms: int) -> None:
        """Of the days that are over: their hours are known, and profiles made of them."""
        began_ms = self._day_ms
        self._day_ms = at_ms // DAY_MS * DAY_MS if not began_ms else began_ms + DAY_MS
        if not began_ms:
            return
        for unit in self._units.values():
            still = [Span(arrival.arrived_ms, STILL_MS, arrival.level) for _, arrival in unit.waiting]
            unit.hours += hours_of([*unit.today, *still], since_ms=began_ms, until_ms=self._day_ms)
            unit.today = []
            unit.profile = profile_of(unit.hours, ZONE)


def kept(promises: Iterable[Promise]) -> dict[Level, Kept]:
    """How promises came true, by level."""
    of: defaultdict[Level, list[Promise]] = defaultdict(list)
    for one in promises:
        of[one.level].append(one)
    return {level: _kept(of[level]) for level in LEVELS if of[level]}


def _kept(promises: list[Promise]) -> Kept:
    made = [one for one in promises if one.until_ms is not None and one.from_ms is not None]
    widths = sorted((one.until_ms or 0) - (one.from_ms or 0) for one in made)
    return Kept(
        told=len(made),
        right=sum(one.result == "right" for one in made),
        early=sum(one.result == "early" for one in made),
        untold=len(promises) - len(made),
        middle_min=widths[len(widths) // 2] // MINUTE_MS if widths else 0,
    )
