"""How long the wait will be, as an interval one can be held to: meant to be right nine times of ten.

Contacts are taken at a pace that is not known exactly: it is learnt from how many were taken while somebody waited in
the last hour, with a slow pace as the belief before anything was seen. The interval holds that doubt as well as chance.
What a model of this kind cannot know (a nurse about to go home) it does not pretend to know.
"""

import math
from collections.abc import Callable, Iterable
from typing import NamedTuple

from carequeue.deadlines import LEVELS, MINUTE_MS, Deadlines
from carequeue.order import level_in_queue, order_of
from carequeue.state import Place
from carequeue.store import Places
from core.clock import Clock
from core.log.append import Head
from triage.state import Triage

WINDOW_MIN = 60
PACE_MIN = 15.0
"""Minutes between two contacts that one nurse takes, believed before any is seen: on the slow side."""
BELIEF = 2.0
"""How many contacts seen weigh as much as that belief."""
QUANTILE_Z = 1.645
"""Of the normal distribution: 5 % below, 5 % above."""
BUSIEST = 0.8
"""The share of the pace that more urgent newcomers can take up in an estimate; beyond it nothing is foreseeable."""
STEPS_MIN = ((10, 1), (60, 5), (240, 15))
LONGEST_STEP_MIN = 60


class Estimate(NamedTuple):
    """Place 1 is next; minutes are whole and rounded outwards."""

    place: int
    low_min: int
    high_min: int


class Pace(NamedTuple):
    """What is known of a unit's last hour."""

    nurses_on: int
    taken: int
    """Contacts taken for the first time."""
    waited_min: float
    """Minutes during which anybody waited."""
    passing: int
    """Contacts that came in with a higher level than the one who asks."""


def estimate(place: int, pace: Pace, *, target_min: int) -> Estimate:
    """The interval for a place in the queue. With nothing seen yet it reaches at least to the promised time.

    The time until the `place`-th next take, where takes are a Poisson process of gamma-distributed rate, is beta prime
    distributed; its quantiles are approximated by Paulson's formula for F (Biometrics 1942, from Wilson and Hilferty).
    """
    weight = BELIEF + pace.taken
    span_min = BELIEF * PACE_MIN / max(1, pace.nurses_on) + pace.waited_min
    middle_min = span_min * place / weight
    low = middle_min * _f_quantile(-QUANTILE_Z, 2 * place, 2 * weight)
    passed_by = min(BUSIEST, pace.passing / max(pace.taken, pace.passing, 1))
    high = middle_min * _f_quantile(QUANTILE_Z, 2 * place, 2 * weight) / (1 - passed_by)
    if pace.taken == 0:
        high = max(high, float(target_min))
    return Estimate(place, _round(low, math.floor), max(1, _round(high, math.ceil)))


def _f_quantile(z: float, d1: float, d2: float) -> float:
    """The quantile of F(d1, d2) at which the standard normal has `z`; good to a few per cent for d2 >= 4."""
    a, b = 2 / (9 * d1), 2 / (9 * d2)
    root = math.sqrt((1 - a) ** 2 * b + (1 - b) ** 2 * a - z * z * a * b)
    return max(0.0, ((1 - a) * (1 - b) + z * root) / ((1 - b) ** 2 - z * z * b)) ** 3


def _round(minutes: float, to_whole: Callable[[float], int]) -> int:
    step = next((step for below, step in STEPS_MIN if minutes < below), LONGEST_STEP_MIN)
    return to_whole(minutes / step) * step


def covered_ms(spans: Iterable[tuple[int, int]], *, since_ms: int) -> int:
    """How long at least one of the spans lasted, counted from `since_ms` on."""
    total, covered_to = 0, since_ms
    for start_ms, end_ms in sorted(spans):
        total += max(0, end_ms - max(start_ms, covered_to))
        covered_to = max(covered_to, end_ms)
    return total


class WaitEstimator:
    """Estimates from what SQL has now."""

    def __init__(self, places: Places, deadlines: Deadlines, clock: Clock, *, nurses_on: Callable[[str], int]) -> None:
        self._places = places
        self._deadlines = deadlines
        self._clock = clock
        self._nurses_on = nurses_on

    async def estimate(self, head: Head) -> Estimate:
        """For the waiting contact whose head this is."""
        unit_id, level = head.state.get(Place).unit_id, level_in_queue(head.state.get(Triage))
        now_ms = self._clock.ms()
        since_ms = now_ms - WINDOW_MIN * MINUTE_MS
        spans = await self._places.taken_since(unit_id, since_ms)
        oldest_ms = await self._places.oldest_waiting(unit_id)
        higher = LEVELS[: LEVELS.index(level)]
        pace = Pace(
            nurses_on=self._nurses_on(unit_id),
            taken=len(spans),
            waited_min=covered_ms([*spans, (oldest_ms or now_ms, now_ms)], since_ms=since_ms) / MINUTE_MS,
            passing=await self._places.arrived_since(unit_id, since_ms, levels=higher),
        )
        ahead = await self._places.ahead_of(unit_id, order_of(head, self._deadlines))
        return estimate(ahead + 1, pace, target_min=self._deadlines.of(unit_id, level).target_min)
