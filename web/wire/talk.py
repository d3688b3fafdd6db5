"""What people in a contact say and show besides messages: addenda, notes, colleagues' questions, marks, presence."""

from typing import Literal

from chat.entries import NoteSentence
from core.log.body import Author
from web.wire.base import Wire
from web.wire.session import Language

PresenceState = Literal["here", "typing", "away"]


class AmendMessage(Wire, frozen=True, kw_only=True):
    """`message:amend`: correct one's own message by an addendum; the message stays as it was written."""

    contact_id: str
    client_id: str
    of_no: int
    """Number of the message, in one's own numbering."""
    text: str
    lang: Language | None = None
    seen_no: int | None = None
    """Staff: the newest entry on the screen."""


class AddNote(Wire, frozen=True, kw_only=True):
    """`note:add`: a private note, seen by staff only. Either a text, or sentences in four parts (SBAR)."""

    contact_id: str
    client_id: str
    text: str = ""
    sentences: tuple[NoteSentence, ...] = ()
    lang: Language = "en"
    """The language of the parts' headings in the text that is made of the sentences."""


class DraftNote(Wire, frozen=True, kw_only=True):
    """`note:draft`: begin a note from what lies in the contact. Nothing is written."""

    contact_id: str
    lang: Language


class NoteDraft(Wire, frozen=True, kw_only=True):
    """Answer to `note:draft`: made by rule from the entries up to `head`."""

    head: int
    sentences: tuple[NoteSentence, ...]


class AskColleague(Wire, frozen=True, kw_only=True):
    """`colleague:ask`: a question to a colleague, or to a role at the unit; seen by staff only."""

    contact_id: str
    client_id: str
    text: str
    to_staff: str | None = None
    """Staff id of a colleague with a role at the contact's unit."""
    to_role: str = ""
    """The role asked when nobody is named."""


class AnswerColleague(Wire, frozen=True, kw_only=True):
    """`colleague:answer`: answer an open question of a colleague; seen by staff only."""

    contact_id: str
    client_id: str
    question_no: int
    text: str


class ListColleagues(Wire, frozen=True, kw_only=True):
    """`colleague:list`: who may be asked at a unit."""

    unit_id: str


class Colleague(Wire, frozen=True, kw_only=True):
    """A member of staff at the unit."""

    staff_id: str
    name: str
    role: str


class ColleagueList(Wire, frozen=True, kw_only=True):
    """Answer to `colleague:list`, by name."""

    colleagues: tuple[Colleague, ...]


class MarkRead(Wire, frozen=True, kw_only=True):
    """`read:mark`: everything up to entry `up_to` (one's own numbering) has been on a visible screen."""

    contact_id: str
    up_to: int


class TellPresence(Wire, frozen=True, kw_only=True):
    """`presence:tell`: one is looking at the contact, writes in it, or has left it. Told on, never kept.

    Said anew every 15 s while it is so: a listener forgets what is older than 40 s, and typing after 6 s.
    """

    contact_id: str
    state: PresenceState
    greets: bool = False
    """True when one has just come: whoever is there answers with their own presence."""


class PresenceKey(Wire, frozen=True, kw_only=True):
    """Answer to `presence:tell`: the key one's own presence goes by in this contact."""

    key: str


class Presence(Wire, frozen=True, kw_only=True):
    """Event `presence`: someone in the contact is there, writes, or has left. The patient hears of its holder only."""

    contact_id: str
    key: str
    """The same person has the same key; it says nothing else."""
    who: Author
    state: PresenceState
    greets: bool
