"""Guests of a visit: invited by staff, let in by a link that opens once and a code that reaches them another way."""

from rtc.entries import GuestRole
from web.wire.base import Wire
from web.wire.session import Language
from web.wire.visit import VisitSummary


class InviteGuest(Wire, frozen=True, kw_only=True):
    """`guest:invite`: a clinician invites someone to the visit they are in. Never sent twice: secrets are told once."""

    contact_id: str
    client_id: str
    visit_id: str
    name: str
    role: GuestRole
    lang: str = ""
    """Of an interpreter: which language they interpret (BCP 47), such as `ar`."""
    link_to: str = ""
    """A telephone number or e-mail address to send the link to; empty: the clinician passes it on."""
    code_to: str = ""
    """The same for the code: another address than the link's. Neither is kept."""
    told_in: Language = "sv"
    """The language of what is sent."""


class GuestSecrets(Wire, frozen=True, kw_only=True):
    """Answer to `guest:invite`, told this once."""

    guest_id: str
    token: str
    """Stands behind the `#` of the address `/guest`, where browsers send it to nobody."""
    link_sent: bool
    code: str
    """To be read out to the guest; empty where it was sent."""
    until: str


class WithdrawGuest(Wire, frozen=True, kw_only=True):
    """`guest:withdraw`: a guest, come or not, is let in no more; one who is in the visit is out within a second."""

    contact_id: str
    client_id: str
    visit_id: str
    guest_id: str


class OpenGuestLink(Wire, frozen=True, kw_only=True):
    """`POST /api/guest`: open a link with its code, once, and say who one is."""

    token: str
    code: str
    name: str


class AsGuest(Wire, frozen=True, kw_only=True):
    """Who one is as a guest, and of which visit."""

    contact_id: str
    """Names the visit's contact in calls; opens nothing of it."""
    visit_id: str
    participant: str
    name: str
    role: GuestRole
    lang: str
    until: str
    visit: VisitSummary


class VisitChanged(Wire, frozen=True, kw_only=True):
    """Event `visit`: the guest's visit as it is now; without one it is over for them, whatever the reason."""

    visit: VisitSummary | None
