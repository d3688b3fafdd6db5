"""The board and the claim."""

from typing import Literal

from carequeue.late.entries import LateStep
from chat.entries import Sex, Subject
from chat.waiting.entries import ListedWhy, Outcome
from triage.entries import Level
from triage.state import Change
from web.wire.base import Wire
from web.wire.hand_over import RowOffer, RowRequest


class Holder(Wire, frozen=True, kw_only=True):
    """Who holds a contact."""

    id: str
    name: str


class CallBack(Wire, frozen=True, kw_only=True):
    """The patient is to be called by telephone. The number stands in the contact itself (`reach`)."""

    why: ListedWhy
    """Silent after an answer, or unanswered too long."""
    since: str
    calls: int
    """How many are to be made."""
    tried: int
    last: Outcome | None
    """How the newest call went."""
    next_at: str
    """When the next is to be made."""


class BoardRow(Wire, frozen=True, kw_only=True):
    """One contact on a board: the least a nurse needs to choose. No name, no identity number."""

    contact_id: str
    board_no: int
    """The unit's board number at which this row last changed."""
    unit_id: str
    status: Literal["waiting", "held", "closed"]
    urgency: Level
    assessed: bool
    could_be: Level
    subject: Subject
    age_y: int | None
    age_m: int | None
    sex: Sex | None
    lang: str
    words: tuple[str, ...]
    """The patient's words that decided the level."""
    reason: str
    """What the deciding rule says."""
    rule: str
    says_no: tuple[str, ...]
    """Red flags the patient struck: "the patient says: no …"."""
    changed: tuple[Change, ...] = ()
    """What re-readings have changed, the newest last; who has looked since leaves them out by their numbers."""
    arrived_at: str
    target_at: str
    """When first human contact is promised."""
    order: str
    """Rows sort by this text: the queue's own order."""
    holder: Holder | None
    claim_no: int
    turn: Literal["patient", "staff"]
    turn_since: str
    visit: Literal["", "lobby", "in"]
    asks_staff: tuple[str, ...] = ()
    """Staff ids that an open question of a colleague is put to."""
    asks_roles: tuple[str, ...] = ()
    """Roles that one is put to."""
    protected: bool = False
    """True when nothing may be told that leads to whom it concerns."""
    call: CallBack | None = None
    """Set while the contact is on the call-back list."""
    offer: RowOffer | None = None
    """Set while the contact is offered to somebody."""
    requests: tuple[RowRequest, ...] = ()
    """Colleagues who have asked for it."""
    net: Literal["", "waits", "confirmed"] = ""
    """Whether the patient has confirmed what a person told them to do if it gets worse; empty: nobody has told them."""
    needs: tuple[str, ...] = ()
    """What whoever is given it as the next one must be able to do: `lang:ar`, `skill:child`, `staff:` and an id."""
    escalated: LateStep | None = None
    """The last step taken because nobody took it in time, in this wait at this level."""
    letter: bool = False
    """It was written as a letter, and has not been turned into a chat or a visit."""
    title: str = ""
    """The subject of a letter; empty where nothing may be told that leads to whom it concerns."""


class FollowBoard(Wire, frozen=True, kw_only=True):
    """`board:follow`: rows of a unit changed after board number `after`, and from then on as they change."""

    unit_id: str
    after: int = 0


class Board(Wire, frozen=True, kw_only=True):
    """Answer to `board:follow`."""

    unit_id: str
    unit: str
    no: int
    rows: tuple[BoardRow, ...]
    gone: tuple[str, ...] = ()
    """Contacts that have moved to another unit."""
    leases: dict[str, str] = {}
    """As in the event `leases`."""


class Leases(Wire, frozen=True, kw_only=True):
    """Event `leases`: what is held by someone without a line, and when each goes back to its old place in the queue.

    All of the unit's at once. Whoever has a line renews what they hold all the time, and is not in it.
    """

    unit_id: str
    ends: dict[str, str]
    """By contact."""


class BoardChanged(Wire, frozen=True, kw_only=True):
    """Event `board`: every row of a followed board that changed after number `after` and up to `no`.

    A screen that has not come as far as `after` asks for the rest; a closed row leaves the board.
    """

    unit_id: str
    after: int
    no: int
    rows: tuple[BoardRow, ...]
    gone: tuple[str, ...] = ()
    """Contacts that have moved to another unit."""


class ClaimNext(Wire, frozen=True, kw_only=True):
    """`queue:claim_next`: take the first contact of the units that this nurse may take."""

    client_id: str
    unit_ids: tuple[str, ...]


class ClaimContact(Wire, frozen=True, kw_only=True):
    """`queue:claim`: take this contact."""

    client_id: str
    contact_id: str


class Claim(Wire, frozen=True, kw_only=True):
    """The contact is yours under `claim_no`; everything written in it carries that number."""

    contact_id: str
    claim_no: int


class HandBack(Wire, frozen=True, kw_only=True):
    """`queue:hand_back`: give the contact back to its old place in the queue."""

    contact_id: str
    client_id: str
    claim_no: int
    reason: str


class BoardAnew(Wire, frozen=True, kw_only=True):
    """Event `board_anew`: something of the board has changed that no number counts; `board:follow` from 0 has it."""

    unit_id: str
