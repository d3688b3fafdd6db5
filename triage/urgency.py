"""The six levels and how they compare. Automation moves a level only upwards."""

from collections.abc import Iterable
from typing import get_args

from triage.entries import Level

Urgency = Level
LEVELS: tuple[Urgency, ...] = get_args(Level)
"""From the most urgent to the least."""
RANK: dict[Urgency, int] = {level: rank for rank, level in enumerate(LEVELS, start=1)}


def more_urgent(one: Urgency, other: Urgency) -> Urgency:
    """The higher of two levels."""
    return one if RANK[one] <= RANK[other] else other


def highest(levels: Iterable[Urgency], *, floor: Urgency = "self_care") -> Urgency:
    """The highest of the levels, at least `floor`."""
    found = floor
    for level in levels:
        found = more_urgent(found, level)
    return found


def raised(level: Urgency, by: int = 1) -> Urgency:
    """The level `by` steps up, at most immediate."""
    return LEVELS[max(0, RANK[level] - 1 - by)]
