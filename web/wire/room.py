"""What staff do at the door of a visit and in it, and what whoever comes says of themselves."""

from rtc.room.entries import (
    Company,
    CompanyTold,
    Identity,
    VisitBroughtBack,
    VisitExpected,
    VisitIdentified,
    VisitMissed,
    VisitRemoved,
    VisitSentBack,
    VisitSetAside,
)
from rtc.room.tested import ConnectionTested
from web.wire.base import Wire

OfRoom = (
    VisitIdentified
    | VisitSentBack
    | VisitSetAside
    | VisitBroughtBack
    | VisitRemoved
    | VisitExpected
    | CompanyTold
    | VisitMissed
    | ConnectionTested
)
"""Its entries."""


class IdentifyParticipant(Wire, frozen=True, kw_only=True):
    """`visit:identify`: say how one knows who somebody in the lobby or the visit is."""

    contact_id: str
    visit_id: str
    participant: str
    how: Identity


class MoveParticipant(Wire, frozen=True, kw_only=True):
    """`visit:send_back`, `visit:set_aside`, `visit:bring_back`, `visit:remove`: by staff who are in the visit.

    Answered with `not_connected` for who is not in it, `not_found` where that person is not where the call takes them
    from, `wrong_state` for a clinician. Removing a guest is withdrawing them, as `guest:withdraw` does.
    """

    contact_id: str
    visit_id: str
    participant: str


class ExpectVisit(Wire, frozen=True, kw_only=True):
    """`visit:expect`: tell who waits that they are let in in so many minutes."""

    contact_id: str
    visit_id: str
    minutes: int


class TellCompany(Wire, frozen=True, kw_only=True):
    """`visit:company`: say who is in the room with oneself."""

    contact_id: str
    visit_id: str
    company: tuple[Company, ...]


MOVES = ("visit:send_back", "visit:set_aside", "visit:bring_back", "visit:remove")
