"""What to watch for and what to do then: given by a person, confirmed by the patient."""

from carequeue.entries import CloseReason
from chat.safety_net.entries import SafetyNetConfirmed, SafetyNetGiven
from web.wire.base import Wire
from web.wire.session import Language

OfSafetyNet = SafetyNetGiven | SafetyNetConfirmed
"""Its entries."""


class GiveSafetyNet(Wire, frozen=True, kw_only=True):
    """`safety_net:give`: tell the patient what to watch for and what to do then, and ask them to confirm it."""

    contact_id: str
    client_id: str
    claim_no: int
    text: str
    lang: Language | None = None
    closes: CloseReason | None = None
    """Set: the contact ends for this reason when the patient confirms, unless something is said or raised before."""
    seen_no: int | None = None
    """The newest entry on the screen; behind it, it is refused with `behind`."""


class ConfirmSafetyNet(Wire, frozen=True, kw_only=True):
    """`safety_net:confirm`: the patient has read what to do if it gets worse, and understood."""

    contact_id: str
    client_id: str
    given_no: int
    """Number of the entry that gave it, as the patient counts. Only the newest can be confirmed."""
