"""What staff follow: endings, the emergency call, and what comes when every call was made."""

from typing import Literal

from carequeue.entries import CloseReason
from triage.entries import Level
from web.wire.base import Wire

Review = Literal["proposed", "reviewed", "approved"]


class ShowGuidance(Wire, frozen=True, kw_only=True):
    """`guidance:show`: what staff follow here."""


class Wording(Wire, frozen=True, kw_only=True):
    """One text in every language."""

    sv: str
    nb: str
    en: str


class ClosingRule(Wire, frozen=True, kw_only=True):
    """What must hold before a contact ends for a reason."""

    reason: CloseReason
    safety_net: Literal["needed", "free"]
    after_calls: bool
    by_confirming: bool
    """Whether `safety_net:give` may name it in `closes`."""
    source: str
    review: Review


class CallStep(Wire, frozen=True, kw_only=True):
    """One step of the emergency call."""

    id: str
    do: Wording
    """What the nurse does."""
    say: Wording | None
    """What is put to the patient."""
    source: str
    review: Review


class FailedContact(Wire, frozen=True, kw_only=True):
    """What comes when every call was made and nobody answered."""

    urgency: Level
    do: Wording
    source: str
    review: Review


class Guidance(Wire, frozen=True, kw_only=True):
    """Answer to `guidance:show`."""

    closing: tuple[ClosingRule, ...]
    emergency_call: tuple[CallStep, ...]
    failed_contact: tuple[FailedContact, ...]
