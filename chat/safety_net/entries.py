"""What is written of the safety net."""

from carequeue.entries import CloseReason
from core.log.body import Body
from triage.entries import Level


class SafetyNetGiven(Body, tag="safety_net_given", frozen=True, kw_only=True):
    """A named person tells the patient what to watch for and what to do then, and asks whether they understood."""

    text: str
    lang: str | None = None
    closes: CloseReason | None = None
    """Set: the contact ends for this reason when the patient confirms, unless something is said or raised before."""
    claim_no: int = 0
    urgency: Level = "urgent"
    """The level in force when it was given."""


class SafetyNetConfirmed(Body, tag="safety_net_confirmed", frozen=True, kw_only=True):
    """The patient says that they have read it and understood."""

    given_no: int
    """Number of the entry that gave it, in the reader's numbering."""
    given_patient_no: int
    """Its number as the patient counts."""
