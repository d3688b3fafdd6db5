"""What is done at the door of a visit, and with who is in it."""

from typing import Literal

from core.log.body import Body
from rtc.entries import VisitLeft, VisitRole

Identity = Literal["document", "known", "questions", "e_id", "not_sure"]
"""How staff made sure who somebody is: a document was shown, they are known, by questions only they can answer, by
signing in with an e-ID; or it could not be made sure."""
Company = Literal["nobody", "child", "relative", "carer", "interpreter", "other"]
"""Who is in the room with somebody, as they say themselves: no names, so that nothing is told of others."""


class VisitIdentified(Body, tag="visit_identified", frozen=True, kw_only=True):
    """Staff say how they know who somebody in the lobby or the visit is."""

    visit_id: str
    participant: str
    name: str
    how: Identity


class VisitSentBack(Body, tag="visit_sent_back", frozen=True, kw_only=True):
    """Somebody waits in the lobby again, and comes in only when they are let in anew."""

    visit_id: str
    participant: str
    name: str


class VisitSetAside(Body, tag="visit_set_aside", frozen=True, kw_only=True):
    """Somebody hears and sees nothing of the visit for a while, and waits without asking again."""

    visit_id: str
    participant: str
    name: str


class VisitBroughtBack(Body, tag="visit_brought_back", frozen=True, kw_only=True):
    """Who was aside is in the visit again."""

    visit_id: str
    participant: str
    name: str


class VisitRemoved(Body, tag="visit_removed", frozen=True, kw_only=True):
    """Somebody is out of this visit for good."""

    visit_id: str
    participant: str
    name: str


Out = VisitLeft | VisitSentBack | VisitSetAside | VisitRemoved
"""Whom one of these names is in the visit no more: neither seen nor heard, and reached by nothing of it."""


class VisitExpected(Body, tag="visit_expected", frozen=True, kw_only=True):
    """When who waits is to be let in, as staff tell them."""

    visit_id: str
    at_ms: int


class CompanyTold(Body, tag="company_told", frozen=True, kw_only=True):
    """Who else is in the room with somebody."""

    visit_id: str
    participant: str
    name: str
    company: tuple[Company, ...]


class VisitMissed(Body, tag="visit_missed", frozen=True, kw_only=True):
    """Somebody who was waited for did not come."""

    visit_id: str
    participant: str = ""
    """Of a guest; empty: the patient's side, which has no id before it has come."""
    name: str = ""
    role: VisitRole
