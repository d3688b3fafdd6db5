"""The six levels of urgency and their order. Says nothing about target times: those belong to the queue."""

from enum import StrEnum


class Urgency(StrEnum):
    """How soon a human must act, most urgent first (domain brief §1.1; our own scale, mapped locally)."""

    IMMEDIATE = "immediate"
    VERY_URGENT = "very_urgent"
    URGENT = "urgent"
    WITHIN_24H = "within_24h"
    ROUTINE = "routine"
    SELF_CARE = "self_care"

    @property
    def rank(self) -> int:
        """1 for `immediate` to 6 for `self_care`."""
        return RANKS[self]


LEVELS: tuple[Urgency, ...] = tuple(Urgency)
RANKS: dict[Urgency, int] = {level: number for number, level in enumerate(LEVELS, start=1)}


def highest(*levels: Urgency) -> Urgency:
    """The most urgent of one or more levels."""
    return min(levels, key=RANKS.__getitem__)


def raised(level: Urgency, by: int = 1) -> Urgency:
    """The level `by` steps more urgent, at most `immediate`."""
    return LEVELS[max(0, RANKS[level] - 1 - by)]
