"""What a video visit writes in its contact's log."""

from typing import Literal

from core.log.body import Body

GuestRole = Literal["relative", "interpreter", "consultant"]
VisitRole = Literal["patient", "clinician", "relative", "interpreter", "consultant"]
"""A consultant is a clinician from elsewhere: by a guest link, without a role at the unit."""
Ended = Literal["staff", "time", "protected"]
"""Why a guest is let in no more: staff took it back, the time is over, the patient's identity is protected."""


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
    name: str = ""
    """Who it was, where the service noted it and not they themselves."""
    put_out: bool = False
    """They may see the contact no more: nothing of the visit may reach them from now on."""


class VisitEnded(Body, tag="visit_ended", frozen=True, kw_only=True):
    """The visit is over; the contact goes on."""

    visit_id: str
    duration_s: int


class GuestInvited(Body, tag="guest_invited", frozen=True, kw_only=True):
    """A clinician invited someone without an account to this one visit. Whose secrets these are is told to nobody."""

    visit_id: str
    guest_id: str
    participant: str
    name: str
    role: GuestRole
    lang: str = ""
    """Of an interpreter: the language between which and the contact's own they interpret (BCP 47)."""
    until_ms: int
    """When the link opens nothing any more."""
    link: str = ""
    """Keyed digest of what stands in the link."""
    code: str = ""
    """Keyed digest of the code that goes another way."""


class GuestCame(Body, tag="guest_came", frozen=True, kw_only=True):
    """The link was opened with its code, this once, by someone who says this is their name."""

    visit_id: str
    guest_id: str
    name: str
    until_ms: int
    """When they must leave."""


class GuestWithdrawn(Body, tag="guest_withdrawn", frozen=True, kw_only=True):
    """A guest, come or not, is let in no more."""

    visit_id: str
    guest_id: str
    name: str
    why: Ended
