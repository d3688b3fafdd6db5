"""The call-back list, opening a contact again, and how the patient wants to be told."""

from chat.waiting.entries import CallEnded, CallListed, CallTried, Outcome, Reminded
from core.notices.entries import ChannelName, Subscription
from web.wire.base import Wire
from web.wire.session import Language

OfWaiting = Reminded | CallTried
"""Entries about a patient who waits or is called, as everyone in the contact sees them."""
OfWaitingToStaff = CallListed | CallEnded
"""Those that only staff see."""


class TryCall(Wire, frozen=True, kw_only=True):
    """`call:try`: a telephone call to the patient was made, and how it went."""

    contact_id: str
    client_id: str
    outcome: Outcome
    note: str = ""
    """Seen by staff only."""


class EndCall(Wire, frozen=True, kw_only=True):
    """`call:end`: take the contact off the call-back list, with a reason."""

    contact_id: str
    client_id: str
    reason: str


class ReopenContact(Wire, frozen=True, kw_only=True):
    """`contact:reopen`: the patient opens a closed contact again, with what has happened."""

    contact_id: str
    client_id: str
    text: str
    lang: Language


class ChooseNotice(Wire, frozen=True, kw_only=True):
    """`notice:choose`: how the patient wants to be told of news while the page is closed."""

    contact_id: str
    client_id: str
    channel: ChannelName
    address: str = ""
    """A telephone number or an e-mail address, for those channels."""
    push: Subscription | None = None
    """What the browser gave, for web push."""
