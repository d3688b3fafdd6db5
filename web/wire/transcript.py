"""Taking out a contact's transcript, as a paper or for another system."""

import msgspec

from web.wire.base import Wire
from web.wire.session import Language


class AskTranscript(Wire, frozen=True, kw_only=True):
    """The transcript of a contact as a PDF."""

    contact_id: str
    lang: Language = "sv"
    notes: bool = False
    """Staff only: with what is between colleagues. A patient never gets it."""


class AskExport(Wire, frozen=True, kw_only=True):
    """Everything about oneself."""

    lang: Language = "sv"


class SearchCommunications(Wire, frozen=True, kw_only=True):
    """The lines of a contact, as FHIR has them."""

    contact_id: str = msgspec.field(name="encounter")
    """The contact."""
    lang: Language = "sv"
    notes: bool = False
    """Staff only: with what is between colleagues. A patient never gets it."""
