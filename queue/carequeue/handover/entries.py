"""What is written in a contact's log when it goes from one who holds it to another."""

from typing import Literal

from core.log.body import Body

PassedTo = Literal["unit", "queue", "lead"]
"""Where something nobody answered went: everyone at the unit, its old place in the queue, who leads the unit."""


class HandOverOffered(Body, tag="hand_over_offered", frozen=True, kw_only=True):
    """Who holds the contact offers it, to a colleague or to a unit. They hold it until somebody accepts."""

    offer_id: str
    to_unit: str
    unit_name: str
    to_staff: str | None = None
    """Staff id of the colleague; none: anyone at the unit who may take contacts."""
    to_name: str = ""
    to_role: str = ""
    warm: bool = False
    """Both are in the contact, and both may write, until it is accepted and for a while after."""
    situation: str
    background: str
    assessment: str
    recommendation: str
    claim_no: int


class HandedOver(Body, tag="handed_over", frozen=True, kw_only=True):
    """Somebody else holds the contact from now on: they accepted an offer, or were given what they had asked for."""

    offer_id: str
    """Empty when it was given to who had asked."""
    staff_id: str
    name: str
    role: str
    unit_id: str
    unit_name: str
    moved: bool
    """True when the contact belongs to another unit by this."""
    claim_no: int
    """The new holder's; everything written under the old one is refused from now on."""


class HandOverDeclined(Body, tag="hand_over_declined", frozen=True, kw_only=True):
    """Who was offered the contact does not take it. Who offered it holds it still."""

    offer_id: str
    reason: str


class HandOverWithdrawn(Body, tag="hand_over_withdrawn", frozen=True, kw_only=True):
    """Who offered the contact keeps it."""

    offer_id: str


class CaseAsked(Body, tag="case_asked", frozen=True, kw_only=True):
    """A colleague asks who holds the contact for it."""

    staff_id: str
    name: str
    role: str
    reason: str
    claim_no: int
    """The claim it is asked of: whoever holds it later has not been asked."""


class CaseRefused(Body, tag="case_refused", frozen=True, kw_only=True):
    """Who holds the contact keeps it."""

    staff_id: str
    """Who had asked."""
    reason: str


class HandOverUnanswered(Body, tag="hand_over_unanswered", frozen=True, kw_only=True):
    """Nobody answered within the unit's time, so it is passed on."""

    what: Literal["offer", "request"]
    id: str
    """The offer's id, or the staff id of who had asked."""
    to: PassedTo
    after_min: int
