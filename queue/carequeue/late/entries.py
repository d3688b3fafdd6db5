"""What is written in a contact's log when the promised time has passed."""

from typing import Literal

from core.log.body import Body
from triage.entries import Level

LateStep = Literal["colleagues", "lead", "next_unit"]
"""Who is told: everyone at the unit, who leads it, the unit that stands in for it."""


class Escalated(Body, tag="escalated", frozen=True, kw_only=True):
    """Nobody has taken the contact within the promised time, so it is told further."""

    step: LateStep
    urgency: Level
    late_min: int
    """How long after the promised time."""
    waiting_ms: int
    """Of which wait: when it began."""
    to_unit: str = ""
    """The unit that has the contact from now on; empty where it stays."""
    unit_name: str = ""
