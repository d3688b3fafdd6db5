"""Other contacts of whom a contact is about."""

from typing import Literal

from carequeue.entries import CloseReason
from triage.entries import Level
from web.wire.base import Wire


class ListEarlier(Wire, frozen=True, kw_only=True):
    """`contact:earlier`: the other contacts of whom this one is about, as far as one may enter them."""

    contact_id: str


class EarlierContact(Wire, frozen=True, kw_only=True):
    """One of them: what tells whether it is worth opening."""

    contact_id: str
    unit: str
    opened_at: str
    status: Literal["waiting", "held", "closed"]
    closed_at: str = ""
    closed: CloseReason | None = None
    urgency: Level
    reason: str
    """What the deciding rule says."""


class EarlierContacts(Wire, frozen=True, kw_only=True):
    """Answer to `contact:earlier`, the newest first."""

    contacts: tuple[EarlierContact, ...]


class MarkEarlier(Wire, frozen=True, kw_only=True):
    """`board:earlier`: which of these cards of a unit's board are about somebody with other contacts one may enter."""

    unit_id: str
    contact_ids: tuple[str, ...]
    """At most 40; of another unit, or nobody's, is answered by nothing."""


class EarlierMark(Wire, frozen=True, kw_only=True):
    """What a card says of them."""

    contact_id: str
    count: int
    last_at: str
    """When the newest of them came."""


class EarlierMarks(Wire, frozen=True, kw_only=True):
    """Answer to `board:earlier`: only cards for which there are any."""

    marks: tuple[EarlierMark, ...]
