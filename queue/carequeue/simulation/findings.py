"""What a simulated year shows: waits by level, who was overtaken, and whether anybody was left waiting for ever."""

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from carequeue.capacity import IMMEDIATE
from carequeue.deadlines import LEVELS, TIERS, Deadlines
from carequeue.simulation.arrivals import Arrival
from carequeue.simulation.desk import Key, Rank
from carequeue.simulation.loop import Served
from triage.entries import Level


class Waits(NamedTuple):
    """Of one level, in minutes."""

    number: int
    p50: float
    p95: float
    longest: float


def waits(served: Sequence[Served]) -> dict[Level, Waits]:
    """How long each level waited."""
    of: defaultdict[Level, list[float]] = defaultdict(list)
    for one in served:
        of[one.arrival.level].append(one.waited_ms / 60_000)
    return {level: _waits(sorted(of[level])) for level in LEVELS if of[level]}


def _waits(ranked: list[float]) -> Waits:
    number = len(ranked)
    return Waits(number, ranked[number // 2], ranked[min(number - 1, number * 95 // 100)], ranked[-1])


def overtaken(arrivals: Sequence[Arrival], served: Sequence[Served], rank: Rank) -> int:
    """How many were taken while somebody with a smaller key waited at one of the nurse's units.

    Only an immediate may be taken by a nurse without room, and everybody before an immediate is one.
    """
    waiting: list[Key] = []
    came, passed = 0, 0
    for one in served:
        while came < len(arrivals) and arrivals[came].arrived_ms <= one.taken_ms:
            insort(waiting, rank(arrivals[came]))
            came += 1
        place = bisect_left(waiting, rank(one.arrival))
        passed += place > 0
        del waiting[place]
    return passed


def starved(served: Sequence[Served], deadlines: Deadlines) -> int:
    """How many were passed, within their tier, by someone who came after their target and grace were over.

    That nobody is bounds every wait: only those who are there by then can go before.
    """
    number = 0
    for tier in sorted(set(TIERS.values())):
        by_arrival = sorted((one for one in served if TIERS[one.arrival.level] == tier), key=lambda one: one.arrival)
        arrived = [one.arrival.arrived_ms for one in by_arrival]
        first_taken = [one.taken_ms for one in by_arrival]
        for place in range(len(first_taken) - 2, -1, -1):
            first_taken[place] = min(first_taken[place], first_taken[place + 1])
        for one in by_arrival:
            due_ms = deadlines.due_ms(one.arrival.unit_id, one.arrival.level, arrived_ms=one.arrival.arrived_ms)
            later = bisect_right(arrived, due_ms)
            number += later < len(first_taken) and first_taken[later] < one.taken_ms
    return number


def alarms_late(served: Sequence[Served]) -> int:
    """Immediates that waited at all: somebody is always on duty, and capacity holds none of them back."""
    return sum(one.waited_ms > 0 for one in served if one.arrival.level == IMMEDIATE)
