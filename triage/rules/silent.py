"""What an unanswered question does: it raises once, by one level, at most to very urgent. It never lowers."""

from triage.urgency import RANK, Urgency, raised

HIGHEST: Urgency = "very_urgent"
"""Silence alone calls no ambulance: a person rings."""


def one_step_up(level: Urgency) -> Urgency:
    """One level up; what silence may not raise stays."""
    return level if RANK[level] <= RANK[HIGHEST] else raised(level)
