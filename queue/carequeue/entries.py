"""What the queue writes in a contact's log."""

from typing import Literal

from carequeue.routing.entries import RouteStep
from core.log.body import Body

CloseReason = Literal[
    "self_care_advice",
    "booked_visit",
    "video_done",
    "referred_emergency_department",
    "called_112_113",
    "referred_other",
    "prescription",
    "certificate",
    "admin_info",
    "no_contact_after_attempts",
    "abandoned",
    "wrong_unit",
    "duplicate",
    "inappropriate_conduct",
    "technical",
]

Understood = Literal["", "confirmed", "said", "not_needed"]
"""How it is known that the patient understood what to watch for: by their own confirming, by their word to the nurse,
or that nothing was to be understood. Empty: ended by itself, or by a release that did not ask."""


class Queued(Body, tag="queued", frozen=True, kw_only=True):
    """The contact waits at a unit; `steps` say why there."""

    unit_id: str
    reasons: tuple[str, ...] = ()
    """Codes, of entries from before steps were kept."""
    steps: tuple[RouteStep, ...] = ()
    needs: tuple[str, ...] = ()
    """What the one who takes it must be able to do, such as `lang:ar` or `skill:child`; an immediate needs nothing."""
    service: str = ""
    """What care is sought for, as the patient chose; empty: nothing was chosen."""
    lang: str = ""
    """The language the patient is to be answered in, ISO 639."""
    again: bool = False
    """It waited elsewhere and was routed once more, now that it is understood."""
    letter: bool = False
    """It begins as a letter to the unit."""


class LetterTurned(Body, tag="letter_turned", frozen=True, kw_only=True):
    """Whoever holds a letter goes on in another way, in the same contact: from now on it counts as a chat."""

    into: Literal["chat", "video"]
    claim_no: int


class Claimed(Body, tag="claimed", frozen=True, kw_only=True):
    """One nurse holds the contact, under a claim number that only grows."""

    staff_id: str
    name: str
    role: str
    claim_no: int


class HandedBack(Body, tag="handed_back", frozen=True, kw_only=True):
    """The nurse gives the contact back: it waits again at its old place."""

    reason: str
    claim_no: int


class Closed(Body, tag="closed", frozen=True, kw_only=True):
    """The contact ends, with a reason and what the patient should watch for."""

    reason: CloseReason
    safety_net: str
    claim_no: int
    understood: Understood = ""


class Reopened(Body, tag="reopened", frozen=True, kw_only=True):
    """The patient opens a closed contact again: it waits anew at its unit, with all that was said and its level."""
