"""From an expectation to an interval that holds: by how far off earlier expectations of the same kind were. Pure.

Conformal prediction: the interval spans the middle of what earlier waits were in proportion to what was expected of
them, taken from those where about as much was expected. How much may fall outside is moved a little after each outcome,
so that the share that holds comes back to nine of ten whatever changes (Gibbs and Candès, Adaptive conformal inference
under distribution shift, 2021). Where too little is known there is no interval.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from heapq import nsmallest
from typing import NamedTuple

MISSES = 0.1
"""The share of promises that may turn out wrong."""
LEARNS = 0.02
"""How far one outcome moves what may fall outside."""
FEWEST = 20
"""With fewer outcomes nothing is said: the middle nine of ten of nineteen is all of them."""
NEAREST = 80
"""Outcomes an interval is made of: those where about as much was expected."""
REMEMBERED = 500
"""Outcomes looked at, the newest."""
LEAST_OUTSIDE, MOST_OUTSIDE = 0.002, 0.6
LONGEST_MIN = 24 * 60
"""What may take longer than a day is not told in hours."""
TOOK_LONGER = 0.75
"""As large a share of earlier waits must have taken longer before a told interval is said to be too short."""
STEPS_MIN = ((10, 1), (120, 5))
LONGEST_STEP_MIN = 60


class Outcome(NamedTuple):
    """What became of one earlier expectation."""

    expected_min: float
    waited_min: float | None
    """None while it is known only that it took longer than was told."""
    right: bool | None
    """Whether the interval held; None where none was told."""


class Interval(NamedTuple):
    """Minutes from now, whole and rounded outwards as they are shown: what is shown is what is scored."""

    low_min: int
    high_min: int


def interval(expected: float, outcomes: Sequence[Outcome]) -> Interval | None:
    """The interval for an expectation in minutes, from earlier outcomes, the oldest first. None: it cannot be said."""
    ratios = _nearest_ratios(expected, outcomes)
    number = len(ratios)
    if number < FEWEST:
        return None
    outside = outside_of(outcomes) / 2
    lowest = math.floor(outside * (number + 1))
    highest = min(number, math.ceil((1 - outside) * (number + 1)))
    low = expected * ratios[lowest - 1] if lowest else 0.0
    told = Interval(rounded(low, math.floor), max(1, rounded(expected * ratios[highest - 1], math.ceil)))
    return told if told.high_min <= LONGEST_MIN else None


def takes_longer(expected: float, outcomes: Sequence[Outcome], *, than_min: float) -> bool:
    """Whether it will take longer than so many minutes, as three of four did of which as much was expected."""
    ratios = _nearest_ratios(expected, outcomes)
    if len(ratios) < FEWEST or expected <= than_min:
        return False
    return expected * ratios[math.floor((1 - TOOK_LONGER) * len(ratios))] > than_min


def outside_of(outcomes: Iterable[Outcome]) -> float:
    """How much may fall outside the next interval, after these outcomes in order."""
    outside = MISSES
    for one in outcomes:
        if one.right is not None:
            moved = outside + LEARNS * (MISSES - (not one.right))
            outside = min(MOST_OUTSIDE, max(LEAST_OUTSIDE, moved))
    return outside


def rounded(minutes: float, to_whole: Callable[[float], int]) -> int:
    """Minutes as they are shown: by single ones, by fives, by hours."""
    step = next((step for below, step in STEPS_MIN if minutes < below), LONGEST_STEP_MIN)
    return to_whole(minutes / step) * step


def _nearest_ratios(expected: float, outcomes: Iterable[Outcome]) -> list[float]:
    logarithm = math.log(expected)
    apart = (
        (abs(math.log(one.expected_min) - logarithm), one.waited_min / one.expected_min)
        for one in outcomes
        if one.waited_min is not None
    )
    return sorted(ratio for _, ratio in nsmallest(NEAREST, apart))
