"""Who is on duty at a unit, and what whoever is on call was told of a contact."""

import msgspec

from carequeue.duty.entries import Standing
from core.log.state import Part
from triage.entries import Level


class OnDuty(msgspec.Struct, frozen=True, kw_only=True):
    """One member of staff who is on duty or pauses."""

    name: str
    standing: Standing
    since_ms: int


class Duty(Part, tag="duty", frozen=True, kw_only=True):
    """Of a unit's stream. Who is off duty is not in it."""

    staff: dict[str, OnDuty] = {}


class OnCallTold(Part, tag="on_call", frozen=True, kw_only=True):
    """Of a contact: the wait (by the claim number it began with) and the level that on-call was told of last."""

    claim_no: int = -1
    urgency: Level = "self_care"
    told: bool = False
    at_ms: int = 0
