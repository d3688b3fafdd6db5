"""Letters: what is told of one beside its entries, and turning it into a chat. `visit:start` makes a visit of it."""

from care.messages.entries import LetterWritten
from web.wire.base import Wire

OfLetters = LetterWritten
"""Its own entry, as both sides see it."""


class LetterNow(Wire, frozen=True, kw_only=True):
    """Of a contact that began as a letter: its subject, and how it stands."""

    title: str
    turned: bool
    """It has become a chat or a visit."""
    answer_by: str | None
    """By when the unit has promised to answer; null where nothing is owed, and where what was written cannot wait."""


class TurnLetter(Wire, frozen=True, kw_only=True):
    """`letter:turn`: whoever holds a letter goes on as a chat, in the same contact; the patient is told at once."""

    contact_id: str
    client_id: str
    claim_no: int
