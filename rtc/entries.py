"""What a video visit writes in its contact's log."""

from typing import Literal

from core.log.body import Body

VisitRole = Literal["patient", "clinician", "relative", "interpreter"]


class VisitStarted(Body, tag="visit_started", frozen=True, kw_only=True):
    """A clinician opens a visit; the patient may come to its lobby."""

    visit_id: str


class VisitKnocked(Body, tag="visit_knocked", frozen=True, kw_only=True):
    """Someone waits in the lobby."""

    visit_id: str
    participant: str
    name: str
    role: VisitRole


class VisitAdmitted(Body, tag="visit_admitted", frozen=True, kw_only=True):
    """A clinician let someone in from the lobby."""

    visit_id: str
    participant: str


class VisitJoined(Body, tag="visit_joined", frozen=True, kw_only=True):
    """Someone is in the visit: their first, or another, way in."""

    visit_id: str
    participant: str
    name: str
    role: VisitRole


class VisitLeft(Body, tag="visit_left", frozen=True, kw_only=True):
    """Someone left, by choice or because the line was gone."""

    visit_id: str
    participant: str


class VisitEnded(Body, tag="visit_ended", frozen=True, kw_only=True):
    """The visit is over; the contact goes on."""

    visit_id: str
    duration_s: int
