"""The steps that were taken in one wait at one level. A new wait, or another level, begins with none."""

from carequeue.late.entries import LateStep
from core.log.state import Part
from triage.entries import Level


class Late(Part, tag="late", frozen=True, kw_only=True):
    """Of a contact."""

    waiting_ms: int = 0
    urgency: Level = "self_care"
    steps: tuple[LateStep, ...] = ()
    last_ms: int = 0
    moved_ms: int = 0
    """When it was moved to a unit that stands in: it is moved once, and never to and fro."""
