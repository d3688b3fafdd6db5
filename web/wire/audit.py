"""Who has read and changed what: for auditors of a legal care giver, and for whom it concerns."""

from typing import Literal

import msgspec

from web.wire.base import Wire


class SearchAuditEvents(Wire, frozen=True, kw_only=True):
    """AuditEvents about one person, the newest first."""

    patient: str
    """The person, by our own id: never a number."""
    date: str = ""
    """`ge` and `lt` with a moment (RFC 3339) or a day each, as FHIR writes them; given twice, both hold."""
    count: int = msgspec.field(name="_count", default=50)
    """1 to 200 on a page."""
    page: str = ""
    """Where a page begins: from the link `next` of the one before."""


class ListLooks(Wire, frozen=True, kw_only=True):
    """`looks:list`: who has read or changed what concerns the patient, or somebody they stand for; newest first."""

    for_person: str = ""
    """Somebody the patient represents; empty: oneself."""
    page: str = ""
    """Where a page begins: `next` of the one before."""


class Look(Wire, frozen=True, kw_only=True):
    """One time somebody did. Staff are told by role and unit, protected staff by role alone."""

    at: str
    does: Literal["look", "change"]
    who: Literal["self", "representative", "staff"]
    role: str = ""
    unit: str = ""
    provider: str = ""
    purpose: Literal["care", "own", "emergency", "search"]
    contact_id: str = ""
    """The contact it concerned; empty when it was none."""


class Looks(Wire, frozen=True, kw_only=True):
    """A page of them."""

    looks: tuple[Look, ...]
    next: str = ""
    """Where the next page begins; empty when this was the last."""
