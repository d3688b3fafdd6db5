"""What is written of duty: in a stream of the unit's own, and in the contact of who waits where nobody is."""

from typing import Literal

from core.log.body import Body
from triage.entries import Level

Standing = Literal["on", "paused", "finishing", "off"]
"""On duty; on duty and taking nothing new for a while; the same until what is open is done, then off; not on duty."""
TAKES_NOTHING_NEW: frozenset[Standing] = frozenset({"paused", "finishing"})
"""But an immediate contact, which is everyone's."""


class DutySet(Body, tag="duty_set", frozen=True, kw_only=True):
    """A member of staff goes on or off duty at a unit, or pauses."""

    staff_id: str
    name: str
    standing: Standing


class OnCallAlerted(Body, tag="on_call_alerted", frozen=True, kw_only=True):
    """Somebody very urgent waits where nobody is on duty, so whoever is on call is told."""

    urgency: Level
    told: bool
    """False where the unit has nobody on call who could be reached: then it is only logged."""
    claim_no: int
    """Of which wait: the newest claim before it."""
