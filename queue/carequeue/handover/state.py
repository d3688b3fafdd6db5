"""What is kept of a contact's offers and requests. Whether they still stand depends on who holds it: see `rule`."""

from typing import Literal

import msgspec

from core.log.state import Part

Stage = Literal["named", "unit", "lead"]


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """The newest offer. What was written in it lies in entry `no`."""

    offer_id: str
    no: int
    from_staff: str
    to_unit: str
    unit_name: str
    to_staff: str | None
    to_name: str
    warm: bool
    claim_no: int
    since_ms: int
    stage: Stage
    """Who is asked now; `lead`: nobody answered, and who leads the unit is told."""
    asked_ms: int
    """Since when they are."""
    over: bool = False
    """Declined, taken back, or gone back to the queue."""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A colleague has asked for the contact."""

    staff_id: str
    name: str
    role: str
    claim_no: int
    since_ms: int
    passed_on: bool = False
    """True once who leads the unit has been told that nobody answered."""


class HandOver(Part, tag="hand_over", frozen=True, kw_only=True):
    """Offers and requests, as they were last written."""

    offer: Offer | None = None
    requests: tuple[Request, ...] = ()
